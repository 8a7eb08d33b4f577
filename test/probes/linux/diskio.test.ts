import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Rates } from '../../../src/engine/rates.ts'
import { SystemFiles } from '../../../src/probes/host-files.ts'
import { diskio, parseDiskstats } from '../../../src/probes/linux/diskio.ts'
import { measure } from '../../../src/probes/measure.ts'
import type { HostFiles } from '../../../src/probes/probe.ts'
import { bytes, filesOf, recorded } from './recorder.ts'

const DISKSTATS = `   7       0 loop0 10 0 80 1 0 0 0 0 0 4 1 0 0 0 0 0 0
 253       0 zram0 10 0 80 1 5 0 40 0 0 4 1 0 0 0 0 0 0
   8       0 sda 120 3 9216 80 60 5 4096 70 1 12776 150 0 0 0 0 0 0
   8       1 sda1 110 3 9000 80 60 5 4096 70 0 12000 150 0 0 0 0 0 0
  11       0 sr0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
 252       0 dm-0 110 0 9000 80 60 0 4096 70 0 12000 150 0 0 0 0 0 0
 104       0 cciss/c0d0 2 0 16 0 0 0 0 0 0 3 0
`

const devices = (counters: Record<string, number>) =>
  Object.keys(counters)
    .filter((key) => key.startsWith('disk_read_bytes_total'))
    .map((key) => key.slice(key.indexOf('"') + 1, -2))

const read = (files: HostFiles) => devices(recorded((out) => diskio.read(files, out)).counters)

test('sectors are 512 bytes, times are seconds', () => {
  const files = filesOf({ 'proc/diskstats': DISKSTATS.split('\n')[2] ?? '' })
  expect(recorded((out) => diskio.read(files, out)).counters).toEqual({
    'disk_reads_total{device="sda"}': 120,
    'disk_read_bytes_total{device="sda"}': 9216 * 512,
    'disk_read_seconds_total{device="sda"}': 0.08,
    'disk_writes_total{device="sda"}': 60,
    'disk_written_bytes_total{device="sda"}': 4096 * 512,
    'disk_write_seconds_total{device="sda"}': 0.07,
    'disk_busy_seconds_total{device="sda"}': 12.776,
    'disk_queue_seconds_total{device="sda"}': 0.15,
  })
})

test('partitions, layered, pretended and never used devices are left out', () => {
  const files = filesOf({
    'proc/diskstats': DISKSTATS,
    'sys/block/loop0/size': '',
    'sys/block/zram0/size': '',
    'sys/block/sda/size': '',
    'sys/block/sr0/size': '',
    'sys/block/dm-0/slaves/sda1': '',
    'sys/block/cciss!c0d0/size': '',
  })
  expect(read(files)).toEqual(['sda', 'cciss/c0d0'])
})

test('a layered device over nothing that is listed stands for itself', () => {
  expect(read(filesOf({ 'proc/diskstats': DISKSTATS, 'sys/block/dm-0/size': '' }))).toEqual(['dm-0'])
})

test('without sys/block names tell what is a partition', () => {
  const text = DISKSTATS.replace('cciss/c0d0', 'nvme0n1').concat(' 259 1 nvme0n1p1 2 0 16 0 0 0 0 0 0 3 0\n')
  expect(read(filesOf({ 'proc/diskstats': text }))).toEqual(['sda', 'nvme0n1'])
})

test('a number that is none is named', () => {
  expect(() => recorded((out) => parseDiskstats(bytes('8 0 sda 1 2 x\n'), () => undefined, out))).toThrow(
    'proc/diskstats: sectors read: expected a number, got "x"',
  )
})

test('folders are read when a device comes, and else at every 30th reading', () => {
  const content: Record<string, string> = { 'proc/diskstats': DISKSTATS, 'sys/block/sda/size': '' }
  const listed: string[] = []
  const inner = filesOf(content)
  // The names of the folder are those that are there now.
  const files: HostFiles = {
    ...inner,
    read: (path) => bytes(content[path] ?? ''),
    list: (path) => {
      listed.push(path)
      return filesOf(content).list(path)
    },
  }
  expect(read(files)).toEqual(['sda'])
  expect(read(files)).toEqual(['sda'])
  expect(listed).toEqual(['sys/block'])
  content['proc/diskstats'] = `${DISKSTATS}   8      16 sdb 5 0 40 1 0 0 0 0 0 4 1\n`
  content['sys/block/sdb/size'] = ''
  expect(read(files)).toEqual(['sda', 'sdb'])
  expect(listed).toEqual(['sys/block', 'sys/block'])
  // dm-0 is made anew, over nothing: the same name as before.
  content['sys/block/dm-0/size'] = ''
  const readings = Array.from({ length: 28 }, () => read(files).includes('dm-0'))
  expect(readings).toEqual([...Array.from({ length: 27 }, () => false), true])
  expect(listed.filter((path) => path === 'sys/block')).toHaveLength(3)
})

