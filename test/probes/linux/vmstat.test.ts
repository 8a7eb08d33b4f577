import { expect, test } from 'vitest'
import { metricOf } from '../../../src/model/catalogue/catalogue.ts'
import { parseVmstat, vmstat } from '../../../src/probes/linux/vmstat.ts'
import { ParseError } from '../../../src/probes/probe.ts'
import { has, lineOf, measuredHere, onLinux, told } from './machine.ts'
import { bytes, filesOf, recorded } from './recorder.ts'

const VMSTAT = `nr_free_pages 5864341
pgpgin 768733
pgpgout 585472
pswpin 1200
pswpout 3400
pgalloc_normal 99
pgfault 98765432101
pgmajfault 876
oom_kill 2
numa_pages_migrated 0
thp_swpout 5
unstable 0
`
const without = (line: string) => VMSTAT.replace(new RegExp(`^${line} .*\n`, 'm'), '')

test('swap is bytes of this machine’s pages, the rest is counted', () => {
  expect(recorded((out) => parseVmstat(bytes(VMSTAT), 16_384, out)).counters).toEqual({
    swap_in_bytes_total: 1200 * 16_384,
    swap_out_bytes_total: 3400 * 16_384,
    memory_faults_total: 98765432101,
    memory_major_faults_total: 876,
    oom_kills_total: 2,
  })
})

test.each([
  ['pswpin', 'swap_in_bytes_total'],
  ['pswpout', 'swap_out_bytes_total'],
  ['pgfault', 'memory_faults_total'],
  ['pgmajfault', 'memory_major_faults_total'],
  ['oom_kill', 'oom_kills_total'],
])('a kernel without %s has the others', (line, series) => {
  const { counters } = recorded((out) => parseVmstat(bytes(without(line)), 4096, out))
  expect(Object.keys(counters).sort()).toEqual(vmstat.series.filter((one) => one !== series).sort())
})

test('a line without a number is named', () => {
  const read = () => recorded((out) => parseVmstat(bytes(VMSTAT.replace('pgmajfault 876', 'pgmajfault x')), 4096, out))
  expect(read).toThrow(ParseError)
  expect(read).toThrow('proc/vmstat: pgmajfault: expected a number, got "x"')
})

test('the page size is that of the machine that was recorded; without the file there is nothing to tell', () => {
  const auxv = Buffer.alloc(32)
  auxv.writeBigUInt64LE(6n, 0)
  auxv.writeBigUInt64LE(65_536n, 8)
  const swappedIn = (files: Record<string, string | Uint8Array>) =>
    recorded((out) => vmstat.read(filesOf(files), out)).counters.swap_in_bytes_total
  expect(swappedIn({ 'proc/vmstat': VMSTAT, 'proc/self/auxv': auxv })).toBe(1200 * 65_536)
  expect(swappedIn({ 'proc/vmstat': VMSTAT })).toBe(1200 * 4096)
  expect(swappedIn({})).toBeUndefined()
})

test('every rate has its counter; killings have none', () => {
  for (const name of ['swap_in_bytes', 'swap_out_bytes', 'memory_faults', 'memory_major_faults']) {
    expect(metricOf(`${name}_per_second`)?.derivation).toEqual({ kind: 'rate', of: `${name}_total` })
  }
  expect(metricOf('oom_kills_per_second')).toBeUndefined()
})

test.runIf(onLinux && has('vmstat', '-s'))('this machine: what others tell before and after lies around it', () => {
  const pageBytes = Number(told('getconf', 'PAGESIZE'))
  const read = () => {
    const swapped = told('vmstat', '-s')
    const pages = (words: string) => Number(new RegExp(`(\\d+) pages swapped ${words}$`, 'm').exec(swapped)?.[1])
    return {
      swap_in_bytes_total: pages('in') * pageBytes,
      swap_out_bytes_total: pages('out') * pageBytes,
      memory_faults_total: lineOf('/proc/vmstat', 'pgfault'),
      memory_major_faults_total: lineOf('/proc/vmstat', 'pgmajfault'),
      oom_kills_total: lineOf('/proc/vmstat', 'oom_kill'),
    }
  }
  const before = read()
  const { counters } = measuredHere(vmstat)
  const after = read()
  expect(Object.keys(counters).sort()).toEqual(Object.keys(before).sort())
  for (const [series, low] of Object.entries(before)) {
    expect(counters[series], series).toBeGreaterThanOrEqual(low)
    expect(counters[series], series).toBeLessThanOrEqual(after[series as keyof typeof after])
  }
})
