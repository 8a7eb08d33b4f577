import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import type { Frame, WindowRequest } from '../../src/model/frame.ts'
import { batch, gauges, START_MS, sample } from './samples.ts'

const KEY = 'memory_used_bytes'

interface Point {
  readonly wallMs: number
  readonly value: number
}

/** What `window` promises, said as slowly and plainly as can be: for points that are at most 2.5 intervals apart or have a gap. */
function naive(points: readonly Point[], { endMs, stepMs, count, by }: WindowRequest, everyMs: number): number[] {
  const firstMs = (Math.floor(endMs / stepMs) - count + 1) * stepMs
  return Array.from({ length: count }, (_, step) => {
    const from = firstMs + step * stepMs
    const inside = points
      .filter((point) => point.wallMs >= from && point.wallMs < from + stepMs)
      .map((point) => point.value)
    if (inside.length > 0) {
      if (by === 'last') return inside.at(-1)!
      return by === 'max' ? Math.max(...inside) : inside.reduce((sum, value) => sum + value) / inside.length
    }
    const before = points.filter((point) => point.wallMs < from).at(-1)
    const after = points.find((point) => point.wallMs >= from + stepMs)
    if (before === undefined) return Number.NaN
    if (after === undefined) return endMs - before.wallMs <= 2.5 * everyMs ? before.value : Number.NaN
    return after.wallMs - before.wallMs <= 2.5 * everyMs ? after.value : Number.NaN
  })
}

function play(points: readonly Point[]): Frame {
  const engine = createEngine({ rules: [] })
  let frame = engine.tick(START_MS, 0)
  for (const { wallMs, value } of points) frame = engine.accept(gauges(wallMs - START_MS, { [KEY]: value }))
  return frame
}

