import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseMmStat, zram } from '../../../src/probes/linux/zram.ts'
import { ParseError } from '../../../src/probes/probe.ts'
import { measuredHere, onLinux } from './machine.ts'
import { bytes, filesOf, recorded } from './recorder.ts'

const MM_STAT = '  8589934592  2147483648  2254857830        0 2260000000      512      100        3        3\n'
const device = (name: string, initstate: string, mmStat = MM_STAT) => ({
  [`sys/block/${name}/initstate`]: `${initstate}\n`,
  [`sys/block/${name}/mm_stat`]: mmStat,
})

test('what is stored and what that takes, by device', () => {
  const files = filesOf({
    ...device('zram0', '1'),
    ...device('zram11', '1', '4096 74 12288 0 0 0 0 0 0\n'),
    'sys/block/sda/size': '1\n',
  })
  expect(recorded((out) => zram.read(files, out)).gauges).toEqual({
    'zram_stored_bytes{device="zram0"}': 8_589_934_592,
    'zram_used_bytes{device="zram0"}': 2_254_857_830,
    'zram_stored_bytes{device="zram11"}': 4096,
    'zram_used_bytes{device="zram11"}': 12_288,
  })
})

test('a device that nobody has set up, and one of an old kernel without mm_stat, have nothing to tell', () => {
  const files = filesOf({ ...device('zram0', '0', '0 0 0 0 0 0 0 0 0\n'), 'sys/block/zram1/initstate': '1\n' })
  expect(recorded((out) => zram.read(files, out)).gauges).toEqual({})
  expect(recorded((out) => zram.read(filesOf({}), out)).gauges).toEqual({})
})

test.each([
  ['', 'orig_data_size'],
  ['4096 74\n', 'mem_used_total'],
  ['4096 74 x\n', 'mem_used_total'],
])('%j names the field that is no number', (text, field) => {
  const read = () => recorded((out) => parseMmStat(bytes(text), 'zram0', out))
  expect(read).toThrow(ParseError)
  expect(read).toThrow(`sys/block/zram0/mm_stat: ${field}`)
})

const isSetUp = (name: string) => name.startsWith('zram') && Number(readFileSync(`/sys/block/${name}/disksize`)) > 0

test.runIf(onLinux)('this machine: the devices that have a size, and no others', () => {
  const devices = readdirSync('/sys/block').filter(isSetUp)
  const { gauges } = measuredHere(zram)
  expect(Object.keys(gauges).sort()).toEqual(
    devices.flatMap((name) => [`zram_stored_bytes{device="${name}"}`, `zram_used_bytes{device="${name}"}`]).sort(),
  )
})
