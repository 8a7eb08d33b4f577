import { expect, test } from 'vitest'
import { parseMeminfo } from '../../../src/probes/linux/memory.ts'
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
  expect(recorded((out) => parseMeminfo(bytes(MEMINFO), out)).gauges).toEqual({
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