describe('window', () => {
  test('equals a naive reading, whatever the steps, gaps and lateness', () => {
    const point = fc.tuple(fc.integer({ min: 300, max: 4000 }), fc.integer({ min: 0, max: 1000 }))
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 80 }),
        fc.constantFrom(500, 1000, 3000, 7000),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('mean' as const, 'max' as const, 'last' as const),
        fc.integer({ min: -30_000, max: 5000 }),
        (list, stepMs, count, by, ahead) => {
          let wallMs = START_MS
          const points = list.map(([elapsed, value]) => {
            wallMs += elapsed
            return { wallMs, value }
          })
          const frame = play(points)
          const request = { endMs: wallMs + ahead, stepMs, count, by }
          const got = [...frame.metrics.window(KEY, request)]
          const expected = naive(points, request, 1000)
          expect(got).toHaveLength(count)
          for (let i = 0; i < count; i++) {
            if (Number.isNaN(expected[i])) expect(got[i], `step ${i}`).toBeNaN()
            else expect(got[i], `step ${i}`).toBeCloseTo(expected[i]!, 6)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('steps are aligned, so that a chart moves by whole steps', () => {
    const points = Array.from({ length: 60 }, (_, i) => ({ wallMs: START_MS + i * 1000, value: i }))
    const { metrics } = play(points)
    const at = (endMs: number) => [...metrics.window(KEY, { endMs, stepMs: 10_000, count: 3, by: 'last' })]
    expect(at(START_MS + 50_000)).toEqual([39, 49, 59])
    expect(at(START_MS + 59_999)).toEqual([39, 49, 59])
    expect(at(START_MS + 49_999)).toEqual([29, 39, 49])
  })

  test('a late timer tears no hole, a gap stays one', () => {
    const times = [0, 1999, 3001, 9000]
    const { metrics } = play(times.map((time, i) => ({ wallMs: START_MS + time, value: i })))
    const got = [...metrics.window(KEY, { endMs: START_MS + 9000, stepMs: 1000, count: 10, by: 'mean' })]
    const gap = Number.NaN
    expect(got).toEqual([0, 1, 2, 2, gap, gap, gap, gap, gap, 3])
  })

  test('of a series nobody knows is all gap', () => {
    const { metrics } = play([{ wallMs: START_MS, value: 1 }])
    expect([...metrics.window('no_such_series', { endMs: START_MS, stepMs: 1000, count: 3, by: 'mean' })]).toEqual(
      Array(3).fill(Number.NaN),
    )
  })

  test('reaches back a day through the minute tier', () => {
    const hours = 3
    const points = Array.from({ length: hours * 3600 }, (_, i) => ({ wallMs: START_MS + i * 1000, value: i }))
    const { metrics } = play(points)
    const end = START_MS + hours * 3_600_000 - 1
    const read = (stepMs: number, count: number, by: WindowRequest['by']) => [
      ...metrics.window(KEY, { endMs: end, stepMs, count, by }),
    ]
    const wide = { endMs: end, stepMs: 300_000, count: hours * 12 }
    for (const by of ['mean', 'max', 'last'] as const) {
      const expected = naive(points, { ...wide, by }, 1000)
      const got = read(wide.stepMs, wide.count, by)
      for (let i = 0; i < wide.count; i++) expect(got[i], `${by} ${i}`).toBeCloseTo(expected[i]!, 2)
    }
    // Steps shorter than a minute: the minute that holds them stands for each.
    const fine = read(30_000, hours * 120, 'max')
    expect(fine.slice(0, 4)).toEqual([59, 59, 119, 119])
    expect(fine.slice(-2)).toEqual([hours * 3600 - 31, hours * 3600 - 1])
    expect(fine.some(Number.isNaN)).toBe(false)
  })

  test('series of cores keep ten minutes and nothing before', () => {
    const engine = createEngine({ rules: [] })
    const key = 'core_used_ratio{core="0"}'
    let frame = engine.tick(START_MS, 0)
    for (let i = 0; i < 1200; i++) frame = engine.accept(gauges(i * 1000, { [key]: 0.5 }))
    const got = frame.metrics.window(key, { endMs: frame.wallMs, stepMs: 60_000, count: 20, by: 'mean' })
    expect([...got].map((value) => !Number.isNaN(value))).toEqual([...Array(10).fill(false), ...Array(10).fill(true)])
  })

  test('after a jump back of the clock the newer samples win', () => {
    const engine = createEngine({ rules: [] })
    for (let i = 0; i < 10; i++) engine.accept(gauges(i * 1000, { [KEY]: 1 }))
    let frame: Frame | undefined
    for (let i = 10; i < 15; i++) {
      const wallMs = START_MS + (i - 5) * 1000
      frame = engine.accept({ wallMs, monoMs: i * 1000, samples: [sample(i * 1000, { wallMs, gauges: { [KEY]: 2 } })] })
    }
    const got = frame!.metrics.window(KEY, { endMs: frame!.wallMs, stepMs: 1000, count: 10, by: 'last' })
    expect([...got]).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
  })
})

describe('value', () => {
  test('of a probe that is read seldom stays current for 2.5 of its intervals, then it is not known', () => {
    const engine = createEngine({ rules: [] })
    const slow = { source: 'slow', everyMs: 30_000 }
    engine.accept(batch(0, [sample(0, { gauges: { users_count: 2 }, ...slow })]))
    for (let i = 1; i <= 75; i++)
      expect(engine.accept(gauges(i * 1000, { [KEY]: i })).metrics.value('users_count')).toBe(2)
    const late = engine.accept(gauges(76_000, { [KEY]: 76 }))
    expect(late.metrics.value('users_count')).toBeUndefined()
    expect(late.metrics.last('users_count')).toBe(2)
    expect(late.metrics.value(KEY)).toBe(76)
  })

  test('that a probe no longer gives is gone at once; a failed read leaves it until it is too old', () => {
    const engine = createEngine({ rules: [] })
    engine.accept(gauges(0, { load_1m: 1, load_5m: 2 }))
    const partly = engine.accept(gauges(1000, { load_1m: 1 }))
    expect(partly.metrics.value('load_5m')).toBeUndefined()
    const failed = engine.accept(batch(2000, [sample(2000, { failed: 'EIO' })]))
    expect(failed.metrics.value('load_1m')).toBe(1)
    expect(engine.accept(batch(4000, [sample(4000, { failed: 'EIO' })])).metrics.value('load_1m')).toBeUndefined()
  })

  test('fades when nothing comes at all', () => {
    const engine = createEngine({ rules: [] })
    engine.accept(gauges(0, { [KEY]: 5 }))
    expect(engine.tick(START_MS + 2000, 2000).metrics.value(KEY)).toBe(5)
    const later = engine.tick(START_MS + 3000, 3000)
    expect(later.metrics.value(KEY)).toBeUndefined()
    expect(later.metrics.last(KEY)).toBe(5)
  })

  test('is held inside the metric’s bounds; what is no number is not known', () => {
    const { metrics } = createEngine({ rules: [] }).accept(
      gauges(0, {
        memory_used_ratio: 1.2,
        memory_used_bytes: -1,
        load_1m: Number.NaN,
        load_5m: Number.POSITIVE_INFINITY,
      }),
    )
    expect([...metrics.entries()]).toEqual([
      ['memory_used_ratio', 1],
      ['memory_used_bytes', 0],
    ])
  })

  test('bytes stay exact', () => {
    const { metrics } = createEngine({ rules: [] }).accept(gauges(0, { memory_total_bytes: 33_517_449_217 }))
    expect(metrics.value('memory_total_bytes')).toBe(33_517_449_217)
  })
})

describe('warm-up samples', () => {
  const warm = { warmup: true }

  test('are shown, not stored, and are the base of the next rates', () => {
    const engine = createEngine({ rules: [] })
    const counters = (value: number) => ({ 'disk_read_bytes_total{device="sda"}': value })
    const first = engine.accept(batch(0, [sample(0, { ...warm, gauges: { [KEY]: 7 }, counters: counters(0) })]))
    expect(first.metrics.value(KEY)).toBe(7)
    expect(first.metrics.keys(KEY)).toEqual([KEY])
    expect(first.metrics.window(KEY, { endMs: START_MS, stepMs: 1000, count: 1, by: 'last' })[0]).toBeNaN()
    const second = engine.accept(batch(1000, [sample(1000, { gauges: { [KEY]: 8 }, counters: counters(500) })]))
    expect(second.metrics.value('disk_read_bytes_per_second{device="sda"}')).toBe(500)
    const window = second.metrics.window(KEY, { endMs: START_MS + 1000, stepMs: 1000, count: 2, by: 'last' })
    expect([...window]).toEqual([Number.NaN, 8])
    expect(first.metrics.value(KEY)).toBe(7)
  })
})

describe('an old frame', () => {
  test('stays true while the engine goes on', () => {
    const engine = createEngine({ rules: [] })
    let old: Frame | undefined
    for (let i = 0; i < 100; i++) old = engine.accept(gauges(i * 1000, { [KEY]: i }))
    const request = { endMs: old!.wallMs, stepMs: 2000, count: 40, by: 'mean' } as const
    const picture = () => ({
      value: old!.metrics.value(KEY),
      last: old!.metrics.last(KEY),
      keys: old!.metrics.keys(KEY),
      other: old!.metrics.value('load_1m'),
      entries: [...old!.metrics.entries()],
      window: [...old!.metrics.window(KEY, request)],
    })
    const before = picture()
    for (let i = 100; i < 3500; i++) engine.accept(gauges(i * 1000, { [KEY]: 1000 + i, load_1m: 4 }))
    expect(before.value).toBe(99)
    expect(before.other).toBeUndefined()
    expect(picture()).toEqual(before)
  })
})

describe('keys', () => {
  test('stand in order of appearance; one that fell silent alone goes after a minute', () => {
    const engine = createEngine({ rules: [] })
    const [a, b] = ['core_used_ratio{core="0"}', 'core_used_ratio{core="1"}'] as const
    engine.accept(gauges(0, { [b]: 0.1, [a]: 0.2 }))
    const soon = engine.accept(gauges(2000, { [a]: 0.2 }))
    expect(soon.metrics.keys('core_used_ratio')).toEqual([b, a])
    let frame = soon
    for (let i = 3; i <= 62; i++) frame = engine.accept(gauges(i * 1000, { [a]: 0.2 }))
    expect(frame.metrics.keys('core_used_ratio')).toEqual([a])
    expect(soon.metrics.keys('core_used_ratio')).toEqual([b, a])
  })

  test('all stay when all are silent', () => {
    const engine = createEngine({ rules: [] })
    engine.accept(gauges(0, { load_1m: 1 }))
    let frame = engine.tick(START_MS + 1000, 1000)
    for (let i = 2; i < 300; i++) frame = engine.tick(START_MS + i * 1000, i * 1000)
    expect(frame.metrics.keys('load_1m')).toEqual(['load_1m'])
    expect(frame.metrics.last('load_1m')).toBe(1)
  })
})

test('a series that was not seen for an hour is forgotten', () => {
  const engine = createEngine({ rules: [] })
  engine.accept(gauges(0, { load_1m: 1, [KEY]: 1 }))
  let frame: Frame | undefined
  for (let minute = 0; minute < 60; minute++) frame = engine.accept(gauges(minute * 60_000 + 1000, { [KEY]: 1 }))
  expect(frame!.metrics.last('load_1m')).toBe(1)
  frame = engine.accept(gauges(60 * 60_000 + 1000, { [KEY]: 1 }))
  expect(frame.metrics.last('load_1m')).toBeUndefined()
  expect(frame.metrics.value(KEY)).toBe(1)
})
