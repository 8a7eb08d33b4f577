import { expect, test } from 'vitest'
import { nameHash, phaseOf, turnsOf } from '../../../src/checks/schedule/phase.ts'

test('a name has its number for good', () => {
  // Written down once: another number would move the schedule of everybody after an update.
  expect(['', 'api', 'db'].map(nameHash)).toEqual([0xab3e7c0b, 0xcafc2fe8, 0x656c29be])
})

test('names that differ in one letter are spread over the interval', () => {
  const parts = new Array<number>(20).fill(0)
  for (let index = 0; index < 1000; index++) {
    const part = Math.floor(phaseOf(`check-${index}`) * parts.length)
    parts[part] = (parts[part] as number) + 1
  }
  expect(Math.min(...parts)).toBeGreaterThan(25)
  expect(Math.max(...parts)).toBeLessThan(80)
})

test('turns are the same wall times after a restart, and a jump of the wall clock moves none', () => {
  const anchor = { wallMs: 1_700_000_000_000, monoMs: 5000 }
  const turns = turnsOf('api', 10_000, anchor)
  const turn = turns.at(5000) + 1
  const wallMs = anchor.wallMs + turns.mono(turn) - anchor.monoMs
  expect(wallMs % 10_000).toBeCloseTo(phaseOf('api') * 10_000, 2)
  // Started again 1 h 3 s later, with a monotonic clock of its own.
  const later = { wallMs: anchor.wallMs + 3_603_000, monoMs: 17 }
  const again = turnsOf('api', 10_000, later)
  const againMs = later.wallMs + again.mono(again.at(17) + 1) - later.monoMs
  expect(againMs % 10_000).toBeCloseTo(phaseOf('api') * 10_000, 2)
  for (let next = turn; next < turn + 1000; next++) expect(turns.at(turns.mono(next))).toBe(next)
})
