import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import { decode, demand } from '../decode.ts'
import { perFiles } from '../per-files.ts'
import type { Bytes, HostFiles, Probe } from '../probe.ts'
import { Disks } from './disks.ts'

const FILE = 'proc/diskstats'

/** The unit of this file, whatever the sectors of the device are. Source: kernel doc admin-guide/iostats. */
const SECTOR_BYTES = 512

const SERIES = [
  'disk_reads_total',
  'disk_read_bytes_total',
  'disk_read_seconds_total',
  'disk_writes_total',
  'disk_written_bytes_total',
  'disk_write_seconds_total',
  'disk_busy_seconds_total',
  'disk_queue_seconds_total',
] as const

type SeriesName = (typeof SERIES)[number]

/** Keys of all series of a device. */
type Keys = Readonly<Record<SeriesName, string>>

/** The folders of sysfs cost more than all the rest: they are read when a device comes, and otherwise at every 30th reading only. */
const disksOf = perFiles((files: HostFiles) => new Disks<Keys>(files, keysOf))

function keysOf(device: string): Keys {
  return Object.fromEntries(SERIES.map((name) => [name, seriesKey(name, { device })])) as Record<SeriesName, string>
}

/**
 * Traffic of whole disks. Sources: /proc/diskstats, kernel doc admin-guide/iostats; sys/block says what is a whole disk. Partitions
 * and layered devices are left out, so that the sum over devices counts each byte once.
 */
export const diskio: Probe = {
  name: 'diskio',
  everyMs: 1000,
  series: SERIES,
  read: (files, out) => {
    const disks = disksOf(files)
    disks.turn()
    parseDiskstats(files.read(FILE), (name) => disks.get(name), out)
  },
}

/**
 * `8 0 sda 120 3 9216 80 60 5 4096 70 1 12776 150 …` → what the device did since it came, for each device that was ever used and that
 * `wanted` gives keys for: requests completed, bytes, seconds that requests took (added up, so more than have passed when there
 * were several at once), seconds in which the device had work, and seconds that all requests waited and were served. Throws ParseError
 * with the field that is no number.
 */
export function parseDiskstats(bytes: Bytes, wanted: (name: string) => Keys | undefined, out: Values): void {
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    cursor.skipWords(2)
    const name = cursor.wordBytes()
    if (name.length === 0) continue
    const reads = field(cursor, bytes, 'reads')
    cursor.skipWord()
    const sectorsRead = field(cursor, bytes, 'sectors read')
    const readMs = field(cursor, bytes, 'time spent reading')
    const writes = field(cursor, bytes, 'writes')
    cursor.skipWord()
    const sectorsWritten = field(cursor, bytes, 'sectors written')
    const writeMs = field(cursor, bytes, 'time spent writing')
    cursor.skipWord()
    const busyMs = field(cursor, bytes, 'time spent')
    const queueMs = field(cursor, bytes, 'weighted time spent')
    const keys = reads + writes === 0 ? undefined : wanted(decode(name))
    if (keys === undefined) continue
    out.counter(keys.disk_reads_total, reads)
    out.counter(keys.disk_read_bytes_total, sectorsRead * SECTOR_BYTES)
    out.counter(keys.disk_read_seconds_total, readMs / 1000)
    out.counter(keys.disk_writes_total, writes)
    out.counter(keys.disk_written_bytes_total, sectorsWritten * SECTOR_BYTES)
    out.counter(keys.disk_write_seconds_total, writeMs / 1000)
    out.counter(keys.disk_busy_seconds_total, busyMs / 1000)
    out.counter(keys.disk_queue_seconds_total, queueMs / 1000)
  }
}

function field(cursor: Cursor, bytes: Bytes, name: string): number {
  return demand(cursor.integer(), FILE, name, bytes, cursor.at)
}