test('two hosts are not mixed up', () => {
  expect(read(filesOf({ 'proc/diskstats': DISKSTATS, 'sys/block/sda/size': '' }))).toEqual(['sda'])
  expect(read(filesOf({ 'proc/diskstats': DISKSTATS, 'sys/block/dm-0/size': '' }))).toEqual(['dm-0'])
})

/** Rates of two readings of one disk, so far apart. */
function ratesOf(before: string, after: string, seconds: number) {
  const rates = new Rates()
  const at = (monoMs: number, line: string) =>
    measure('diskio', 1000, { wallMs: () => 0, monoMs: () => monoMs }, (out) =>
      diskio.read(filesOf({ 'proc/diskstats': line }), out),
    )
  rates.accept(at(0, before))
  return Object.fromEntries(rates.accept(at(seconds * 1000, after)))
}

test('latency and queue are r_await, w_await and aqu-sz of iostat; without reads a read has no latency', () => {
  // 50 reads took 400 ms in all, 25 writes 1000 ms, within 2 s of which 0.5 s had work.
  const rates = ratesOf(
    '8 0 sda 100 0 800 1000 200 0 1600 3000 0 5000 4000',
    '8 0 sda 150 0 1200 1400 225 0 1800 4000 2 5500 5400',
    2,
  )
  const of = (name: string) => rates[`${name}{device="sda"}`]
  expect(of('disk_reads_per_second')).toBeCloseTo(25)
  expect(of('disk_writes_per_second')).toBeCloseTo(12.5)
  expect(of('disk_read_latency_seconds')).toBeCloseTo(0.008)
  expect(of('disk_write_latency_seconds')).toBeCloseTo(0.04)
  expect(of('disk_queue_length')).toBeCloseTo(0.7)
  expect(of('disk_busy_ratio')).toBeCloseTo(0.25)
  const idle = ratesOf(
    '8 0 sda 100 0 800 1000 200 0 1600 3000 0 5000 4000',
    '8 0 sda 100 0 800 1000 210 0 1680 3010 0 5010 4010',
    1,
  )
  expect(idle).not.toHaveProperty('disk_read_latency_seconds{device="sda"}')
  expect(idle['disk_reads_per_second{device="sda"}']).toBe(0)
  expect(idle['disk_write_latency_seconds{device="sda"}']).toBeCloseTo(0.001)
})

/** Whole disks of this machine with their numbers, from sysfs instead of /proc/diskstats. */
function fromSysfs(): Record<string, number> {
  const result: Record<string, number> = {}
  for (const device of readdirSync('/sys/block')) {
    if (/^(loop|ram|zram|dm-|md|bcache|drbd)/.test(device)) continue
    const fields = readFileSync(`/sys/block/${device}/stat`, 'utf8').trim().split(/\s+/).map(Number)
    if ((fields[0] ?? 0) + (fields[4] ?? 0) === 0) continue
    const names = Object.entries({
      reads: 0,
      sectors_read: 2,
      read_ms: 3,
      writes: 4,
      sectors_written: 6,
      write_ms: 7,
      busy: 9,
      queue: 10,
    })
    for (const [name, index] of names) result[`${device} ${name}`] = fields[index] ?? 0
  }
  return result
}

// Sandboxes may hide the block devices.
test.runIf(existsSync('/proc/diskstats') && existsSync('/sys/block'))(
  'this machine: the numbers of sysfs, field by field',
  () => {
    const files = new SystemFiles('/')
    const before = fromSysfs()
    const { counters } = recorded((out) => diskio.read(files, out))
    const after = fromSysfs()
    files.close()
    const pairs: readonly (readonly [string, string, number])[] = [
      ['reads', 'disk_reads_total', 1],
      ['sectors_read', 'disk_read_bytes_total', 512],
      ['read_ms', 'disk_read_seconds_total', 1e-3],
      ['writes', 'disk_writes_total', 1],
      ['sectors_written', 'disk_written_bytes_total', 512],
      ['write_ms', 'disk_write_seconds_total', 1e-3],
      ['busy', 'disk_busy_seconds_total', 1e-3],
      ['queue', 'disk_queue_seconds_total', 1e-3],
    ]
    const names = Object.keys(before).filter((key) => key.endsWith(' reads'))
    expect(devices(counters).sort()).toEqual(names.map((name) => name.split(' ')[0]).sort())
    for (const device of devices(counters)) {
      for (const [field, series, unit] of pairs) {
        const value = (counters[`${series}{device="${device}"}`] ?? Number.NaN) / unit
        expect(Math.round(value), `${device} ${field}`).toBeGreaterThanOrEqual(
          before[`${device} ${field}`] ?? Number.NaN,
        )
        expect(Math.round(value), `${device} ${field}`).toBeLessThanOrEqual(after[`${device} ${field}`] ?? Number.NaN)
      }
    }
  },
)
