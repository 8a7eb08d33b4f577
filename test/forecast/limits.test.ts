import { describe, expect, test } from 'vitest'
import { CROSSING } from '../bench/forecast/crossing-kinds.ts'
import { RESTING } from '../bench/forecast/resting-kinds.ts'
import { alarmRate, medianOf, tellKind, trendFeed } from '../bench/forecast/suite.ts'

/** A few series of each kind of the bench: enough to see that a kind is lost, too few to judge it by. */
const CROSSING_SEEDS = 5
const RESTING_SEEDS = 2

describe('series that reach their limit', () => {
  const halves: number[] = []

  test.each(CROSSING.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
    const { told } = tellKind(kind, CROSSING_SEEDS, trendFeed)
    const errors = told.map(({ halfway = 1 }) => halfway)
    halves.push(...errors)
    // Speeds that swell and a cycle of days are hard; of all others a fifth is the goal.
    expect(medianOf(errors)).toBeLessThan(/speed changes|daily/.test(kind.name) ? 0.6 : 0.2)
  })

  test('half of all are timed within a tenth with half of the way left', () => {
    expect(halves).toHaveLength(CROSSING_SEEDS * CROSSING.length)
    expect(medianOf(halves)).toBeLessThan(0.1)
  })
})

describe('series that never do', () => {
  const all: Parameters<typeof alarmRate>[0]['told'][number][] = []

  test.each(RESTING.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
    const { told } = tellKind(kind, RESTING_SEEDS, trendFeed)
    all.push(...told)
    // The first tooth of all, and what warms up after its start, cannot be told from a fill.
    expect(alarmRate({ told })).toBeLessThanOrEqual(kind.name.startsWith('warms up') ? 2 : 1)
  })

  test('raise less than one alarm in two days', () => {
    expect(alarmRate({ told: all })).toBeLessThan(0.5)
  })
})
