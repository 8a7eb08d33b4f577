import { expect, test } from 'vitest'
import { BACK_OFF, CheckSeries, latencyOf } from '../../../src/engine/checks/samples.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import type { CheckOutcome } from '../../../src/model/check.ts'
import { API, definitionOf, NGINX, resultOf } from '../../fixtures/checks.ts'
import { batch, START_MS, sample } from '../samples.ts'

const DEFINITION = definitionOf('api', { intervalMs: 15_000 })

test('an answer gives its series', () => {
  const { source, everyMs, gauges } = new CheckSeries(API.definition).sample(API.last!, 'degraded')
  expect({ source, everyMs }).toEqual({ source: 'check:api', everyMs: 15_000 })
  expect(gauges).toEqual({
    'check_up{check="api"}': 1,
    'check_degraded{check="api"}': 1,
    'check_latency_seconds{check="api"}': 0.812,
    'check_certificate_seconds{check="api"}': 64 * 86_400 + 5 * 3600 + 3,
    'check_phase_seconds{check="api",phase="dns"}': 0.001,
    'check_phase_seconds{check="api",phase="connect"}': 0.001,
    'check_phase_seconds{check="api",phase="tls"}': 0.012,
    'check_phase_seconds{check="api",phase="first_byte"}': 0.786,
    'check_phase_seconds{check="api",phase="transfer"}': 0.012,
    'check_value{check="api",label="pool_waiting"}': 7,
  })
})

test('what is down is 0 and counts for longer, what is unknown is absent', () => {
  const series = new CheckSeries(DEFINITION)
  const down = series.sample(resultOf('api', { state: 'down', reason: 'refused' }), 'down')
  expect(down.gauges).toEqual({ 'check_up{check="api"}': 0, 'check_degraded{check="api"}': 0 })
  expect(down.everyMs).toBe(15_000 * BACK_OFF)
  expect(series.sample(resultOf('api', { state: 'unknown', reason: 'missing' }), 'unknown').gauges).toEqual({})
})

test('what got no answer has no latency, however long somebody waited', () => {
  const waited = { latencyS: 0.5, phases: { connect: 0.1, first_byte: 0.4 } }
  expect(latencyOf(resultOf('api', { state: 'down', reason: 'timeout', ...waited }))).toBeNaN()
  // That is an answer, though not the right one.
  expect(latencyOf(resultOf('api', { state: 'down', reason: 'status', ...waited }))).toBe(0.5)
})

test('processes give series of the catalogue, others are no metrics', () => {
  const processes = { ...NGINX.last!.outcome.processes, process_nonsense: 1, cpu_used_ratio: 1 }
  const { gauges } = new CheckSeries(NGINX.definition).sample(resultOf('nginx', { noLatency: true, processes }), 'up')
  expect(gauges).toEqual({
    'check_up{check="nginx"}': 1,
    'check_degraded{check="nginx"}': 0,
    'process_cpu_ratio{process="nginx"}': 0.44,
    'process_memory_bytes{process="nginx"}': 191 * 2 ** 20,
  })
})

test('a plug-in that names its values anew each time gets no more than a hundred series', () => {
  const series = new CheckSeries(DEFINITION)
  const seen = new Set<string>()
  for (let run = 0; run < 500; run++) {
    const values = [{ label: `at ${run}`, value: run, unit: '' }]
    for (const key of Object.keys(series.sample(resultOf('api', { values }), 'up').gauges)) seen.add(key)
  }
  expect([...seen].filter((key) => key.startsWith('check_value'))).toHaveLength(100)
})

test('a latency is that of an answer, the duration where it names none', () => {
  const of = (outcome: Partial<CheckOutcome>, tries = 1) =>
    latencyOf(resultOf('api', outcome, { durationMs: 40, tries }))
  expect(of({ latencyS: 0.01 })).toBe(0.01)
  expect(of({})).toBe(0.04)
  expect(of({ noLatency: true })).toBeNaN()
  expect(of({}, 2)).toBeNaN()
  expect(of({ state: 'down' })).toBeNaN()
  expect(of({ state: 'down', latencyS: 0.01 })).toBe(0.01)
})

test('the engine keeps the series, gives the reasons, and forgets what is removed', () => {
  const engine = createEngine()
  const definitions = [definitionOf('api', { failures: 1, intervalMs: 1000 })]
  const at = (second: number, checks: object) =>
    engine.accept(batch(second * 1000, [sample(second * 1000, {})], { checks }))
  const result = (second: number, outcome: Partial<CheckOutcome>) => ({
    results: [resultOf('api', outcome, { wallMs: START_MS + second * 1000, monoMs: second * 1000 })],
  })
  expect(at(0, { definitions }).checks).toHaveLength(1)
  const up = at(1, result(1, { latencyS: 0.2 }))
  expect(up.metrics.value('check_latency_seconds{check="api"}')).toBe(0.2)
  expect(up.verdict).toBe('ok')
  const down = at(2, result(2, { state: 'down', reason: 'refused', error: 'connection refused by 127.0.0.1:80' }))
  expect(down.verdict).toBe('critical')
  expect(down.reasons[0]).toMatchObject({ subject: 'api', text: 'down refused by 127.0.0.1:80' })
  expect(down.metrics.value('check_up{check="api"}')).toBe(0)
  expect(down.metrics.value('check_latency_seconds{check="api"}')).toBeUndefined()
  const gone = at(3, { definitions: [] })
  expect(gone.verdict).toBe('ok')
  expect(gone.checks).toEqual([])
  expect(gone.metrics.value('check_up{check="api"}')).toBeUndefined()
  expect(gone.events[0]).toMatchObject({ subject: 'api', text: 'removed' })
  // The frame of before goes on saying what it said.
  expect(down.metrics.value('check_up{check="api"}')).toBe(0)
})

test('a check that is asked often tears no holes into the charts of the host', () => {
  const engine = createEngine()
  const definitions = [definitionOf('api', { intervalMs: 200 })]
  let frame = engine.accept(batch(0, [], { checks: { definitions } }))
  for (let second = 0; second <= 20; second += 2) {
    const results = [resultOf('api', { latencyS: 0.1 }, { wallMs: START_MS + second * 1000, monoMs: second * 1000 })]
    const host = sample(second * 1000, { everyMs: 2000, gauges: { load_1m: 1 } })
    frame = engine.accept(batch(second * 1000, [host], { checks: { results } }))
  }
  const window = frame.metrics.window('load_1m', { endMs: frame.wallMs, stepMs: 1000, count: 15, by: 'mean' })
  expect([...window].every((value) => value === 1)).toBe(true)
})

test('restarts that a look found are told, whatever the service is', () => {
  const engine = createEngine({ rules: [] })
  const definitions = [definitionOf('web', { type: 'systemd' }), definitionOf('java', { type: 'process' })]
  engine.accept(batch(0, [], { checks: { definitions } }))
  const at = { wallMs: START_MS + 1000, monoMs: 1000 }
  const results = [resultOf('web', { restarts: 2 }, at), resultOf('java', { restarts: 1 }, at)]
  const { events } = engine.accept(batch(1000, [], { checks: { results } }))
  expect(events).toEqual([
    { wallMs: at.wallMs, kind: 'process_restarted', level: 'event', subject: 'java', text: 'restarted' },
    { wallMs: at.wallMs, kind: 'unit_restarted', level: 'event', subject: 'web', text: 'restarted 2 times' },
  ])
})
