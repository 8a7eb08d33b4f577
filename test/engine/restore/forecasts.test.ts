import { describe, expect, test } from 'vitest'
import { createEngine, type Engine } from '../../../src/engine/engine.ts'
import { predictAhead, type SeriesForecaster } from '../../../src/forecast/series-forecaster.ts'
import { timeToLimit } from '../../../src/forecast/time-to-limit.ts'
import type { LimitForecast } from '../../../src/model/forecast.ts'
import type { Frame } from '../../../src/model/frame.ts'
import type { History } from '../../../src/model/history.ts'
import { START_MS, sample } from '../samples.ts'
import { recording } from './recording.ts'

const DAY_S = 86_400
const DISK = 'disk_used_ratio{mount="/var"}'
const MOUNT = { 'mount{device="/dev/sdb1",mount="/var",type="ext4"}': 'ok' }

/** A disk that fills by 0.5 in a day, from 0.2 on: 95 % is 36 hours after the start. */
const filling = (second: number) => 0.2 + (0.5 * second) / DAY_S

function frameAt(engine: Engine, second: number, gauges: Record<string, number>): Frame {
  const wallMs = START_MS + second * 1000
  const monoMs = second * 1000 - 10_000_000
  return engine.accept({ wallMs, monoMs, samples: [sample(monoMs, { wallMs, gauges, states: MOUNT })] })
}

/** An engine that begins after a day of history, which it is given after its first second. */
function restarted(history: History, gauges: (second: number) => Record<string, number>, seconds: number) {
  const engine = createEngine({ rules: [] })
  const frames: Frame[] = []
  for (let second = DAY_S; second < DAY_S + seconds; second++) {
    const frame = frameAt(engine, second, gauges(second))
    if (second === DAY_S) engine.restore(history, frame.wallMs, frame.monoMs)
    frames.push(frame)
  }
  return { engine, frames, frame: frames.at(-1) as Frame }
}

function limitOf({ forecasts }: Frame, subject = '/var'): LimitForecast {
  return forecasts.find((limit) => limit.subject === subject && limit.threshold === 0.95) as LimitForecast
}

test('the time to a limit is known within seconds of a restart, from the history', () => {
  const history = recording({ [DISK]: filling }, 0, DAY_S)
  const { frames } = restarted(history, (second) => ({ [DISK]: filling(second) }), 4)
  expect(limitOf(frames[0] as Frame).time.kind).toBe('unknown')
  const { time } = limitOf(frames[3] as Frame)
  if (time.kind !== 'heading') throw new Error(time.kind)
  expect(Math.abs(time.eta.likely - DAY_S / 2)).toBeLessThan(DAY_S / 20)
})

test('many limits are read slot by slot, and each that is not yet read is not known', () => {
  const mounts = Array.from({ length: 24 }, (_, index) => `/srv/${index}`)
  const keys = mounts.map((mount) => `disk_used_ratio{mount="${mount}"}`)
  const history = recording(Object.fromEntries(keys.map((key) => [key, filling])), 0, DAY_S)
  const engine = createEngine({ rules: [] })
  const states = Object.fromEntries(mounts.map((mount) => [`mount{device="d",mount="${mount}",type="ext4"}`, 'ok']))
  const heading: number[] = []
  for (let second = DAY_S; heading.at(-1) !== keys.length; second++) {
    const wallMs = START_MS + second * 1000
    const monoMs = second * 1000
    const gauges = Object.fromEntries(keys.map((key) => [key, filling(second)]))
    const frame = engine.accept({ wallMs, monoMs, samples: [sample(monoMs, { wallMs, gauges, states })] })
    if (second === DAY_S) engine.restore(history, wallMs, monoMs)
    heading.push(frame.forecasts.filter(({ threshold, time }) => threshold === 0.95 && time.kind === 'heading').length)
    if (heading.length > 20) throw new Error(`still reading: ${heading}`)
  }
  const steps = heading.slice(1).map((count, at) => count - (heading[at] as number))
  // None is taken back, none waits for the others, and no slot reads more than its share: 4000 minutes of 24 * 1440.
  expect(steps.every((step) => step >= 0 && step <= 4)).toBe(true)
  expect(heading.length).toBeGreaterThan(6)
})

