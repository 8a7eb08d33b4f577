import { expect, test } from 'vitest'
import { memory, parseMeminfo } from '../../../src/probes/linux/memory.ts'
import { ParseError } from '../../../src/probes/probe.ts'
import { has, lineOf, measuredHere, onLinux, told } from './machine.ts'
import { bytes, recorded } from './recorder.ts'

const KIB = 1024
const MEMINFO = `MemTotal:       16000000 kB
MemFree:         2000000 kB
MemAvailable:    9000000 kB
Buffers:          500000 kB
Cached:          6000000 kB
SwapCached:           12 kB
Active:          5000000 kB
SwapTotal:       4000000 kB
SwapFree:        3000000 kB
Shmem:            800000 kB
Slab:            1000000 kB
SReclaimable:     700000 kB
`
const without = (field: string) => MEMINFO.replace(new RegExp(`^${field}:.*\n`, 'm'), '')

test('used is what is not available; shared memory is no cache', () => {
  expect(recorded((out) => parseMeminfo(bytes(MEMINFO), out)).gauges).toMatchObject({
    memory_total_bytes: 16_000_000 * KIB,
    memory_free_bytes: 2_000_000 * KIB,
    memory_available_bytes: 9_000_000 * KIB,
    memory_used_bytes: 7_000_000 * KIB,
    memory_used_ratio: 7 / 16,
    memory_cached_bytes: 6_400_000 * KIB,
    swap_total_bytes: 4_000_000 * KIB,
    swap_used_bytes: 1_000_000 * KIB,
    swap_used_ratio: 0.25,
  })
})

test('an old kernel without MemAvailable gets free and cached for it', () => {
  const { gauges } = recorded((out) => parseMeminfo(bytes(without('MemAvailable')), out))
  expect(gauges.memory_available_bytes).toBe(8_400_000 * KIB)
  expect(gauges.memory_used_ratio).toBeCloseTo(7.6 / 16)
})

test('a machine without swap has no swap ratio, one that tells nothing of swap has no swap at all', () => {
  const none = MEMINFO.replace('4000000', '0').replace('3000000', '0')
  expect(recorded((out) => parseMeminfo(bytes(none), out)).gauges).toMatchObject({
    swap_total_bytes: 0,
    swap_used_bytes: 0,
  })
  expect(recorded((out) => parseMeminfo(bytes(none), out)).gauges).not.toHaveProperty('swap_used_ratio')
  expect(recorded((out) => parseMeminfo(bytes(without('SwapFree')), out)).gauges).not.toHaveProperty('swap_total_bytes')
})

test('more shared memory than cache leaves no cache, not less than none', () => {
  const { gauges } = recorded((out) => parseMeminfo(bytes(MEMINFO.replace('800000', '99000000')), out))
  expect(gauges.memory_cached_bytes).toBe(0)
})

test.each(['MemTotal', 'MemFree'])('without %s there is nothing to tell', (field) => {
  expect(() => recorded((out) => parseMeminfo(bytes(without(field)), out))).toThrow(`${field}: expected a number`)
})

const PARTS = `MemTotal:       1056567296 kB
MemFree:         2000000 kB
MemAvailable:    9000000 kB
Buffers:               1 kB
Cached:                2 kB
SwapCached:          999 kB
Zswap:                 3 kB
Zswapped:              4 kB
Dirty:                 5 kB
Writeback:             6 kB
AnonPages:             7 kB
Shmem:                 8 kB
KReclaimable:        999 kB
Slab:                  9 kB
SReclaimable:          1 kB
SUnreclaim:           10 kB
PageTables:           11 kB
SecPageTables:       999 kB
WritebackTmp:        999 kB
CommitLimit:   1073741824 kB
Committed_AS:         12 kB
AnonHugePages:       999 kB
ShmemHugePages:      999 kB
HugePages_Total:     100
HugePages_Free:       40
HugePages_Rsvd:      999
Hugepagesize:       2048 kB
Hugetlb:             999 kB
`

test('what memory is made of; names that only begin alike are others', () => {
  expect(recorded((out) => parseMeminfo(bytes(PARTS), out)).gauges).toMatchObject({
    memory_total_bytes: 1_056_567_296 * KIB,
    memory_buffers_bytes: KIB,
    memory_page_cache_bytes: 2 * KIB,
    zswap_pool_bytes: 3 * KIB,
    zswap_stored_bytes: 4 * KIB,
    memory_dirty_bytes: 5 * KIB,
    memory_writeback_bytes: 6 * KIB,
    memory_anonymous_bytes: 7 * KIB,
    memory_shared_bytes: 8 * KIB,
    memory_slab_bytes: 9 * KIB,
    memory_slab_unreclaimable_bytes: 10 * KIB,
    memory_page_tables_bytes: 11 * KIB,
    memory_commit_limit_bytes: 2 ** 40,
    memory_committed_bytes: 12 * KIB,
    hugepages_total_bytes: 100 * 2048 * KIB,
    hugepages_used_bytes: 60 * 2048 * KIB,
  })
})

