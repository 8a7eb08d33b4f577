import { describe, expect, test } from 'vitest'
import { createForecaster, judgedSteps, observe, predict, trackRecord } from '../../src/forecast/forecaster.ts'
import type { Prediction } from '../../src/model/forecast.ts'
import { having, MINUTES, normal, SECONDS } from './series.ts'

const ahead = (...[state, steps]: Parameters<typeof predict>): Prediction => {
  const prediction = predict(state, steps)
  if (prediction === undefined) throw new Error('nothing is predicted')
  return prediction
}
const widthOf = ({ low95, high95 }: Prediction) => high95 - low95

describe('what it says', () => {
  test('nothing from fewer than 30 samples', () => {
    expect(
      predict(
        having(29, (step) => step),
        1,
      ),
    ).toBeUndefined()
    expect(
      predict(
        having(30, (step) => step),
        1,
      ),
    ).toBeDefined()
  })

  test('what is no number is no sample', () => {
    const state = having(29, () => 5)
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      observe(state, 29 * 60_000, value)
    observe(state, Number.NaN, 5)
    expect(predict(state, 1)).toBeUndefined()
    observe(state, 29 * 60_000, 5)
    expect(ahead(state, 1).mean).toBe(5)
  })

  test('a flat series stays what it is, with no band', () => {
    const state = having(200, () => 0.25)
    for (const steps of [0.5, 1, 60, 1440, 5000])
      expect(ahead(state, steps)).toEqual({ mean: 0.25, low80: 0.25, high80: 0.25, low95: 0.25, high95: 0.25 })
  })

  test('noise is forecast by its middle and, near by, a band of its 95 %', () => {
    const noise = normal(1)
    const state = having(1000, () => 50 + 5 * noise())
    for (const steps of [1, 10, 60]) {
      const { mean, low95, high95 } = ahead(state, steps)
      expect(Math.abs(mean - 50)).toBeLessThan(2)
      // The true band is 40.2 to 59.8.
      expect(low95).toBeGreaterThan(35)
      expect(low95).toBeLessThan(43)
      expect(high95).toBeGreaterThan(57)
      expect(high95).toBeLessThan(65)
    }
  })

  test('a series within bounds is forecast within them', () => {
    const noise = normal(2)
    const state = having(300, (step) => Math.min(1, 0.9 + step * 3e-4 + 0.02 * noise()), {
      ...MINUTES,
      bounds: { min: 0, max: 1 },
    })
    for (const steps of [1, 30, 300, 1440, 10_000])
      for (const edge of Object.values(ahead(state, steps))) {
        expect(edge).toBeGreaterThanOrEqual(0)
        expect(edge).toBeLessThanOrEqual(1)
      }
  })
})

