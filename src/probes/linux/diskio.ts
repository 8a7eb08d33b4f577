import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import { decode, decodeSafe, demand } from '../decode.ts'
import type { Bytes, HostFiles, Probe } from '../probe.ts'

const FILE = 'proc/diskstats'

/** The unit of this file, whatever the sectors of the device are. Source: kernel doc admin-guide/iostats. */
const SECTOR_BYTES = 512

/** Memory and files in disguise: their traffic is that of something else. */
const NO_DISK = /^(loop|ram|zram)\d/

/** Made of other block devices (LVM, RAID, encryption, caches), as sys/block/NAME/slaves tells: the disks below are counted instead. */
const MAY_BE_LAYERED = /^(dm-|md|bcache|drbd)/

/** Used where there is no sys/block (a recorded tree may have none). */
const PARTITION = /^((sd|vd|hd|xvd)[a-z]+\d+|(nvme\d+n|mmcblk|nbd)\d+p\d+)$/

/**
 * Traffic of whole disks. Sources: /proc/diskstats, kernel doc admin-guide/iostats; sys/block says what is a whole disk. Partitions
 * and layered devices are left out, so that the sum over devices counts each byte once.
 */
export const diskio: Probe = {
  name: 'diskio',
  everyMs: 1000,
  series: ['disk_read_bytes_total', 'disk_written_bytes_total', 'disk_busy_seconds_total'],
  read: (files, out) => {
    const whole = new Set(files.list('sys/block'))
    parseDiskstats(files.read(FILE), (name) => isDisk(files, whole, name), out)
  },
}

function isDisk(files: HostFiles, whole: ReadonlySet<string>, name: string): boolean {
  if (NO_DISK.test(name)) return false
  if (whole.size === 0) return !PARTITION.test(name) && !MAY_BE_LAYERED.test(name)
  // sysfs cannot have a slash in a name: `cciss/c0d0` is `cciss!c0d0` there.
  const folder = name.replaceAll('/', '!')
  if (!whole.has(folder)) return false
  return !MAY_BE_LAYERED.test(name) || files.list(`sys/block/${folder}/slaves`).length === 0
}

/**
 * `8 0 sda 120 3 9216 80 …` → bytes read and written, and seconds in which the device had work, for each device `wanted` says yes to
 * and that was ever used. Throws ParseError with the field that is no number.
 */
export function parseDiskstats(bytes: Bytes, wanted: (name: string) => boolean, out: Values): void {
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    cursor.skipWords(2)
    const name = cursor.wordBytes()
    if (name.length === 0) continue
    const reads = field(cursor, bytes, 'reads')
    cursor.skipWord()
    const sectorsRead = field(cursor, bytes, 'sectors read')
    cursor.skipWord()
    const writes = field(cursor, bytes, 'writes')
    cursor.skipWord()
    const sectorsWritten = field(cursor, bytes, 'sectors written')
    cursor.skipWords(2)
    const busyMs = field(cursor, bytes, 'time spent')
    if (reads + writes === 0 || !wanted(decode(name))) continue
    const labels = { device: decodeSafe(name) }
    out.counter(seriesKey('disk_read_bytes_total', labels), sectorsRead * SECTOR_BYTES)
    out.counter(seriesKey('disk_written_bytes_total', labels), sectorsWritten * SECTOR_BYTES)
    out.counter(seriesKey('disk_busy_seconds_total', labels), busyMs / 1000)
  }
}

function field(cursor: Cursor, bytes: Bytes, name: string): number {
  return demand(cursor.integer(), FILE, name, bytes, cursor.at)
}
