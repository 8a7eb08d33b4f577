import { expect, test } from 'vitest'
import type { Rule } from '../../src/alerts/rule.ts'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import type { CheckDefinition, CheckOutcome } from '../../src/model/check.ts'
import type { Frame } from '../../src/model/frame.ts'
import type { Sample } from '../../src/model/sample.ts'
import { definitionOf } from '../fixtures/checks.ts'
import { batch, gauges, START_MS, sample } from './samples.ts'

const DISK = 'disk_used_ratio{mount="/data"}'

function absent(metric: string, where: Readonly<Record<string, string>> = {}): Rule {
  return {
    name: 'absent',
    when: { kind: 'metric', metric, where, absent: true },
    forMs: 0,
    keepMs: 0,
    severity: 'warning',
    labels: {},
    origin: 'healthtop.yaml:1',
  }
}

const firing = ({ alerts }: Frame) => alerts.filter(({ state }) => state === 'firing').length > 0

/** The machine is measured, each second up to one. */
function through(engine: Engine, from: number, to: number, values: Record<string, number> = {}): boolean[] {
  const each: boolean[] = []
  for (let second = from; second <= to; second++)
    each.push(firing(engine.accept(gauges(second * 1000, { cpu_used_ratio: 0.1, ...values }))))
  return each
}

/** The second in which it fires first. */
const firstAt = (each: readonly boolean[], from = 0) => each.indexOf(true) + (each.includes(true) ? from : 0)

test('what nobody has told of may come yet, for half a minute after measuring began', () => {
  expect(firstAt(through(createEngine({ rules: [absent('disk_used_ratio', { mount: '/data' })] }), 0, 60))).toBe(30)
  // It comes late, and then it was never absent.
  const late = createEngine({ rules: [absent('disk_used_ratio', { mount: '/data' })] })
  expect(through(late, 0, 20)).not.toContain(true)
  expect(through(late, 21, 60, { [DISK]: 0.5 })).not.toContain(true)
})

test('what was told of since is missed at once', () => {
  const engine = createEngine({ rules: [absent('disk_used_ratio', { mount: '/data' })] })
  through(engine, 0, 5, { [DISK]: 0.5 })
  expect(firing(engine.accept(gauges(6000, { cpu_used_ratio: 0.1 })))).toBe(true)
  expect(firing(engine.accept(gauges(7000, { [DISK]: 0.5 })))).toBe(false)
})

test('a probe that is read seldom has its second turn first: the first look is not judged by', () => {
  const engine = createEngine({ rules: [absent('tcp_sockets_time_wait')] })
  const seldom = (second: number, warmup: boolean): Sample =>
    sample(second * 1000, { source: 'tcp', everyMs: 60_000, warmup, gauges: { tcp_sockets_time_wait: 3 } })
  engine.accept(batch(0, [seldom(0, true)]))
  expect(through(engine, 1, 59)).not.toContain(true)
  engine.accept(batch(60_000, [seldom(60, false)]))
  expect(through(engine, 61, 120)).not.toContain(true)
})

test('whoever is read once a minute is given two turns', () => {
  const engine = createEngine({ rules: [absent('disk_used_ratio')] })
  const at = (second: number) => firing(engine.accept(gauges(second * 1000, { load_1m: 1 }, { everyMs: 60_000 })))
  expect([0, 60, 120, 180].map(at)).toEqual([false, false, false, true])
})

test('a probe that fails has answered', () => {
  const engine = createEngine({ rules: [absent('gpu_used_ratio')] })
  const each: boolean[] = []
  for (let second = 0; second <= 40; second++) {
    const failed = sample(second * 1000, { source: 'gpu', failed: 'nvidia-smi: no devices were found' })
    const cpu = sample(second * 1000, { gauges: { cpu_used_ratio: 0.1 } })
    each.push(firing(engine.accept(batch(second * 1000, [failed, cpu]))))
  }
  expect(firstAt(each)).toBe(30)
})

