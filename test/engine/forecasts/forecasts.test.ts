import { describe, expect, test } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import type { SeriesForecaster } from '../../../src/forecast/series-forecaster.ts'
import { perHour } from '../../../src/forecast/time-to-limit.ts'
import type { Frame } from '../../../src/model/frame.ts'
import { definitionOf } from '../../fixtures/checks.ts'
import { batch, gauges, START_MS } from '../samples.ts'

const KEY = 'memory_used_ratio'

/** Frames of an engine that is given a value a second. */
function frames(values: readonly number[]): Frame[] {
  const engine = createEngine({ rules: [] })
  return values.map((value, second) => engine.accept(gauges(second * 1000, { [KEY]: value })))
}

const rising = Array.from({ length: 200 }, (_, second) => 0.3 + second / 1000)

function aheadOf({ metrics, wallMs }: Frame, stepMs = 5000, count = 20) {
  return metrics.ahead(KEY, { endMs: wallMs, stepMs, count })
}

describe('what is expected', () => {
  test('is nothing before thirty samples, and of a series that nobody knows', () => {
    const all = frames(rising.slice(0, 31))
    expect(aheadOf(all[28] as Frame)).toBeUndefined()
    expect(aheadOf(all[30] as Frame)?.mean).toHaveLength(20)
    expect((all[30] as Frame).metrics.ahead('no_such', { endMs: START_MS, stepMs: 1000, count: 1 })).toBeUndefined()
  })

  test('goes on with what rises, inside its band and the bounds of the metric', () => {
    const frame = frames(rising).at(-1) as Frame
    const ahead = aheadOf(frame)
    // The last value is 0.499, a thousandth more each second: after a hundred seconds it is about 0.6.
    expect(ahead?.mean.at(-1)).toBeGreaterThan(0.57)
    expect(ahead?.mean.at(-1)).toBeLessThan(0.63)
    for (let at = 0; at < 20; at++) {
      expect(ahead?.low[at]).toBeLessThanOrEqual(ahead?.mean[at] as number)
      expect(ahead?.high[at]).toBeGreaterThanOrEqual(ahead?.mean[at] as number)
      expect(ahead?.high[at]).toBeLessThanOrEqual(1)
    }
  })

  test('stays the same object within a step, so that a chart moves by whole steps', () => {
    const engine = createEngine({ rules: [] })
    const told = rising.map((value, second) =>
      aheadOf(engine.accept(gauges(second * 1000, { [KEY]: value })), 5000, 10),
    )
    expect(told[101]).toBe(told[104])
    expect(told[105]).not.toBe(told[104])
  })

  test('of a picture that is paused is what was expected then', () => {
    const engine = createEngine({ rules: [] })
    const feed = (from: number, to: number, value: (second: number) => number) => {
      let frame: Frame | undefined
      for (let second = from; second < to; second++)
        frame = engine.accept(gauges(second * 1000, { [KEY]: value(second) }))
      return frame as Frame
    }
    const paused = feed(0, 120, (second) => 0.3 + second / 1000)
    const then = aheadOf(paused)
    const now = feed(120, 300, () => 0.9)
    // Asked for something else than what was drawn, so that it cannot be remembered.
    const again = aheadOf(paused, 5000, 19)
    expect([...(again?.mean ?? [])]).toEqual([...(then?.mean.subarray(0, 19) ?? [])])
    expect(aheadOf(now)?.mean[0]).toBeGreaterThan(0.8)
  })

  test('of a limit has the minutes, also of a series that was only drawn before', () => {
    const engine = createEngine({ rules: [] })
    const value = (second: number) => 0.3 + second / 20_000
    for (let second = 0; second < 2400; second++) {
      const frame = engine.accept(gauges(second * 1000, { load_1m: value(second), load_5m: value(second) }))
      // A chart looks less than five minutes ahead, and needs no minutes for that. Nothing asks for a limit of these by itself.
      if (second === 2000)
        expect(frame.metrics.ahead('load_1m', { endMs: frame.wallMs, stepMs: 5000, count: 20 })).toBeDefined()
    }
    const [drawn, fresh] = ['load_1m', 'load_5m'].map((key) => engine.forecaster(key) as SeriesForecaster)
    // All that is known of a series lies in its buffer.
    expect(new Uint8Array(drawn?.trend.buffer as ArrayBuffer)).toEqual(
      new Uint8Array(fresh?.trend.buffer as ArrayBuffer),
    )
    expect(perHour(drawn as SeriesForecaster)).toBeCloseTo(3600 / 20_000, 2)
  })

  test('comes from samples, not from a value that is repeated until the next one', () => {
    const engine = createEngine({ rules: [] })
    let frame: Frame | undefined
    for (let second = 0; second < 100; second++) {
      const slow =
        second % 10 === 0
          ? gauges(second * 1000, { swap_used_ratio: 0.1 + second / 1000 }, { everyMs: 10_000, source: 'slow' })
          : undefined
      frame = engine.accept(gauges(second * 1000, { [KEY]: 0.5 }))
      if (slow !== undefined) frame = engine.accept(slow)
    }
    const request = { endMs: frame?.wallMs as number, stepMs: 1000, count: 5 }
    expect(frame?.metrics.value('swap_used_ratio')).toBeCloseTo(0.19)
    // A hundred slots, but ten samples.
    expect(frame?.metrics.ahead('swap_used_ratio', request)).toBeUndefined()
    expect(frame?.metrics.ahead(KEY, request)).toBeDefined()
  })

  test('of the latency of a check comes from its results, of a paused picture from those of then', () => {
    const engine = createEngine({ rules: [] })
    const everyMs = 15_000
    let frame = engine.accept(batch(0, [], { checks: { definitions: [definitionOf('api', { intervalMs: everyMs })] } }))
    const series = 'check_latency_seconds{check="api"}'
    const ask = ({ metrics, wallMs }: Frame) => metrics.ahead(series, { endMs: wallMs, stepMs: everyMs, count: 4 })
    const seen: Frame[] = []
    for (let turn = 1; turn <= 60; turn++) {
      const monoMs = turn * everyMs
      const result = {
        check: 'api',
        outcome: { state: 'up', latencyS: turn <= 40 ? 0.1 : 0.4 },
        wallMs: START_MS + monoMs,
        monoMs,
        durationMs: 100,
        tries: 1,
      } as const
      frame = engine.accept(gauges(monoMs, { [KEY]: 0.5 }))
      frame = engine.accept(batch(monoMs, [], { checks: { results: [result] } }))
      frame = engine.accept(gauges(monoMs + 1000, { [KEY]: 0.5 }))
      seen.push(frame)
    }
    expect(ask(seen[20] as Frame)).toBeUndefined()
    expect(ask(seen[38] as Frame)?.mean[0]).toBeCloseTo(0.1, 3)
    expect(ask(frame)?.mean[0]).toBeGreaterThan(0.3)
  })
})
