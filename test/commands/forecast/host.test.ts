import { expect, test } from 'vitest'
import { hostOutlook, mainSeries } from '../../../src/commands/forecast/host.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import type { Frame } from '../../../src/model/frame.ts'
import { batch, START_MS, sample } from '../../engine/samples.ts'
import { frameOf } from '../../fixtures/frame.ts'

/** A machine whose memory fills by a thousandth a second, seen each second; its disk is read every two. */
function machine(seconds: number) {
  const engine = createEngine()
  let frame: Frame | undefined
  for (let second = 0; second <= seconds; second++) {
    const ms = second * 1000
    const disk = sample(ms, { source: 'space', everyMs: 2000, gauges: { 'disk_used_ratio{mount="/"}': 0.5 } })
    const memory = sample(ms, { gauges: { memory_used_ratio: (200 + second) / 1000, load_1m: second / 100 } })
    frame = engine.accept(batch(ms, second % 2 === 0 ? [memory, disk] : [memory]))
  }
  return { engine, frame: frame as Frame }
}

const options = { horizonMs: 60_000, sampledMs: 100_000 }

test('a series of this host has its past, what is expected, and the time to a limit', () => {
  const { engine, frame } = machine(100)
  const outlook = hostOutlook(engine, frame, 'memory_used_ratio', { ...options, threshold: { value: 0.5 } })
  expect(outlook).toMatchObject({
    series: 'memory_used_ratio',
    unit: 'ratio',
    nowMs: START_MS + 100_000,
    value: 0.3,
    samples: 101,
    stepMs: 1000,
  })
  expect(outlook.history.stepMs).toBe(1000)
  expect(Array.from(outlook.history.values).slice(-2)).toEqual([0.299, 0.3])
  expect(outlook.ahead).toHaveLength(60)
  const { limit } = outlook
  expect(limit).toMatchObject({ threshold: 0.5, direction: 'above' })
  // A fifth more at a thousandth a second.
  if (limit?.time.kind !== 'heading') throw new Error(limit?.time.kind)
  expect(Math.abs(limit.time.eta.likely - 200)).toBeLessThan(40)
})

test('a series that nobody asked about before is read from its past, minutes and all', () => {
  const { engine, frame } = machine(400)
  const { limit } = hostOutlook(engine, frame, 'load_1m', { ...options, threshold: { value: 6 } })
  if (limit?.time.kind !== 'heading') throw new Error(limit?.time.kind)
  expect(Math.abs(limit.time.eta.likely - 200)).toBeLessThan(40)
})

test('a sample that is repeated until the next one comes is one sample', () => {
  const { engine, frame } = machine(40)
  const outlook = hostOutlook(engine, frame, 'disk_used_ratio{mount="/"}', { ...options, sampledMs: 40_000 })
  expect(outlook).toMatchObject({ samples: 21, ahead: [], stepMs: 2000 })
  expect(outlook.history.stepMs).toBe(2000)
})

test('where less can be said than was asked for, that is said', () => {
  const { engine, frame } = machine(100)
  const outlook = hostOutlook(engine, frame, 'disk_used_ratio{mount="/"}', { ...options, horizonMs: 4 * 3_600_000 })
  // A series that is as it always was is expected to stay so for as long as it was seen.
  expect(outlook).toMatchObject({ stepMs: 2000, horizonMs: 4 * 3_600_000, samples: 51 })
  expect(outlook.ahead).toHaveLength(50)
})

test('a limit that is passed is reached, and one below is reached from above', () => {
  const { engine, frame } = machine(100)
  const limitOf = (value: number, direction?: 'above' | 'below') =>
    hostOutlook(engine, frame, 'memory_used_ratio', {
      ...options,
      threshold: { value, ...(direction && { direction }) },
    }).limit
  expect(limitOf(0.1, 'above')).toEqual({ threshold: 0.1, direction: 'above', time: { kind: 'reached' } })
  expect(limitOf(0.1)).toMatchObject({ direction: 'below', time: { kind: 'steady' } })
})

test('nothing is said of a series that there is not', () => {
  const { engine, frame } = machine(5)
  const outlook = hostOutlook(engine, frame, 'swap_used_ratio', { ...options, threshold: { value: 0.5 } })
  expect(outlook).toMatchObject({ samples: 0, ahead: [], limit: { time: { kind: 'unknown' } } })
  expect(outlook.value).toBeUndefined()
})

test('main series are of real interfaces only, and of all devices', () => {
  const keys = mainSeries(frameOf())
  expect(keys.slice(0, 3)).toEqual(['cpu_used_ratio', 'load_1m', 'memory_used_ratio'])
  expect(keys).toContain('disk_busy_ratio{device="sdb"}')
  expect(keys).toContain('network_receive_bytes_per_second{interface="eth0"}')
  expect(keys.some((key) => key.includes('lo"'))).toBe(false)
})
