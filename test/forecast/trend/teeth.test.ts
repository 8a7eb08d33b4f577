import { describe, expect, test } from 'vitest'
import { createSwings, type Swings, swing } from '../../../src/forecast/trend/swings.ts'
import { envelopeOf, isTooth, notedTeeth, noteTeeth } from '../../../src/forecast/trend/teeth.ts'

const MINUTE_MS = 60_000

/** Points by minute. */
function swingsOf(points: readonly (readonly [minute: number, value: number])[], sign = 1): Swings {
  const swings = createSwings()
  for (const [minute, value] of points) swing(swings, minute * MINUTE_MS, sign * value, 24 * 60 * MINUTE_MS)
  return swings
}

/** Teeth of 10 minutes between a floor that rises by `rise` each and 10 above it; now it is 5 minutes into the next one. */
function sawOf(teeth: number, rise: number) {
  const points: [number, number][] = []
  for (let tooth = 0; tooth < teeth; tooth++)
    points.push([10 * tooth, rise * tooth], [10 * tooth + 9.75, 10 + rise * tooth])
  return [...points, [10 * teeth, rise * teeth], [10 * teeth + 5, rise * teeth + 5]] as const
}

describe('a tooth', () => {
  const saw = swingsOf(sawOf(2, 0))
  const rise = { value: 5, rate: 1 / MINUTE_MS, limit: 20, sinceMs: 20 * MINUTE_MS }

  test('is a rise as far and as fast as one that was taken back', () => {
    expect(isTooth(saw, 1, rise)).toBe(true)
  })

  test('is none when it went further than those before, or much faster, or when they reach the limit', () => {
    expect(isTooth(saw, 1, { ...rise, value: 12 })).toBe(false)
    expect(isTooth(saw, 1, { ...rise, rate: 4 / MINUTE_MS })).toBe(false)
    expect(isTooth(saw, 1, { ...rise, limit: 10.5 })).toBe(false)
  })

  test('is none when the fall came in the middle of what is seen as a rise', () => {
    expect(isTooth(saw, 1, { ...rise, sinceMs: 5 * MINUTE_MS })).toBe(false)
  })

  test('is one upside down as well', () => {
    expect(isTooth(swingsOf(sawOf(2, 0), -1), -1, rise)).toBe(true)
    expect(isTooth(swingsOf(sawOf(2, 0), -1), 1, rise)).toBe(false)
  })

  test('was none before the first fall', () => {
    const first = swingsOf([
      [0, 0],
      [5, 5],
    ])
    expect(isTooth(first, 1, { ...rise, sinceMs: 0 })).toBe(false)
  })
})

describe('the line of peaks', () => {
  test('rises with the floor', () => {
    const envelope = envelopeOf(swingsOf(sawOf(5, 1)), 1, 4)
    expect(envelope?.rate).toBeCloseTo(0.1 / MINUTE_MS, 9)
    expect(envelope?.value).toBeCloseTo(14, 4)
    expect(envelope?.periodMs).toBeCloseTo(10 * MINUTE_MS, 0)
    expect(envelope?.atMs).toBeCloseTo(49.75 * MINUTE_MS, 0)
  })

  test('is none of a saw whose floor stays or falls', () => {
    expect(envelopeOf(swingsOf(sawOf(5, 0)), 1, 4)).toBeUndefined()
    expect(envelopeOf(swingsOf(sawOf(5, -1)), 1, 4)).toBeUndefined()
  })

  test('is none with too few teeth', () => {
    expect(envelopeOf(swingsOf(sawOf(3, 1)), 1, 4)).toBeUndefined()
  })

  test('is none of ups and downs of any size', () => {
    const waves = [0, 10, 4, 9, 2, 15, 5, 12, 8, 20, 9, 14].map((value, i) => [i * 5, value] as const)
    expect(envelopeOf(swingsOf(waves), 1, 4)).toBeUndefined()
  })

  test('is none of teeth at odd times', () => {
    const odd = [0, 3, 5, 30, 32].flatMap((minute, i) => [
      [minute, i],
      [minute + 1.5, 10 + i],
    ]) as [number, number][]
    expect(envelopeOf(swingsOf([...odd, [40, 5], [41, 8]]), 1, 4)).toBeUndefined()
  })
})

describe('teeth that are noted', () => {
  const noted = (beliefs: Uint8Array, swings: Swings) => {
    noteTeeth(beliefs, 1, swings, 1, 4)
    return notedTeeth(beliefs, 1, swings, 1, 4)
  }

  test('have the line of peaks that was found', () => {
    const beliefs = new Uint8Array(2)
    const saw = swingsOf(sawOf(5, 1))
    expect(notedTeeth(beliefs, 1, saw, 1, 4)).toBeUndefined()
    expect(noted(beliefs, saw)).toEqual(envelopeOf(saw, 1, 4))
    expect(beliefs[0]).toBe(0)
  })

  test('stay with fewer of them, which would not do at first', () => {
    const few = swingsOf(sawOf(3, 1))
    expect(noted(new Uint8Array(2), few)).toBeUndefined()
    const beliefs = new Uint8Array(2)
    noted(beliefs, swingsOf(sawOf(5, 1)))
    expect(noted(beliefs, few)).toEqual(envelopeOf(few, 1, 4, true))
    expect(noted(beliefs, swingsOf(sawOf(3, -1)))).toBeUndefined()
    expect(noted(beliefs, few)).toBeUndefined()
  })
})