describe('where it goes', () => {
  const fill = (noise: () => number) => (step: number) => 1000 + step + 2 * noise()

  test.each([60, 120, 400])('a steady fill is followed from %i samples on, at all distances', (count) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const state = having(count, fill(normal(seed)))
      for (const steps of [1, 10, 60, 300, 1440, 3000]) {
        const truth = 1000 + count - 1 + steps
        const { mean, low95, high95 } = ahead(state, steps)
        // The slope of a line through n values with noise 2 errs by 2 √12 / n^1.5 a step: 0.015 at 60.
        expect(Math.abs(mean - truth)).toBeLessThan(8 + steps * (count < 100 ? 0.06 : 0.03))
        expect(high95 - low95).toBeGreaterThan(2)
        expect(high95 - low95).toBeLessThan(30 + 0.25 * steps)
      }
    }
  })

  test('a fill is followed on the fast track as well', () => {
    const noise = normal(3)
    const state = having(60, (step) => 4e9 + 3e6 * step + 1e6 * noise(), SECONDS)
    expect(ahead(state, 300).mean / (4e9 + 3e6 * 359)).toBeCloseTo(1, 1)
  })

  test('far from where it began it is still exact', () => {
    const state = having(20_000, (step) => 5e11 + step * 1e6)
    expect(ahead(state, 60).mean).toBeCloseTo(5e11 + (19_999 + 60) * 1e6, -5)
  })

  test('teeth do not go up for ever: after three, a distance of several teeth is their middle', () => {
    const noise = normal(4)
    const state = having(160, (step) => 10 + (step % 50) + 0.5 * noise())
    const { mean, high95 } = ahead(state, 100)
    expect(mean).toBeGreaterThan(15)
    expect(mean).toBeLessThan(55)
    expect(high95).toBeLessThan(130)
    // A long while later the band is that of the teeth, but for what noise adds.
    const later = having(2000, (step) => 10 + (step % 50) + 0.5 * noise())
    expect(ahead(later, 180).low95).toBeGreaterThan(0)
    expect(ahead(later, 180).high95).toBeLessThan(75)
  })

  test('a rotation does not bend the line: soon after it the slope is known again', () => {
    const noise = normal(5)
    const state = having(400, (step) => 10 + 0.2 * (step % 300) + 0.5 * noise())
    // 99 steps into the second tooth: 29.8, and 30 steps on 35.8.
    const { mean, low95, high95 } = ahead(state, 30)
    expect(Math.abs(mean - 35.8)).toBeLessThan(1.5)
    expect(high95).toBeLessThan(42)
    // A rotation was seen at that distance and ended at 10, nowhere below.
    expect(low95).toBeGreaterThan(5)
  })

  test('after a level shift it is at the new level within a few samples', () => {
    const noise = normal(6)
    const state = having(208, (step) => (step < 200 ? 10 : 50) + noise())
    expect(Math.abs(ahead(state, 1).mean - 50)).toBeLessThan(4)
    const later = having(400, (step) => (step < 200 ? 10 : 50) + noise())
    for (const steps of [1, 10, 60, 180]) expect(Math.abs(ahead(later, steps).mean - 50)).toBeLessThan(3)
  })

  test('an outlier moves neither the middle nor, for long, the band', () => {
    const noise = normal(7)
    const clean = having(300, () => 50 + noise())
    const struck = having(300, (step) => (step === 270 ? 5000 : 50 + noise()))
    for (const steps of [1, 10, 60]) {
      expect(Math.abs(ahead(struck, steps).mean - 50)).toBeLessThan(1.5)
      expect(widthOf(ahead(struck, steps))).toBeLessThan(3 * widthOf(ahead(clean, steps)))
    }
  })

  test('a constant that begins to move gets a band, and it has no hole', () => {
    const noise = normal(8)
    const state = having(600, (step) => (step < 500 ? 7 : 7 + noise()))
    const { mean, low95, high95 } = ahead(state, 1)
    expect(Math.abs(mean - 7)).toBeLessThan(1)
    expect(high95 - low95).toBeGreaterThan(1)
    expect(high95 - low95).toBeLessThan(12)
  })

  test('a daily cycle is known from the third day on', () => {
    const noise = normal(9)
    const at = (step: number) => 50 + 20 * Math.sin((2 * Math.PI * step) / 1440)
    const state = having(4400, (step) => at(step) + noise())
    for (const steps of [60, 180, 510]) expect(Math.abs(ahead(state, steps).mean - at(4399 + steps))).toBeLessThan(4)
  })
})

