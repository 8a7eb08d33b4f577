import { readFileSync } from 'node:fs'
import { release } from 'node:os'
import { expect, test } from 'vitest'
import { delayAccounting } from '../../../../src/probes/linux/processes/delay-accounting.ts'
import { parseIo } from '../../../../src/probes/linux/processes/io-file.ts'
import { parseRollup, parseSharedPages, parseSwap } from '../../../../src/probes/linux/processes/memory-files.ts'
import { parseSchedstat } from '../../../../src/probes/linux/processes/schedstat.ts'

const ROLLUP = `55d0a8a00000-7ffd4b7fe000 ---p 00000000 00:00 0                          [rollup]
Rss:               47152 kB
Pss:               15300 kB
Pss_Dirty:          9000 kB
Shared_Clean:      32000 kB
Swap:                128 kB
SwapPss:              64 kB
`
const IO = `rchar: 323934931
wchar: 323929600
syscr: 632687
syscw: 632675
read_bytes: 4096
write_bytes: 323932160
cancelled_write_bytes: 999
`

test('shared memory is the third number of statm', () => {
  expect(parseSharedPages(Buffer.from('11557 3816 1596 1351 0 9687 0\n'))).toBe(1596)
  expect(parseSharedPages(Buffer.from('11557 3816'))).toBeNaN()
})

test('share of memory and swap, not those with longer names', () => {
  expect(parseRollup(Buffer.from(ROLLUP))).toEqual({ proportional: 15_300 * 1024, swap: 128 * 1024 })
  expect(parseRollup(Buffer.from('Pss_Dirty: 5 kB\nSwapPss: 4 kB\n'))).toEqual({
    proportional: Number.NaN,
    swap: Number.NaN,
  })
})

test('swap from status; a name that looks like it is none', () => {
  expect(parseSwap(Buffer.from('Name:\tVmSwap:\nVmRSS:\t 8 kB\nVmSwap:\t    12 kB\nThreads:\t1\n'))).toBe(12 * 1024)
  expect(parseSwap(Buffer.from('Name:\tkthreadd\nThreads:\t1\n'))).toBeNaN()
})

test('bytes from and to storage, those cancelled left counted', () => {
  expect(parseIo(Buffer.from(IO))).toEqual({ read: 4096, written: 323_932_160 })
  expect(parseIo(Buffer.from('rchar: 1\nwchar: 2\n'))).toBeUndefined()
  expect(parseIo(Buffer.alloc(0))).toBeUndefined()
})

test('times on a core and on a run queue', () => {
  expect(parseSchedstat(Buffer.from('70123456789 5000000 812\n'))).toEqual({ ran: 70_123_456_789, waited: 5_000_000 })
  expect(parseSchedstat(Buffer.from('12\n'))).toBeUndefined()
})

test('delays are kept where that is asked for, and always before Linux 5.14', () => {
  expect(delayAccounting('0\n', '6.1.0', '')).toBe('none')
  expect(delayAccounting('1\n', '6.1.0', 'root=/dev/sda delayacct quiet\n')).toBe('all')
  expect(delayAccounting('1\n', '6.1.0', 'root=/dev/sda\n')).toBe('later')
  expect(delayAccounting(undefined, '5.10.0-28-amd64', 'quiet')).toBe('all')
  expect(delayAccounting(undefined, '4.18.0-553.el8.x86_64', 'quiet nodelayacct')).toBe('none')
  expect(delayAccounting(undefined, '5.14.0', '')).toBe('none')
  expect(delayAccounting(undefined, '10.0.0', '')).toBe('none')
  expect(delayAccounting(undefined, '', '')).toBe('none')
})

test.runIf(process.platform === 'linux')('the files of this very process are such files', () => {
  const read = (name: string) => readFileSync(`/proc/self/${name}`)
  expect(parseSharedPages(read('statm'))).toBeGreaterThan(100)
  const { proportional } = parseRollup(read('smaps_rollup'))
  expect(proportional).toBeGreaterThan(1_000_000)
  expect(proportional).toBeLessThanOrEqual(process.memoryUsage.rss() * 1.5)
  expect(parseSwap(read('status'))).toBeGreaterThanOrEqual(0)
  expect(parseIo(read('io'))?.written).toBeGreaterThanOrEqual(0)
  expect(parseSchedstat(read('schedstat'))?.ran).toBeGreaterThan(1_000_000)
  expect(['all', 'later', 'none']).toContain(delayAccounting(undefined, release(), ''))
})
