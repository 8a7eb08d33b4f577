import { expect, test } from 'vitest'
import { diskio, parseDiskstats } from '../../../src/probes/linux/diskio.ts'
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

test('sectors are 512 bytes, busy time is seconds', () => {
  const { counters } = recorded((out) => parseDiskstats(bytes(DISKSTATS), (name) => name === 'sda', out))
  expect(counters).toEqual({
    'disk_read_bytes_total{device="sda"}': 9216 * 512,
    'disk_written_bytes_total{device="sda"}': 4096 * 512,
    'disk_busy_seconds_total{device="sda"}': 12.776,
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
  expect(devices(recorded((out) => diskio.read(files, out)).counters)).toEqual(['sda', 'cciss/c0d0'])
})

test('a layered device over nothing that is listed stands for itself', () => {
  const files = filesOf({ 'proc/diskstats': DISKSTATS, 'sys/block/dm-0/size': '' })
  expect(devices(recorded((out) => diskio.read(files, out)).counters)).toEqual(['dm-0'])
})

test('without sys/block names tell what is a partition', () => {
  const text = DISKSTATS.replace('cciss/c0d0', 'nvme0n1').concat(' 259 1 nvme0n1p1 2 0 16 0 0 0 0 0 0 3 0\n')
  const files = filesOf({ 'proc/diskstats': text })
  expect(devices(recorded((out) => diskio.read(files, out)).counters)).toEqual(['sda', 'nvme0n1'])
})

test('a number that is none is named', () => {
  expect(() => recorded((out) => parseDiskstats(bytes('8 0 sda 1 2 x\n'), () => true, out))).toThrow(
    'proc/diskstats: sectors read: expected a number, got "x"',
  )
})
