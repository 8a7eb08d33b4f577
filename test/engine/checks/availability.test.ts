import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AvailabilityCount } from '../../../src/engine/checks/availability.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test('nothing is known before any time went by', () => {
  expect(new AvailabilityCount().shares).toEqual({})
})

test('shares are of the time that is known', () => {
  const count = new AvailabilityCount()
  count.count(true, 0, 10 * MINUTE)
  // Nobody knows the next half hour.
  count.count(false, 40 * MINUTE, 50 * MINUTE)
  expect(count.shares).toEqual({ hour: 0.5, day: 0.5, week: 0.5 })
})

test('an hour ago leaves the hour, a day ago the day, a week ago the week', () => {
  const count = new AvailabilityCount()
  count.count(false, 0, HOUR)
  count.count(true, HOUR, 2 * HOUR + 5 * MINUTE)
  expect(count.shares.hour).toBe(1)
  expect(count.shares.day).toBeCloseTo(65 / 125, 6)
  count.count(true, 2 * HOUR + 5 * MINUTE, 25 * HOUR + 5 * MINUTE)
  expect(count.shares.day).toBe(1)
  expect(count.shares.week).toBeCloseTo(1 - 1 / (25 + 5 / 60), 6)
  for (let hour = 26; hour < 8 * 24; hour++) count.count(true, hour * HOUR, (hour + 1) * HOUR)
  expect(count.shares.week).toBe(1)
})

test('after a silence of more than a week all is forgotten', () => {
  const count = new AvailabilityCount()
  count.count(false, 0, DAY)
  count.count(true, 20 * DAY, 20 * DAY + MINUTE)
  expect(count.shares).toEqual({ hour: 1, day: 1, week: 1 })
})

test('short intervals add up to what they are', () => {
  const count = new AvailabilityCount()
  for (let at = 0; at < HOUR; at += 200) count.count(at % 1000 !== 0, at, at + 200)
  expect(count.shares.day).toBeCloseTo(0.8, 6)
})

test('whatever comes: shares lie between 0 and 1, and agree with counting it all', () => {
  const stretch = fc.record({
    gapMs: fc.oneof(fc.integer({ min: 0, max: 20 * MINUTE }), fc.integer({ min: 0, max: 9 * DAY })),
    ms: fc.oneof(fc.integer({ min: 1, max: 10 * MINUTE }), fc.integer({ min: 1, max: 3 * DAY })),
    good: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 40 }), fc.integer({ min: 0, max: 30 * DAY }), (stretches, start) => {
      const count = new AvailabilityCount()
      const all: { from: number; to: number; good: boolean }[] = []
      let now = start
      for (const { gapMs, ms, good } of stretches) {
        const from = now + gapMs
        now = from + ms
        count.count(good, from, now)
        all.push({ from, to: now, good })
        const { shares } = count
        for (const [share, parts] of [
          [shares.hour, 12],
          [shares.day, 288],
          [shares.week, 2016],
        ] as const) {
          const begin = (Math.floor((now - 1) / (5 * MINUTE)) - parts + 1) * 5 * MINUTE
          const inside = all.map((one) => ({ ms: Math.max(0, one.to - Math.max(one.from, begin)), good: one.good }))
          const known = inside.reduce((sum, one) => sum + one.ms, 0)
          const up = inside.reduce((sum, one) => sum + (one.good ? one.ms : 0), 0)
          if (share === undefined) continue
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
          // Each stretch is rounded to 5 ms in each part.
          if (known > MINUTE) expect(Math.abs(share - up / known)).toBeLessThan((all.length * 10 + parts * 5) / known)
        }
      }
    }),
    { numRuns: 60 },
  )
})