test('what was learnt by the samples alone answers until the history is read', () => {
  const key = 'load_1m'
  const value = (second: number) => 1 + Math.sin(second / 600) / 2
  const engine = createEngine({ rules: [] })
  const request = (frame: Frame, stepMs: number, count: number) =>
    frame.metrics.ahead(key, { endMs: frame.wallMs, stepMs, count })
  let frame: Frame | undefined
  for (let second = DAY_S; second < DAY_S + 60; second++) {
    frame = frameAt(engine, second, { [key]: value(second) })
    request(frame, 1000, 60)
  }
  expect(request(frame as Frame, 1000, 60)).toBeDefined()
  const history = recording({ [key]: value }, 0, DAY_S)
  engine.restore(history, (frame as Frame).wallMs, (frame as Frame).monoMs)
  const far: boolean[] = []
  for (let second = DAY_S + 60; second < DAY_S + 66; second++) {
    const next = frameAt(engine, second, { [key]: value(second) })
    expect(request(next, 1000, 60)).toBeDefined()
    far.push(request(next, 600_000, 60) !== undefined)
  }
  // A day of the slow horizon is two slots.
  expect(far[0]).toBe(false)
  expect(far.at(-1)).toBe(true)
})

describe('a forecaster', () => {
  const key = 'memory_used_ratio'
  const value = (second: number) => 0.4 + 0.2 * Math.sin((2 * Math.PI * second) / DAY_S) + 0.01 * Math.sin(second / 7)

  test('has read the same after a restart as one that never stopped, but for the samples', () => {
    const [startS, untilS, everyS] = [6 * 3600, 6 * 3600 + 600, 10]
    const run = (fromS: number, restore: (engine: Engine, frame: Frame) => void) => {
      const engine = createEngine({ rules: [] })
      for (let second = fromS; second < untilS; second += everyS) {
        const wallMs = START_MS + second * 1000
        const monoMs = (second - fromS) * 1000
        const gauges = { [key]: value(second) }
        const samples = [sample(monoMs, { wallMs, gauges, everyMs: everyS * 1000 })]
        const frame = engine.accept({ wallMs, monoMs, samples })
        if (second === fromS) restore(engine, frame)
      }
      return engine.forecaster(key) as SeriesForecaster
    }
    const never = run(0, () => {})
    const history = recording({ [key]: value }, 0, startS, everyS)
    const again = run(startS, (engine, { wallMs, monoMs }) => engine.restore(history, wallMs, monoMs))
    expect(never.slow.count).toBe(6 * 60 + 9)
    expect(again.slow.count).toBe(never.slow.count)
    expect(again.slow.cell).toBe(never.slow.cell)
    const limit = { threshold: 0.9, direction: 'above' } as const
    expect(timeToLimit(again, limit).kind).toBe(timeToLimit(never, limit).kind)
    const [soon, later] = [again, never].map((of) => predictAhead(of, 4 * 3_600_000)?.mean as number)
    expect(Math.abs((soon as number) - (later as number))).toBeLessThan(0.02)
  })

  test('that began before the history came begins anew', () => {
    const engine = createEngine({ rules: [] })
    let frame: Frame | undefined
    for (let second = DAY_S; second < DAY_S + 200; second++) frame = frameAt(engine, second, { [key]: value(second) })
    expect(engine.forecaster(key)?.slow.count).toBe(3)
    const { wallMs, monoMs } = frame as Frame
    engine.restore(recording({ [key]: value }, 0, DAY_S), wallMs, monoMs)
    // A day is kept: its three newest minutes are of this run.
    expect(engine.forecaster(key)?.slow.count).toBe(1440)
    expect(engine.forecaster(key)?.slow.cell).toBe(1439)
    expect(engine.forecaster(key)?.fast.count).toBe(200)
  })

  test('of a series that was only recorded is there for questions, and draws nothing', () => {
    const history = recording({ [key]: value }, 0, DAY_S)
    const { engine, frame } = restarted(history, () => ({ load_1m: 1 }), 3)
    expect(engine.forecaster(key)?.slow.count).toBe(1440)
    expect(frame.metrics.ahead(key, { endMs: frame.wallMs, stepMs: 60_000, count: 60 })).toBeUndefined()
  })
})
