import { expect, test } from 'vitest'
import type { Values } from '../../src/model/sample.ts'
import { measure } from '../../src/probes/measure.ts'
import type { Probe } from '../../src/probes/probe.ts'
import { createRunner } from '../../src/probes/runner.ts'
import { filesOf } from './linux/recorder.ts'

const clock = { wallMs: () => 1_700_000_000_000, monoMs: () => 42 }
const files = filesOf({})

function probe(name: string, everyMs: number, read: (out: Values) => void = () => undefined): Probe {
  return { name, everyMs, series: [], read: (_, out) => read(out) }
}

const names = (runner: ReturnType<typeof createRunner>, now: number) => runner.due(now).map(({ source }) => source)

test('what a probe writes becomes a stamped sample', () => {
  const sample = measure('load', 1000, clock, (out) => {
    out.gauge('load_1m', 0.5)
    out.gauge('load_5m', Number.NaN)
    out.counter('x_total', 7)
    out.counter('y_total', Number.POSITIVE_INFINITY)
    out.state('mount{mount="/"}', 'ok')
  })
  expect(sample).toEqual({
    source: 'load',
    everyMs: 1000,
    wallMs: 1_700_000_000_000,
    monoMs: 42,
    gauges: { load_1m: 0.5 },
    counters: { x_total: 7 },
    states: { 'mount{mount="/"}': 'ok' },
  })
})

test.each([
  [new Error('ENOENT: no such file\nat somewhere\u001b[2J'), 'ENOENT: no such file'],
  [new RangeError(''), 'RangeError'],
  ['a bare string', 'a bare string'],
  ['', 'unknown error'],
])('%o becomes a failed sample without values', (thrown, failed) => {
  const sample = measure('load', 1000, clock, (out) => {
    out.gauge('load_1m', 1)
    throw thrown
  })
  expect(sample).toMatchObject({ gauges: {}, counters: {}, states: {}, failed })
})

test('a probe that fails stops no other, and has its next turn', () => {
  let calls = 0
  const failing = probe('bad', 1000, () => {
    if (calls++ === 0) throw new Error('not yet')
  })
  const runner = createRunner([failing, probe('good', 1000)], files, clock)
  expect(runner.due(0).map(({ source, failed }) => [source, failed])).toEqual([
    ['bad', 'not yet'],
    ['good', undefined],
  ])
  expect(runner.due(1000).map(({ failed }) => failed)).toEqual([undefined, undefined])
})

test('all turns lie on one grid from the first call on, timers a little early included', () => {
  const runner = createRunner([probe('a', 1000), probe('b', 2000), probe('c', 10_000)], files, clock)
  expect(names(runner, 500)).toEqual(['a', 'b', 'c'])
  expect(names(runner, 1000)).toEqual([])
  expect(names(runner, 1499)).toEqual(['a'])
  expect(names(runner, 1502)).toEqual([])
  expect(names(runner, 2600)).toEqual(['a', 'b'])
  expect(names(runner, 3499.5)).toEqual(['a'])
})

test('turns that were missed are left out', () => {
  const runner = createRunner([probe('a', 1000), probe('b', 2000)], files, clock)
  names(runner, 0)
  expect(names(runner, 7_300)).toEqual(['a', 'b'])
  expect(names(runner, 7_999)).toEqual(['a', 'b'])
  expect(names(runner, 8_100)).toEqual([])
})

test('the first reading can have been made elsewhere', () => {
  const runner = createRunner([probe('a', 1000), probe('b', 2000)], files, clock, { skipFirst: true })
  expect(names(runner, 100)).toEqual([])
  expect(names(runner, 1100)).toEqual(['a'])
  expect(names(runner, 2100)).toEqual(['a', 'b'])
})

test.each([
  [250, [250, 2000]],
  [3000, [3000, 3000]],
  [1500, [1500, 3000]],
])('an interval of %i ms gives paces %j', (intervalMs, expected) => {
  const runner = createRunner([probe('a', 1000), probe('b', 2000)], files, clock, { intervalMs })
  expect(runner.due(0).map(({ everyMs }) => everyMs)).toEqual(expected)
})
