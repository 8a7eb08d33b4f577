import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEngine, type Engine } from '../../../src/engine/engine.ts'
import type { Frame, WindowRequest } from '../../../src/model/frame.ts'
import type { History } from '../../../src/model/history.ts'
import { START_MS, sample } from '../samples.ts'
import { emptyColumns, historyOf, MINUTE_MS, recording } from './recording.ts'

const KEY = 'memory_used_ratio'
const WAYS = ['mean', 'max', 'last'] as const

/** A value for each second that a single precision float keeps well. */
const wave = (second: number) => 0.5 + 0.4 * Math.sin(second / 400)

/** The clocks of a run that begins at this second: its monotonic one begins somewhere else in each run. */
class Run {
  readonly engine: Engine = createEngine({ rules: [] })
  readonly #bootS: number
  frame: Frame

  constructor(bootS: number) {
    this.#bootS = bootS
    this.frame = this.#accept(bootS, {}, true)
  }

  /** A sample each second, from one to another. */
  measure(fromS: number, untilS: number, gauges: (second: number) => Record<string, number>, everyS = 1): Frame {
    for (let second = fromS; second < untilS; second += everyS)
      this.frame = this.#accept(second, gauges(second), false, everyS)
    return this.frame
  }

  restore(history: History): void {
    const { wallMs, monoMs } = this.frame
    this.engine.restore(history, wallMs, monoMs)
    this.frame = this.engine.tick(wallMs, monoMs)
  }

  #accept(second: number, gauges: Record<string, number>, warmup: boolean, everyS = 1): Frame {
    const wallMs = START_MS + second * 1000
    const monoMs = (second - this.#bootS) * 1000 + 77_000
    const of = sample(monoMs, { wallMs, gauges, everyMs: everyS * 1000, ...(warmup && { warmup }) })
    return this.engine.accept({ wallMs, monoMs, samples: [of] })
  }
}

const waves = (second: number) => ({ [KEY]: wave(second) })

function read({ metrics, wallMs }: Frame, request: Partial<WindowRequest>, key = KEY): number[] {
  return [...metrics.window(key, { endMs: wallMs, stepMs: MINUTE_MS, count: 10, by: 'mean', ...request })]
}

function same(found: readonly number[], wanted: readonly number[], what: string): void {
  expect(found).toHaveLength(wanted.length)
  for (const [at, value] of wanted.entries()) {
    if (Number.isNaN(value)) expect(found[at], `${what}, step ${at}`).toBeNaN()
    else expect(found[at], `${what}, step ${at}`).toBeCloseTo(value, 5)
  }
}

