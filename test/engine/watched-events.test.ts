import { expect, test } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { watchedEvents } from '../../src/engine/watched-events.ts'
import type { Run, Watched } from '../../src/model/watch.ts'
import { batch, sample } from './samples.ts'

const watched = (state: Watched['state'], over: Partial<Watched> = {}): Watched => ({
  target: { kind: 'name', name: 'nginx' },
  label: 'nginx',
  state,
  instances: [],
  runs: [],
  restarts: 0,
  ...over,
})
const ended: Run = { pid: 1, startedMs: 1000, endedMs: 181_000 }

const texts = (...[before, now]: [Watched | undefined, Watched]) =>
  watchedEvents(before, now, 200_000).map(({ text, cause }) => (cause === undefined ? text : `${text} (${cause})`))

test('ends, starts and restarts are told, with how long and why', () => {
  expect(texts(undefined, watched('gone'))).toEqual([])
  expect(texts(watched('waiting'), watched('running'))).toEqual([])
  expect(texts(watched('running'), watched('gone', { runs: [ended] }))).toEqual(['ended after 3 min'])
  expect(texts(watched('running'), watched('gone', { runs: [{ ...ended, cause: 'out of memory' }] }))).toEqual([
    'ended after 3 min (out of memory)',
  ])
  expect(texts(watched('gone', { runs: [ended] }), watched('running', { restarts: 1, runs: [ended] }))).toEqual([
    'started again after 19 s',
  ])
  expect(texts(watched('running'), watched('running', { restarts: 1 }))).toEqual(['restarted'])
  expect(texts(watched('running', { restarts: 2 }), watched('running', { restarts: 5 }))).toEqual(['restarted 3 times'])
  expect(texts(watched('running', { restarts: 2 }), watched('running'))).toEqual([])
  expect(texts(watched('running'), watched('gone', { label: 'other' }))).toEqual([])
})

test('the engine hands a watched process through, logs what becomes of it, and makes rates of its counters', () => {
  const engine = createEngine()
  const series = (monoMs: number, cpu: number) =>
    sample(monoMs, {
      source: 'watch',
      gauges: { 'process_memory_bytes{process="nginx"}': 5 },
      counters: { 'process_cpu_seconds_total{process="nginx"}': cpu },
    })
  const running = watched('running')
  expect(engine.accept(batch(0, [series(0, 1)], { watched: running })).watched).toBe(running)
  const frame = engine.accept(batch(1000, [series(1000, 1.5)]))
  expect(frame.watched).toBe(running)
  expect(frame.metrics.value('process_cpu_ratio{process="nginx"}')).toBe(0.5)
  expect(frame.metrics.value('process_memory_bytes{process="nginx"}')).toBe(5)
  const { events } = engine.accept(batch(2000, [], { watched: watched('gone', { runs: [ended] }) }))
  expect(events[0]).toMatchObject({ level: 'event', subject: 'nginx', text: 'ended after 3 min' })
})
