import { expect, test } from 'vitest'
import { scansAt } from '../../../src/sources/live/cadence.ts'

const ticks = Array.from({ length: 62 }, (_, tick) => tick)

test('processes are scanned at the start, one tick later, then every two seconds', () => {
  const scans = (intervalMs: number) => ticks.filter((tick) => scansAt(tick, intervalMs)).slice(0, 5)
  expect(scans(1000)).toEqual([0, 1, 3, 5, 7])
  expect(scans(500)).toEqual([0, 1, 5, 9, 13])
  expect(scans(5000)).toEqual([0, 1, 2, 3, 4])
})