describe('after a restart', () => {
  test('a chart shows what it would have without one', () => {
    const all = new Run(0)
    all.measure(0, 7200, waves)
    const again = new Run(6600)
    again.measure(6600, 6603, waves)
    again.restore(recording({ [KEY]: wave }, 0, 6600))
    again.measure(6603, 7200, waves)
    for (const by of WAYS) {
      for (const stepMs of [60_000, 120_000, 600_000]) {
        const request = { stepMs, by, count: 7_200_000 / stepMs }
        same(read(again.frame, request), read(all.frame, request), `${by} ${stepMs}`)
      }
    }
    // Steps shorter than a minute show the minute, and the samples where this run has them.
    const fine = read(again.frame, { stepMs: 10_000, count: 120 })
    same(fine.slice(60), read(all.frame, { stepMs: 10_000, count: 60 }), 'samples')
    expect(fine.some(Number.isNaN)).toBe(false)
    expect(Math.abs((fine[30] as number) - wave(6300))).toBeLessThan(0.1)
  })

  test('it is all the same whether the history comes before the first sample, soon, or when minutes are over', () => {
    const pictures = [0, 1, 50, 400].map((after) => {
      const run = new Run(3600)
      run.measure(3600, 3600 + after, waves)
      run.restore(recording({ [KEY]: wave }, 0, 3600))
      run.measure(3600 + after, 4300, waves)
      return WAYS.map((by) => [15_000, 60_000, 300_000].map((stepMs) => read(run.frame, { by, stepMs, count: 240 })))
    })
    for (const picture of pictures) expect(picture).toEqual(pictures[0])
    expect(pictures[0]?.[0]?.[0]?.filter((value) => !Number.isNaN(value)).length).toBe(240)
  })

  test('the time between the runs is a gap, and of a minute that a run left unfinished there is what it knew', () => {
    const run = new Run(1000)
    run.measure(1000, 1010, waves)
    run.restore(recording({ [KEY]: wave }, 0, 590))
    const fine = read(run.frame, { stepMs: 10_000, count: 101 })
    // Steps of 10 s from 0 on: recorded to the end of minute 9, nothing to 1000.
    const known = fine.map((value) => !Number.isNaN(value))
    expect(known).toEqual(Array.from({ length: 101 }, (_, step) => step < 60 || step === 100))
    expect(fine[59]).toBeCloseTo(Array.from({ length: 50 }, (_, s) => wave(540 + s)).reduce((a, b) => a + b) / 50, 5)
  })

  test('no gap is drawn where it was back within the minute', () => {
    const run = new Run(625)
    run.measure(625, 640, waves)
    run.restore(recording({ [KEY]: wave }, 0, 620))
    expect(read(run.frame, { stepMs: 5000, count: 60 }).some(Number.isNaN)).toBe(false)
  })

  test('a step that both runs know in part is made of both, each by its time', () => {
    const run = new Run(120)
    run.measure(120, 180, () => ({ [KEY]: 0.2 }))
    run.restore(recording({ [KEY]: () => 0.8 }, 0, 120))
    const step = (by: WindowRequest['by']) => read(run.frame, { by, stepMs: 300_000, count: 1 })[0]
    expect(step('mean')).toBeCloseTo((2 * 0.8 + 0.2) / 3, 5)
    expect(step('max')).toBeCloseTo(0.8, 5)
    expect(step('last')).toBe(0.2)
  })

  test('whatever came before and however it is looked at: this run as without a history, the rest as recorded', () => {
    fc.assert(
      fc.property(
        fc.record({
          endS: fc.integer({ min: 1, max: 2000 }),
          gapS: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 4000 })),
          runS: fc.integer({ min: 1, max: 400 }),
          lateS: fc.integer({ min: 0, max: 200 }),
          stepMs: fc.constantFrom(5000, 15_000, 60_000, 90_000, 300_000, 1_800_000),
          by: fc.constantFrom(...WAYS),
        }),
        ({ endS, gapS, runS, lateS, stepMs, by }) => {
          const startS = endS + gapS
          const history = recording({ [KEY]: wave }, 0, endS)
          const [plain, run] = [new Run(startS), new Run(startS)]
          plain.measure(startS, startS + runS, waves)
          const restoreS = startS + Math.min(lateS, runS)
          run.measure(startS, restoreS, waves)
          run.restore(history)
          run.measure(restoreS, startS + runS, waves)
          const count = 60
          const found = read(run.frame, { stepMs, count, by })
          const without = read(plain.frame, { stepMs, count, by })
          const firstMs = (Math.floor(run.frame.wallMs / stepMs) - count + 1) * stepMs
          const startMs = START_MS + startS * 1000
          const column = history.series.get(KEY)?.[by] as Float32Array
          for (let step = 0; step < count; step++) {
            const stepStart = firstMs + step * stepMs
            if (stepStart >= startMs) expect(found[step], `step ${step}`).toEqual(without[step])
            else {
              const recorded = [...column].filter((_, minute) => {
                const minuteMs = history.firstMinuteMs + minute * MINUTE_MS
                const middle =
                  stepMs < MINUTE_MS ? stepStart + stepMs / 2 - minuteMs : minuteMs + MINUTE_MS / 2 - stepStart
                return middle >= 0 && middle < Math.max(stepMs, MINUTE_MS) && minuteMs < startMs
              })
              const parts = [...recorded, without[step] as number].filter((one) => !Number.isNaN(one))
              if (parts.length === 0) expect(found[step], `step ${step}`).toBeNaN()
              else {
                expect(found[step], `step ${step}`).toBeGreaterThanOrEqual(Math.min(...parts) - 1e-6)
                expect(found[step], `step ${step}`).toBeLessThanOrEqual(Math.max(...parts) + 1e-6)
              }
            }
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('of a clock that was set back only what lies before the first sample counts', () => {
    const run = new Run(600)
    run.measure(600, 660, () => ({ [KEY]: 0.1 }))
    run.restore(recording({ [KEY]: () => 0.9 }, 0, 3600))
    run.measure(660, 1200, () => ({ [KEY]: 0.1 }))
    expect(read(run.frame, { count: 20 })).toEqual(
      [...Array(10).fill(Math.fround(0.9)), ...Array(10).fill(0.1)].map((v) => expect.closeTo(v, 6)),
    )
  })

  test('of a clock that is set back before the history comes, what lies before all samples counts', () => {
    const engine = createEngine({ rules: [] })
    let frame: Frame | undefined
    const at = (second: number, wallS: number) => {
      const wallMs = START_MS + wallS * 1000
      frame = engine.accept({
        wallMs,
        monoMs: second * 1000,
        samples: [sample(second * 1000, { wallMs, gauges: { [KEY]: 0.1 } })],
      })
    }
    for (let second = 0; second < 10; second++) at(second, 7200 + second)
    for (let second = 10; second < 20; second++) at(second, 3600 + second - 10)
    engine.restore(recording({ [KEY]: () => 0.9 }, 0, 7200), START_MS + 3_609_000, 19_000)
    frame = engine.tick(START_MS + 3_609_000, 19_000)
    const known = read(frame as Frame, { count: 61 })
    expect(known.slice(0, 60).every((value) => value > 0.8)).toBe(true)
    expect(known[60]).toBeCloseTo(0.1, 5)
  })

  test('nothing changes with a history that is empty, or all from after now', () => {
    for (const history of [historyOf(), historyOf({ minutes: 30 }), recording({ [KEY]: wave }, 9000, 12_000)]) {
      const run = new Run(600)
      run.measure(600, 610, waves)
      const before = read(run.frame, { stepMs: 1000, count: 900 })
      run.restore(history)
      expect(read(run.measure(610, 611, waves), { endMs: run.frame.wallMs - 1000, stepMs: 1000, count: 900 })).toEqual(
        before,
      )
    }
  })

  test('a frame from before the history stays as it was', () => {
    const run = new Run(3600)
    const old = run.measure(3600, 3900, waves)
    const picture = () => [15_000, 60_000, 300_000].map((stepMs) => read(old, { stepMs, count: 100 }))
    const before = picture()
    const ahead = old.metrics.ahead(KEY, { endMs: old.wallMs, stepMs: 60_000, count: 20 })
    run.restore(recording({ [KEY]: wave }, 0, 3600))
    expect(picture()).toEqual(before)
    run.measure(3900, 7000, waves)
    expect(picture()).toEqual(before)
    expect(old.metrics.ahead(KEY, { endMs: old.wallMs, stepMs: 60_000, count: 19 })?.mean).toEqual(
      ahead?.mean.subarray(0, 19),
    )
  })

  test('a second history changes nothing', () => {
    const run = new Run(600)
    run.measure(600, 605, waves)
    run.restore(recording({ [KEY]: () => 0.9 }, 0, 600))
    run.restore(recording({ [KEY]: () => 0.1 }, 0, 600))
    expect(read(run.frame, { count: 5 })[0]).toBeCloseTo(0.9, 5)
  })
})

describe('as time goes on', () => {
  test('recorded minutes leave at the other end of the day, one for one', () => {
    const day = 1440
    const history = recording({ [KEY]: (second) => second / 60 / 10_000 }, 0, day * 60)
    const run = new Run(day * 60)
    run.measure(day * 60, day * 60 + 1, () => ({ [KEY]: 0.9 }), 60)
    run.restore(history)
    const frame = run.measure(day * 60 + 60, (day + 200) * 60, () => ({ [KEY]: 0.9 }), 60)
    const values = read(frame, { count: 1700 })
    const first = values.findIndex((value) => !Number.isNaN(value))
    // 1700 steps end with minute 1639, so step 0 is minute -60; of the day before minute 1639 there are those from 199 on.
    expect(first).toBeGreaterThanOrEqual(199 + 60)
    expect(first).toBeLessThanOrEqual(201 + 60)
    expect(values[first]).toBeCloseTo((first - 60 + 0.5) / 10_000, 3)
    expect(values.slice(first).some(Number.isNaN)).toBe(false)
  })

  test('a longer history is kept for the means alone, which the daily profile is made of', () => {
    const history = recording({ [KEY]: wave }, 0, 5000 * 60)
    const run = new Run(5000 * 60)
    run.measure(5000 * 60, 5000 * 60 + 1, waves)
    run.restore(history)
    const known = (by: WindowRequest['by']) =>
      read(run.frame, { by, count: 6000 }).filter((value) => !Number.isNaN(value)).length
    expect(known('mean')).toBe(3 * 1440 + 1)
    expect(known('max')).toBe(1440 + 1)
  })
})

describe('a series', () => {
  test('that comes later finds its past then', () => {
    const slow = 'swap_used_ratio'
    const run = new Run(3600)
    run.measure(3600, 3605, waves)
    run.restore(recording({ [KEY]: wave, [slow]: wave }, 0, 3600))
    run.measure(3605, 3800, waves)
    run.measure(3800, 4000, (second) => ({ [KEY]: wave(second), [slow]: wave(second) }))
    const values = read(run.frame, { count: 67 }, slow)
    expect(values.map((value) => !Number.isNaN(value))).toEqual(
      Array.from({ length: 67 }, (_, minute) => minute < 60 || minute >= 63),
    )
    same(values.slice(0, 60), read(run.frame, { count: 67 }).slice(0, 60), 'past')
  })

  test('that no probe gives any more is there while it was recorded within the hour, and in no list', () => {
    const [gone, old] = ['disk_used_ratio{mount="/gone"}', 'disk_used_ratio{mount="/old"}']
    const history = recording(
      { [gone]: (s) => (s < 3000 ? wave(s) : Number.NaN), [old]: (s) => (s < 60 ? wave(s) : Number.NaN) },
      0,
      7200,
    )
    const run = new Run(6000)
    run.measure(6000, 6001, waves)
    run.restore(history)
    run.measure(6001, 6010, waves)
    expect(read(run.frame, { count: 60 }, gone).some((value) => !Number.isNaN(value))).toBe(true)
    expect(read(run.frame, { count: 101 }, old).every(Number.isNaN)).toBe(true)
    expect(run.frame.metrics.keys('disk_used_ratio')).toEqual([])
    expect(run.frame.metrics.value(gone)).toBeUndefined()
    expect(run.frame.metrics.last(gone)).toBeUndefined()
    // An hour after its last value it is forgotten as every other.
    run.measure(6010, 6700, waves, 10)
    expect(read(run.frame, { count: 120 }, gone).every(Number.isNaN)).toBe(true)
  })

  test('of a core, which has no minutes, has none after a restart', () => {
    const core = 'core_used_ratio{core="0"}'
    const run = new Run(600)
    run.measure(600, 610, (second) => ({ [core]: wave(second) }))
    run.restore(recording({ [core]: wave }, 0, 600))
    expect(read(run.frame, { count: 10 }, core).slice(0, 9).every(Number.isNaN)).toBe(true)
  })

  test('is held inside the bounds of its metric, and columns that are cut short mean nothing is known', () => {
    const columns = emptyColumns(10)
    columns.mean.fill(7)
    const history = historyOf({
      minutes: 10,
      series: new Map([
        [KEY, columns],
        ['swap_used_ratio', { ...emptyColumns(10), mean: new Float32Array([0.5, 0.5]) }],
        ['no_such_metric', columns],
      ]),
    })
    const run = new Run(600)
    run.measure(600, 605, (second) => ({ [KEY]: wave(second), swap_used_ratio: 0.1 }))
    run.restore(history)
    expect(read(run.frame, { count: 11 })[0]).toBe(1)
    const swap = read(run.frame, { count: 11 }, 'swap_used_ratio')
    expect(swap.slice(0, 3)).toEqual([0.5, 0.5, Number.NaN])
    expect(read(run.frame, { count: 11 }, 'no_such_metric').every(Number.isNaN)).toBe(true)
  })
})
