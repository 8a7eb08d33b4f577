import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Limit, perHour, timeToLimit } from '../../src/forecast/time-to-limit.ts'
import { createTrend, type Trend } from '../../src/forecast/trend/state.ts'
import { trendMinute, trendSample } from '../../src/forecast/trend/trend.ts'
import type { TimeToLimit } from '../../src/model/forecast.ts'
import { normal, randomOf } from '../bench/forecast/random.ts'
import { START_MS } from '../bench/forecast/suite.ts'

const FULL: Limit = { threshold: 0.95, direction: 'above' }
const HOUR_S = 3600

interface Play {
  readonly everyS?: number
  readonly historyS?: number
  readonly untilS: number
  readonly value: (s: number) => number
}

/** A trend that was told a series: up to `historyS` as means of minutes, from then on as samples. */
function trendOf({ everyS = 2, historyS = 0, untilS, value }: Play): Trend {
  const trend = createTrend()
  for (let s = 0; s < historyS; s += 60) trendMinute(trend, START_MS + s * 1000, value(s + 30))
  for (let s = historyS; s <= untilS; s += everyS) trendSample(trend, START_MS + s * 1000, value(s))
  return trend
}

const ask = (play: Play, limit = FULL) => timeToLimit({ trend: trendOf(play) }, limit)

/** Seconds from now, where it heads there. */
function likely(time: TimeToLimit): number {
  if (time.kind !== 'heading') throw new Error(`not heading there: ${time.kind}`)
  return time.eta.likely
}

/** First second at which the answer is of a kind, from `fromS` on. */
function firstSaid(play: Play, fromS: number, kind: (time: TimeToLimit) => boolean): number {
  const { everyS = 2, historyS = 0, untilS, value } = play
  const trend = trendOf({ ...play, untilS: fromS })
  for (let s = Math.max(fromS, historyS) + everyS; s <= untilS; s += everyS) {
    trendSample(trend, START_MS + s * 1000, value(s))
    if (kind(timeToLimit({ trend }, FULL))) return s
  }
  return Number.POSITIVE_INFINITY
}

const heading = ({ kind }: TimeToLimit) => kind === 'heading'

describe('just started', () => {
  test('nothing is known before 30 samples', () => {
    expect(ask({ untilS: 28 * 2, value: (s) => 0.5 + s / 1000 })).toEqual({ kind: 'unknown' })
    expect(timeToLimit({ trend: createTrend() }, FULL)).toEqual({ kind: 'unknown' })
  })

  test('what is there is there, at once', () => {
    expect(ask({ untilS: 0, value: () => 0.96 })).toEqual({ kind: 'reached' })
    expect(ask({ untilS: 4, value: () => 3 }, { threshold: 3, direction: 'below' })).toEqual({ kind: 'reached' })
  })

  test('one sample beyond is not there', () => {
    expect(ask({ untilS: 100, value: (s) => (s === 98 ? 1 : 0.5) }).kind).toBe('steady')
  })

  test.each([1, 2])('a fill of minutes is said within 90 s, within a fifth (every %i s)', (everyS) => {
    for (const takesS of [200, 400, 900]) {
      const random = randomOf(takesS)
      const value = (s: number) => 0.4 + (0.55 * s) / takesS + 0.001 * normal(random)
      const left = likely(ask({ everyS, untilS: 90, value }))
      expect(left).toBeGreaterThan(0.8 * (takesS - 90))
      expect(left).toBeLessThan(1.2 * (takesS - 90))
    }
  })

  test('a fill of days is too soon to say a time of', () => {
    expect(ask({ untilS: 120, value: (s) => 0.4 + s * 1e-6 })).toEqual({ kind: 'too soon' })
  })

  test('a flat series is steady, and so is noise', () => {
    expect(ask({ untilS: 120, value: () => 0.7 })).toEqual({ kind: 'steady' })
    for (let seed = 0; seed < 20; seed++) {
      const random = randomOf(seed)
      expect(ask({ untilS: 120, value: () => 0.7 + 0.02 * normal(random) })).toEqual({ kind: 'steady' })
    }
  })

  test('one that falls does not head for a limit above, but for one below', () => {
    const play = { untilS: 120, value: (s: number) => 0.9 - s / 1000 }
    expect(ask(play)).toEqual({ kind: 'steady' })
    expect(Math.abs(likely(ask(play, { threshold: 0.1, direction: 'below' })) / 680 - 1)).toBeLessThan(0.03)
  })
})