test('while nobody measures nothing is absent, and what fires goes on with no data; it is neither over nor told again', () => {
  const engine = createEngine({
    rules: [absent('disk_used_ratio', { mount: '/data' }), { ...absent('cpu_used_ratio'), name: 'no-cpu' }],
  })
  const names = (frame: Frame) => frame.alerts.map(({ series }) => series)
  through(engine, 0, 30)
  const fired = engine.accept(gauges(31_000, { cpu_used_ratio: 0.1 }))
  expect(names(fired)).toEqual([DISK])
  const late = (second: number) => engine.tick(START_MS + second * 1000, second * 1000)
  for (let second = 32; second < 130; second++) {
    const frame = late(second)
    expect(names(frame)).toEqual([DISK])
    expect(frame.alerts[0]?.noDataMs !== undefined).toBe(second > 31 + 62)
  }
  // A restart of what measures: it may need a while again.
  through(engine, 130, 159)
  const back = engine.accept(gauges(160_000, { cpu_used_ratio: 0.1 }))
  expect(back.alerts).toMatchObject([{ series: DISK, state: 'firing' }])
  expect(back.alerts[0]?.noDataMs).toBeUndefined()
  expect(back.records).toHaveLength(1)
  const told = back.events.filter(({ kind }) => kind === 'alert').map(({ text }) => text)
  expect(told).toEqual(['data again', 'no data', 'no value'])
})

test('with one look what it does not show is absent', () => {
  const engine = createEngine({ rules: [absent('disk_used_ratio')], once: true })
  engine.accept(gauges(0, { cpu_used_ratio: 0.1 }, { warmup: true }))
  expect(firing(engine.accept(gauges(300, { cpu_used_ratio: 0.1 })))).toBe(true)
})

/** A check that is asked every five minutes, its results, and the machine beside it. */
function service(rule: Rule, definitions: readonly CheckDefinition[] = [API]) {
  const engine = createEngine({ rules: [rule] })
  let second = 0
  engine.accept(batch(0, [], { checks: { definitions } }))
  return {
    /** Whether it fired at any second until then. */
    wait: (seconds: number) => {
      const each = through(engine, second, second + seconds)
      second += seconds + 1
      return each.includes(true)
    },
    result: (outcome: CheckOutcome, check = 'api') => {
      const monoMs = second * 1000
      const result = { check, outcome, wallMs: START_MS + monoMs, monoMs, durationMs: 10, tries: 1 }
      return firing(engine.accept(batch(monoMs, [], { checks: { results: [result] } })))
    },
    define: (next: readonly CheckDefinition[]) =>
      firing(engine.accept(batch(second * 1000, [], { checks: { definitions: next } }))),
  }
}

const API = definitionOf('api', { intervalMs: 300_000, failures: 2 })
const DOWN: CheckOutcome = { state: 'down', reason: 'refused', error: 'refused', noLatency: true }

test('a check has answered first, and often enough to be judged', () => {
  const api = service(absent('check_up', { check: 'api' }))
  expect(api.wait(280)).toBe(false)
  expect(api.result(DOWN)).toBe(false)
  expect(api.wait(299)).toBe(false)
  expect(api.result(DOWN)).toBe(false)
  const latency = service(absent('check_latency_seconds', { check: 'api' }))
  latency.wait(280)
  latency.result(DOWN)
  expect(latency.wait(299)).toBe(false)
  // Judged to be down it has no latency, and that is known.
  latency.result(DOWN)
  expect(latency.wait(2)).toBe(true)
})

test('a check that says nothing for too long is late, not absent; one that is removed is not there', () => {
  const api = service(absent('check_latency_seconds', { check: 'api' }))
  api.result({ state: 'up', latencyS: 0.01 })
  expect(api.wait(1500)).toBe(false)
  expect(api.define([])).toBe(true)
})

test('a check that nobody has ever heard of is absent once those that are found have come', () => {
  const nobody = service(absent('check_up', { check: 'nobody' }))
  expect(nobody.wait(120)).toBe(false)
  expect(nobody.wait(5)).toBe(true)
})

test('a check that another one explains is not absent', () => {
  const web = definitionOf('web', { depends: ['db'], failures: 1 })
  const pair = service(absent('check_up', { check: 'web' }), [definitionOf('db', { failures: 1 }), web])
  pair.result({ state: 'up', latencyS: 0.01 }, 'web')
  pair.result(DOWN, 'db')
  pair.result(DOWN, 'web')
  expect(pair.wait(20)).toBe(false)
})

test('a process that a check counts is awaited as its check is', () => {
  const workers = service(absent('process_memory_bytes', { process: 'api' }))
  expect(workers.wait(200)).toBe(false)
  workers.result({ state: 'up', processes: { process_count: 1 } })
  expect(workers.wait(2)).toBe(true)
})
