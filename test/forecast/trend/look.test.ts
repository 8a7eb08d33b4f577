import { describe, expect, test } from 'vitest'
import { BLOCK_MS, type Blocks } from '../../../src/forecast/trend/blocks.ts'
import { createHabits, HABIT_BLOCKS, type Habits, noteRate } from '../../../src/forecast/trend/habits.ts'
import { type Held, lookAt, NOTHING } from '../../../src/forecast/trend/look.ts'
import { normal, randomOf } from '../../bench/forecast/random.ts'
import { blocksOf, driftOf } from './states.ts'

/** What all levels say of blocks. */
function lookAll(blocks: Blocks, { habits = createHabits(), lately = createHabits(), held }: Partial<Seen> = {}) {
  return lookAt({ blocks, habits, lately, held }, NOTHING, BLOCK_MS.length - 1, 0)
}

interface Seen {
  readonly habits: Habits
  readonly lately: Habits
  readonly held: Held
}

/** Habits of rates between two, a second, on all levels and over looks of both lengths. */
function habitsOf(low: number, high: number): Habits {
  const habits = createHabits()
  for (let i = 0; i < 96; i++)
    for (const [level, blockMs] of BLOCK_MS.entries())
      for (const count of HABIT_BLOCKS)
        noteRate(habits, { level, spanMs: count * blockMs, rate: (i % 2 === 0 ? low : high) / 1000 })
  return habits
}

const perSecond = (drift: { readonly rate: number } | undefined) => drift && drift.rate * 1000

describe('one move', () => {
  test('is seen over the longest time that it is known for', () => {
    const { found, longer, slowing } = lookAll(blocksOf(600, (s) => s / 10))
    expect(perSecond(found)).toBeCloseTo(0.1, 6)
    // Ten minutes are 8 blocks of a minute, but 40 of 15 s; 16 blocks of a minute are not there yet.
    expect(found).toMatchObject({ level: 2, spanMs: 480_000 })
    expect([longer, slowing]).toEqual([undefined, undefined])
  })

  test('is none in noise, on a flat series, with too little of it, and in a step', () => {
    const random = randomOf(5)
    expect(lookAll(blocksOf(900, () => normal(random))).found).toBeUndefined()
    expect(lookAll(blocksOf(900, () => 4)).found).toBeUndefined()
    expect(lookAll(blocksOf(30, (s) => s)).found).toBeUndefined()
    expect(lookAll(blocksOf(900, (s) => (s < 450 ? 0 : 50))).found).toBeUndefined()
  })

  test('needs no news where nothing longer is known, and less evidence to stay than to be found', () => {
    const uncertain = (seed: number) => {
      const random = randomOf(seed)
      return blocksOf(80, (s) => 0.028 * s + normal(random))
    }
    const drift = driftOf({ rate: 0.028 / 1000 })
    const counts = { fresh: 0, held: 0 }
    for (let seed = 0; seed < 60; seed++) {
      if (lookAll(uncertain(seed)).found !== undefined) counts.fresh++
      if (lookAll(uncertain(seed), { held: { drift, longer: undefined, slowing: undefined } }).found) counts.held++
    }
    expect(counts.held).toBeGreaterThan(counts.fresh)
  })
})

describe('a move within what was known', () => {
  /** Rest for half an hour, then a rise of 1 a second for two minutes. */
  const random = randomOf(7)
  const risen = blocksOf(1920, (s) => 0.5 * normal(random) + Math.max(0, s - 1800))

  test('is heard when it never moved so', () => {
    const { found } = lookAll(risen, { habits: habitsOf(-0.05, 0.05) })
    expect(Math.abs((perSecond(found) as number) - 1)).toBeLessThan(0.1)
    expect(found?.spanMs).toBeLessThanOrEqual(120_000)
  })

  test('is no news when it often did', () => {
    expect(lookAll(risen, { habits: habitsOf(-1, 1.5) }).found).toBeUndefined()
  })

  test('is heard beside the longer one that it goes along with', () => {
    const noise = randomOf(8)
    const faster = blocksOf(3600, (s) => s / 10 + 0.2 * normal(noise) + 0.3 * Math.max(0, s - 3500))
    const { found, longer } = lookAll(faster, { habits: habitsOf(0.05, 0.15) })
    expect(Math.abs((perSecond(found) as number) - 0.4)).toBeLessThan(0.05)
    expect(longer?.spanMs).toBeGreaterThan(600_000)
    expect(Math.abs((perSecond(longer) as number) - 0.1)).toBeLessThan(0.03)
  })
})

describe('its end', () => {
  const random = randomOf(9)
  /** A rise of an hour, and three minutes of rest. */
  const halted = blocksOf(3780, (s) => Math.min(s, 3600) / 10 + 0.05 * normal(random))

  test('is a halt as it never had one since it began', () => {
    expect(lookAll(halted, { habits: habitsOf(-1, 1), lately: habitsOf(0.08, 0.12) }).found).toBeUndefined()
  })

  test('is none in what goes in bursts with rests between', () => {
    const { found } = lookAll(halted, { habits: habitsOf(-1, 1), lately: habitsOf(-0.5, 0.5) })
    expect(perSecond(found)).toBeGreaterThan(0.08)
  })
})

test('moves that get smaller, as they never did, are slowing down', () => {
  const random = randomOf(10)
  const warming = blocksOf(3600, (s) => 100 * (1 - Math.exp(-s / 1200)) + 0.05 * normal(random))
  const { slowing } = lookAll(warming)
  expect(slowing?.rate).toBeGreaterThan(0)
  expect(slowing?.late).toBeLessThan(0.75 * (slowing?.early as number))
  const steady = randomOf(10)
  expect(lookAll(blocksOf(3600, (s) => s / 36 + 0.05 * normal(steady))).slowing).toBeUndefined()
})
