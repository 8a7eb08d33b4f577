import { describe, expect, test } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import { fillRecent, recentBefore } from '../../../src/engine/restore/recent.ts'
import type { Frame, WindowRequest } from '../../../src/model/frame.ts'
import type { History } from '../../../src/model/history.ts'
import { START_MS, sample } from '../samples.ts'
import { recording } from './recording.ts'

const DISK = 'disk_used_ratio{mount="/var"}'
const MOUNT = { 'mount{device="/dev/sdb1",mount="/var",type="ext4"}': 'ok' }
/** The run before ended at 900 s. */
const END_S = 900

/** 95 % is at 1800 s. */
const filling = (second: number) => 0.05 + second * 0.0005
/** As good as noise. */
const load = (second: number) => 0.8 + (0.4 * ((second * 7919) ** 2 % 1013)) / 1013
const values = (second: number) => ({ [DISK]: filling(second), load_1m: load(second) })

/** A history with a line every ten seconds. */
function recorded(): History {
  const seconds = Array.from({ length: END_S / 10 }, (_, at) => at * 10)
  const columnOf = (value: (second: number) => number) => Float64Array.from(seconds, value)
  return {
    ...recording({ [DISK]: filling, load_1m: load }, 0, END_S),
    recent: {
      wallMs: Float64Array.from(seconds, (second) => START_MS + second * 1000),
      series: new Map([
        [DISK, columnOf(filling)],
        ['load_1m', columnOf(load)],
      ]),
    },
  }
}

/** The frames of a run that begins ten seconds after the one before, and is given its history in its first second. */
function restarted(history: History, seconds: number): Frame[] {
  const engine = createEngine({ rules: [] })
  return Array.from({ length: seconds }, (_, at) => {
    const second = END_S + 10 + at
    const wallMs = START_MS + second * 1000
    const monoMs = second * 1000 - 10_000_000
    const frame = engine.accept({
      wallMs,
      monoMs,
      samples: [sample(monoMs, { wallMs, gauges: values(second), states: MOUNT })],
    })
    if (at === 0) engine.restore(history, wallMs, monoMs)
    return frame
  })
}

describe('from the second frame on', () => {
  test('the time to a limit is known', () => {
    const [first, second] = restarted(recorded(), 2)
    const timeIn = (frame?: Frame) =>
      frame?.forecasts.find(({ subject, threshold }) => subject === '/var' && threshold === 0.95)?.time
    expect(timeIn(first)?.kind).toBe('unknown')
    const time = timeIn(second)
    if (time?.kind !== 'heading') throw new Error(time?.kind)
    const leftS = 1800 - END_S - 11
    expect(time.eta.earliest).toBeLessThan(leftS)
    expect(time.eta.latest).toBeGreaterThan(leftS)
    expect(Math.abs(time.eta.likely - leftS)).toBeLessThan(leftS / 20)
  })

  test('a chart goes on beyond now, in a band that holds what came before', () => {
    const second = restarted(recorded(), 2)[1] as Frame
    const request = { endMs: second.wallMs, stepMs: 5000, count: 60 }
    const ahead = second.metrics.ahead('load_1m', request)
    if (ahead === undefined) throw new Error('nothing is expected')
    // The values are 0.8 to 1.2; the less was seen at a distance the wider is the band.
    for (const [step, half] of [
      [0, 0.5],
      [59, 0.9],
    ] as const) {
      expect(Math.abs((ahead.mean[step] as number) - 1)).toBeLessThan(0.2)
      expect((ahead.mean[step] as number) - (ahead.low[step] as number)).toBeLessThan(half)
      expect((ahead.high[step] as number) - (ahead.mean[step] as number)).toBeLessThan(half)
    }
    const { recent: _, ...minutes } = recorded()
    expect(restarted(minutes, 2)[1]?.metrics.ahead('load_1m', request)).toBeUndefined()
  })

  test('a chart shows lines as they were written, minutes where there are none, and a gap as a gap', () => {
    const second = restarted(recorded(), 2)[1] as Frame
    const seen = second.metrics.window('load_1m', { endMs: second.wallMs, stepMs: 10_000, count: 92, by: 'last' })
    // 0 s to 890 s, nothing at 900 s, and the slots of this run at 910 s.
    for (const step of [0, 45, 89]) expect(seen[step]).toBeCloseTo(load(step * 10), 6)
    expect(seen[90]).toBeNaN()
    expect(seen[91]).toBeCloseTo(load(911), 6)
  })
})

describe('a window', () => {
  const line = (seconds: readonly number[], values: readonly number[]) => ({
    wallMs: Float64Array.from(seconds, (second) => second * 1000),
    values: Float64Array.from(values),
  })
  const filled = (
    recent: ReturnType<typeof line>,
    stepMs: number,
    by: WindowRequest['by'],
    out = Array(6).fill(Number.NaN),
  ) => {
    const steps = Float64Array.from(out)
    fillRecent(recent, { stepMs, by }, 0, steps)
    return [...steps]
  }
  const three = line([10, 20, 30], [1, 2, 6])

  test('of shorter steps repeats a line for the time before it, and of longer ones joins them', () => {
    expect(filled(three, 5000, 'mean')).toEqual([NaN, 1, 1, 2, 2, 6])
    expect(filled(line([4, 14, 24, 34], [1, 2, 6, 9]), 20_000, 'mean')).toEqual([1.5, 7.5, NaN, NaN, NaN, NaN])
    expect(filled(line([4, 14, 24, 34], [1, 2, 6, 9]), 20_000, 'max').slice(0, 2)).toEqual([2, 9])
    expect(filled(line([4, 14, 24, 34], [1, 2, 6, 9]), 20_000, 'last').slice(0, 2)).toEqual([2, 9])
  })

  test('keeps what is known, and what nobody wrote for long is not known', () => {
    expect(filled(three, 10_000, 'mean', [NaN, NaN, 7, NaN, 8, 9])).toEqual([NaN, 1, 7, 6, 8, 9])
    expect(filled(line([10, 50], [1, 2]), 10_000, 'mean')).toEqual([NaN, 1, NaN, 2, 2, 2])
    expect(filled(line([10, 20, 30], [1, NaN, 3]), 10_000, 'mean')).toEqual([NaN, 1, NaN, 3, NaN, NaN])
  })
})

test('lines from after the beginning of a run are no past of it', () => {
  const wallMs = Float64Array.from([1000, 2000, 3000])
  const series = new Map([['load_1m', Float64Array.from([1, 2, 3])]])
  const before = recentBefore({ wallMs, series }, 2500)
  expect([[...before.wallMs], [...(before.series.get('load_1m') ?? [])]]).toEqual([
    [1000, 2000],
    [1, 2],
  ])
  expect(recentBefore({ wallMs, series }, 5000).wallMs).toHaveLength(3)
})