describe('time', () => {
  test('several samples of a step count as their mean', () => {
    const noise = normal(10)
    const values = Array.from({ length: 100 }, () => 20 + noise())
    const single = having(100, (step) => values[step] as number)
    const several = createForecaster(MINUTES)
    values.forEach((value, step) => {
      for (const [seconds, off] of [
        [-5, 3],
        [0, -4],
        [5, 1],
      ] as const)
        observe(several, step * 60_000 + seconds * 1000, value + off)
    })
    expect(several.count).toBe(100)
    expect(ahead(several, 5).mean).toBeCloseTo(ahead(single, 5).mean, 0)
  })

  test('jitter neither skips nor joins steps', () => {
    const noise = normal(11)
    const state = createForecaster(SECONDS)
    for (let step = 0; step < 1000; step++)
      observe(state, step * 1000 + Math.max(-350, Math.min(350, 120 * noise())), step)
    expect(state.count).toBe(1000)
    expect(state.cell).toBe(999)
  })

  test('a period a little off the grid stays on it', () => {
    const state = createForecaster(SECONDS)
    for (let step = 0; step < 3000; step++) observe(state, step * 1003, step)
    // Time passes at its own pace: 9 steps in 3000 are without a sample, none has two.
    expect(state.count).toBe(3000)
    expect(state.cell).toBeGreaterThanOrEqual(2999)
    expect(state.cell).toBeLessThanOrEqual(3009)
  })

  test('a line goes on through a gap', () => {
    const state = createForecaster(MINUTES)
    for (let step = 0; step < 300; step++) if (step < 150 || step > 210) observe(state, step * 60_000, 3 * step)
    expect(ahead(state, 10).mean).toBeCloseTo(3 * 309, 0)
    expect(ahead(state, 300).mean / (3 * 599)).toBeCloseTo(1, 1)
  })

  test('every other sample missing changes the time of a line as little', () => {
    const state = createForecaster(MINUTES)
    for (let step = 0; step < 400; step += 2) observe(state, step * 60_000, 3 * step)
    expect(ahead(state, 60).mean).toBeCloseTo(3 * (398 + 60), 0)
  })

  test('after a gap of weeks it goes on from what it sees', () => {
    const noise = normal(12)
    const state = having(500, () => 50 + noise())
    for (let step = 0; step < 60; step++) observe(state, 40 * 86_400_000 + step * 60_000, 900 + noise())
    expect(Math.abs(ahead(state, 1).mean - 900)).toBeLessThan(4)
  })

  test('a counter reset, one missing value, leaves no trace', () => {
    const rate = normal(13)
    const all = Array.from({ length: 200 }, () => 100 + rate())
    const state = createForecaster(SECONDS)
    all.forEach((value, step) => {
      if (step !== 120) observe(state, step * 1000, value)
    })
    const { mean, low95, high95 } = ahead(state, 30)
    expect(Math.abs(mean - 100)).toBeLessThan(1)
    expect(high95 - low95).toBeLessThan(10)
  })

  test('a clock that is set back: the sample counts as one step later', () => {
    const line = having(200, (step) => step)
    for (let step = 200; step < 260; step++) observe(line, (step - 5000) * 60_000, step)
    expect(line.cell).toBe(259)
    expect(ahead(line, 10).mean).toBeCloseTo(269, 0)
  })
})

describe('beyond what was judged', () => {
  test('how far that is grows with the samples, to the horizon', () => {
    const noise = normal(14)
    const value = () => noise()
    expect(judgedSteps(having(29, value))).toBe(0)
    const young = judgedSteps(having(60, value))
    expect(young).toBeGreaterThanOrEqual(1)
    expect(young).toBeLessThan(60)
    expect(judgedSteps(having(400, value))).toBeGreaterThan(young)
    expect(judgedSteps(having(3000, value))).toBe(1440)
  })

  test('bands go on widening', () => {
    const noise = normal(15)
    const state = having(400, () => noise())
    expect(widthOf(ahead(state, 6000))).toBeGreaterThan(1.9 * widthOf(ahead(state, 1500)))
  })
})

describe('the track record', () => {
  test('none before a band was drawn and its time has come', () => {
    expect(trackRecord(having(60, (step) => step))).toBeUndefined()
  })

  test('of noise, about 95 in 100 inside', () => {
    const noise = normal(16)
    const record = trackRecord(having(20_000, () => noise(), SECONDS))
    expect(record?.overS).toBe(19_999)
    expect(record?.inside).toBeGreaterThan(0.9)
    expect(record?.inside).toBeLessThan(0.99)
  })

  test('is of the last day alone', () => {
    const noise = normal(17)
    // Three days that cannot be foreseen, then two of a constant.
    const state = having(7200, (step) => (step < 4320 ? 1000 * noise() * (step % 700) : 1))
    expect(trackRecord(state)).toEqual({ overS: 86_400, inside: 1 })
  })

  test('what was said for an hour ahead and did not come is outside', () => {
    const noise = normal(18)
    const calm = having(1000, () => noise())
    const before = trackRecord(calm)
    for (let step = 1000; step < 1060; step++) observe(calm, step * 60_000, 500)
    expect(before?.inside).toBeGreaterThan(0.8)
    expect(trackRecord(calm)?.inside).toBeLessThan(before?.inside as number)
  })
})

describe('a gap of any length', () => {
  test('leaves no origin behind that could be taken for a later one', () => {
    const noise = normal(19)
    const state = having(500, () => 50 + noise())
    const before = trackRecord(state)
    // 2^16 steps on, 16 bits of a cell are what they were: nothing from before the gap is compared with what comes after it.
    for (let step = 0; step < 30; step++) observe(state, (499 + 2 ** 16 + step) * 60_000, 900)
    expect(before).toBeDefined()
    expect(trackRecord(state)).toBeUndefined()
  })
})