describe('running for hours', () => {
  const FROM_S = 6 * HOUR_S
  /** The same noise at the same moment, whoever asks. */
  const noise = (s: number) => normal(randomOf(s))
  const rest = (s: number) => 0.5 + 0.0005 * noise(s) + 0.01 * Math.sin(s / 5000)
  /** Full 20 minutes after it begins to fill, 10 minutes after the program starts. */
  const onsetS = FROM_S + 600
  const grown = (s: number) => Math.max(0, s - onsetS) * (0.45 / 1200)
  const filling = (s: number) => rest(s) + grown(s)

  test('a fill that starts suddenly is noticed within a minute and a half, and timed within a fifth', () => {
    const saidS = firstSaid({ historyS: FROM_S, untilS: onsetS + 300, value: filling }, onsetS, heading)
    expect(saidS - onsetS).toBeLessThan(90)
    const left = likely(ask({ historyS: FROM_S, untilS: onsetS + 300, value: filling }))
    expect(Math.abs(left - 900) / 900).toBeLessThan(0.2)
  })

  test('it is withdrawn within two minutes after it stops', () => {
    const stopsS = onsetS + 600
    const value = (s: number) => rest(s) + grown(Math.min(s, stopsS))
    const play = { historyS: FROM_S, untilS: stopsS + 600, value }
    const doneS = firstSaid(play, stopsS, ({ kind }) => kind === 'steady')
    expect(doneS - stopsS).toBeLessThan(120)
    expect(firstSaid(play, doneS, heading)).toBe(Number.POSITIVE_INFINITY)
  })

  test('a step that stays is no fill', () => {
    const value = (s: number) => rest(s) + (s > onsetS ? 0.3 : 0)
    expect(firstSaid({ historyS: FROM_S, untilS: onsetS + HOUR_S, value }, onsetS, heading)).toBe(
      Number.POSITIVE_INFINITY,
    )
  })

  test('a fill of two days is timed from its history at once', () => {
    const value = (s: number) => 0.3 + 0.65 * (s / (48 * HOUR_S)) + 0.001 * noise(s)
    const left = likely(ask({ historyS: 24 * HOUR_S, untilS: 24 * HOUR_S + 120, value }))
    expect(Math.abs(left / (24 * HOUR_S) - 1)).toBeLessThan(0.1)
  })

  test('a saw that has been seen to fall is steady for good, until it goes further than ever', () => {
    const periodS = 900
    const saw = (s: number) => 0.4 + 0.3 * ((s % periodS) / periodS)
    const play = { untilS: 4 * HOUR_S, value: saw }
    expect(firstSaid(play, 2 * periodS, heading)).toBe(Number.POSITIVE_INFINITY)
    // The collection of the last tooth does not come.
    const lastS = 8 * periodS
    const value = (s: number) => (s < lastS ? saw(s) : 0.4 + 0.3 * ((s - lastS) / periodS))
    const saidS = firstSaid({ untilS: lastS + 2 * periodS, value }, lastS, heading)
    expect(saidS).toBeGreaterThan(lastS + periodS)
    expect(saidS).toBeLessThan(lastS + 1.4 * periodS)
  })

  test('a saw on a floor that rises reaches its limit with a peak', () => {
    const periodS = 600
    const value = (s: number) => 0.3 + 0.1 * ((s % periodS) / periodS) + (0.55 * s) / (5 * HOUR_S)
    // The peaks are there after 5 h.
    const time = ask({ everyS: 5, untilS: 2.5 * HOUR_S, value })
    expect(Math.abs(likely(time) / (2.5 * HOUR_S) - 1)).toBeLessThan(0.15)
  })

  test('what slows down so that it ends below the limit is steady', () => {
    const value = (s: number) => 0.2 + 0.4 * (1 - Math.exp(-s / 1200)) + 0.0005 * noise(s)
    const play = { untilS: 3 * HOUR_S, value }
    expect(firstSaid(play, 3000, heading)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('whatever it is told', () => {
  const series = fc.array(
    fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0, 1e300),
    ),
    { minLength: 1, maxLength: 200 },
  )

  function told(values: readonly number[], gaps: readonly number[], scale = 1, shiftMs = 0): Trend {
    const trend = createTrend()
    let atMs = START_MS + shiftMs
    values.forEach((value, i) => {
      trendSample(trend, atMs, scale * value)
      atMs += 1000 * (1 + (gaps[i % gaps.length] as number))
    })
    return trend
  }

  const gaps = fc.array(fc.nat(400), { minLength: 1, maxLength: 20 })

  test('times are numbers in order', () => {
    fc.assert(
      fc.property(series, gaps, (values, pauses) => {
        const time = timeToLimit({ trend: told(values, pauses) }, FULL)
        if (time.kind !== 'heading') return
        const { earliest, likely: middle, latest = Number.MAX_VALUE } = time.eta
        expect(Number.isFinite(earliest) && Number.isFinite(middle) && Number.isFinite(latest)).toBe(true)
        expect(earliest).toBeGreaterThanOrEqual(0)
        expect(middle).toBeGreaterThanOrEqual(earliest)
        expect(latest).toBeGreaterThanOrEqual(middle)
      }),
    )
  })

  const filling = fc.tuple(fc.double({ min: 0.0002, max: 0.002, noNaN: true }), fc.nat(1000)).map(([rate, seed]) => {
    const random = randomOf(seed)
    return Array.from({ length: 120 }, (_, i) => 0.3 + rate * i + 0.002 * random())
  })

  test('another unit has the same times, and so has another date', () => {
    fc.assert(
      fc.property(filling, fc.integer({ min: 1, max: 40 }), (values, exponent) => {
        const scale = 2 ** exponent
        const time = timeToLimit({ trend: told(values, [0]) }, FULL)
        // Blocks begin at whole 15 s on every date; a shift by days keeps all levels where they are.
        const other = told(values, [0], scale, 64 * 86_400_000)
        expect(timeToLimit({ trend: other }, { ...FULL, threshold: scale * 0.95 })).toEqual(time)
        expect(perHour({ trend: other })).toBe(scale * (perHour({ trend: told(values, [0]) }) ?? Number.NaN))
      }),
      { numRuns: 30 },
    )
  })

  test('upside down it heads for the limit below at the same time', () => {
    fc.assert(
      fc.property(filling, (values) => {
        const time = timeToLimit({ trend: told(values, [0]) }, FULL)
        expect(timeToLimit({ trend: told(values, [0], -1) }, { threshold: -0.95, direction: 'below' })).toEqual(time)
      }),
      { numRuns: 30 },
    )
  })
})