test('lines in any order, and a last one without a newline', () => {
  const turned = PARTS.trimEnd().split('\n').reverse().join('\n')
  const read = (text: string) => recorded((out) => parseMeminfo(bytes(text), out)).gauges
  expect(read(turned)).toEqual(read(PARTS))
})

test('no huge pages are told of where none were set aside; a field the kernel lacks is absent', () => {
  const few = PARTS.replace('HugePages_Total:     100', 'HugePages_Total:       0').replace(/^Zswap.*\n/gm, '')
  const { gauges } = recorded((out) => parseMeminfo(bytes(few), out))
  expect(Object.keys(gauges).filter((series) => /hugepages|zswap/.test(series))).toEqual([])
  const told = Object.keys(recorded((out) => parseMeminfo(bytes(MEMINFO), out)).gauges)
  expect(told).not.toContain('memory_dirty_bytes')
})

test.each(['Dirty', 'Committed_AS', 'HugePages_Free', 'Hugepagesize'])('garbage in %s is named', (field) => {
  const read = () =>
    recorded((out) => parseMeminfo(bytes(PARTS.replace(new RegExp(`^${field}:.*$`, 'm'), `${field}: x`)), out))
  expect(read).toThrow(ParseError)
  expect(read).toThrow(`proc/meminfo: ${field}: expected a number, got "x"`)
})

/** Others take and give memory between two readings. */
const SLACK_BYTES = 64 * 2 ** 20

test.runIf(onLinux && has('free', '-w', '-b'))('this machine: free tells the same', () => {
  const [header = '', line = ''] = told('free', '-w', '-b').split('\n')
  const values = line.trim().split(/\s+/).slice(1).map(Number)
  const free = Object.fromEntries(
    header
      .trim()
      .split(/\s+/)
      .map((name, index) => [name, values[index]]),
  )
  const { gauges } = measuredHere(memory)
  expect(gauges.memory_total_bytes).toBe(free.total)
  for (const [series, column] of [
    ['memory_free_bytes', 'free'],
    ['memory_available_bytes', 'available'],
    ['memory_shared_bytes', 'shared'],
    ['memory_buffers_bytes', 'buffers'],
  ] as const) {
    expect(Math.abs((gauges[series] ?? Number.NaN) - (free[column] ?? Number.NaN)), series).toBeLessThan(SLACK_BYTES)
  }
  // Its cache is the page cache and the slab that can be given up.
  const { memory_page_cache_bytes: pages = Number.NaN, memory_slab_bytes: slab = Number.NaN } = gauges
  const cache = pages + slab - (gauges.memory_slab_unreclaimable_bytes ?? Number.NaN)
  expect(Math.abs(cache - (free.cache ?? Number.NaN))).toBeLessThan(SLACK_BYTES)
})

test.runIf(onLinux)('this machine: each part is its own line of the file', () => {
  const { gauges } = measuredHere(memory)
  const lines = {
    memory_dirty_bytes: 'Dirty',
    memory_writeback_bytes: 'Writeback',
    memory_anonymous_bytes: 'AnonPages',
    memory_page_tables_bytes: 'PageTables',
    memory_committed_bytes: 'Committed_AS',
    memory_commit_limit_bytes: 'CommitLimit',
    memory_slab_bytes: 'Slab',
    memory_slab_unreclaimable_bytes: 'SUnreclaim',
    zswap_pool_bytes: 'Zswap',
    zswap_stored_bytes: 'Zswapped',
  }
  for (const [series, name] of Object.entries(lines)) {
    const expected = lineOf('/proc/meminfo', name) * KIB
    if (Number.isNaN(expected)) expect(gauges, series).not.toHaveProperty(series)
    else expect(Math.abs((gauges[series] ?? Number.NaN) - expected), series).toBeLessThan(SLACK_BYTES)
  }
  const pages = lineOf('/proc/meminfo', 'HugePages_Total')
  const bytesOfPages = pages * lineOf('/proc/meminfo', 'Hugepagesize') * KIB
  expect(gauges.hugepages_total_bytes).toBe(pages > 0 ? bytesOfPages : undefined)
})
