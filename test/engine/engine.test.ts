import { describe, expect, test } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import type { LogEvent } from '../../src/model/event.ts'
import type { Frame } from '../../src/model/frame.ts'
import type { ProcessRow } from '../../src/model/processes.ts'
import type { SourceHealth } from '../../src/model/source.ts'
import { leadersOf } from '../fixtures/alerts.ts'
import { batch, gauges, START_MS, sample } from './samples.ts'

const mount = (path: string, type = 'ext4') => `mount{device="/dev/sda",mount="${path}",type="${type}"}`
const nic = (name: string, virtual = false) => `interface{interface="${name}",virtual="${virtual}"}`
const said = (events: readonly LogEvent[]) =>
  events.map(({ level, subject, text, cause }) =>
    [level, subject, text, ...(cause === undefined ? [] : [`(${cause})`])].join(' '),
  )
const states = (monoMs: number, given: Record<string, string>) => batch(monoMs, [sample(monoMs, { states: given })])
const STARTED = 'event healthtop started watching'

const leader = (over: Partial<ProcessRow>): ProcessRow => ({
  kind: 'process',
  pid: 7,
  ppid: 1,
  name: 'java',
  command: 'java -jar app.jar',
  state: 'S',
  nice: 0,
  threads: 40,
  cpuSeconds: 100,
  memoryBytes: 8.4 * 2 ** 30,
  startedMs: START_MS,
  startTicks: 1,
  kernel: false,
  history: [],
  ...over,
})

describe('verdict', () => {
  test('turns with an alert after its for:, and back past its clear', () => {
    const engine = createEngine()
    const at = (second: number, ratio: number) =>
      engine.accept(gauges(second * 1000, { 'disk_used_ratio{mount="/data"}': ratio }))
    expect(at(0, 0.97).verdict).toBe('ok')
    expect(at(0, 0.97).alerts.map((alert) => alert.state)).toEqual(['pending'])
    for (let i = 1; i < 60; i++) expect(at(i, 0.97).verdict).toBe('ok')
    const fired = at(60, 0.971)
    expect(fired.verdict).toBe('critical')
    const [alert] = fired.alerts
    expect(fired.reasons).toEqual([
      { verdict: 'critical', subject: '/data', text: '97 % used', sinceMs: START_MS, alert: alert?.id },
    ])
    expect(at(61, 0.94).verdict).toBe('critical')
    const eased = at(180, 0.92)
    expect(eased.verdict).toBe('warning')
    const well = at(181, 0.5)
    expect(well.verdict).toBe('ok')
    expect(well.reasons).toEqual([])
    expect(said(well.events)).toEqual([
      'ok /data well again (was 97 % for 3 min)',
      'warning /data 92 % used',
      'critical /data 97 % used',
      STARTED,
    ])
  })

  test('names the process that may be the cause', () => {
    const engine = createEngine()
    const leaders = leadersOf({ memory: [leader({})] })
    let frame: Frame | undefined
    for (let i = 0; i <= 60; i++) frame = engine.accept({ ...gauges(i * 1000, { memory_used_ratio: 0.93 }), leaders })
    expect(frame!.reasons[0]).toMatchObject({ verdict: 'warning', subject: 'memory', cause: 'java holds 8.4 GiB' })
    expect(said(frame!.events)[0]).toBe('warning memory 93 % used (java holds 8.4 GiB)')
  })

  test('nothing is judged by a warm-up sample, unless there is only one look', () => {
    const first = gauges(0, { 'disk_used_ratio{mount="/"}': 0.99, cpu_used_ratio: 1 }, { warmup: true })
    expect(createEngine().accept(first).alerts).toEqual([])
    const once = createEngine({ once: true }).accept(first)
    expect(once.verdict).toBe('critical')
    expect(once.alerts.map((alert) => `${alert.name} ${alert.state}`)).toEqual(['disk-full firing', 'cpu-busy pending'])
  })

  test('is unknown before the first sample and when nothing is measured any more', () => {
    const engine = createEngine()
    expect(engine.tick(START_MS, 0).verdict).toBe('unknown')
    expect(engine.accept(gauges(1000, { load_1m: 1 })).verdict).toBe('ok')
    expect(engine.tick(START_MS + 11_000, 11_000).verdict).toBe('ok')
    const silent = engine.tick(START_MS + 12_000, 12_000)
    expect(silent.verdict).toBe('unknown')
    expect(silent.reasons).toEqual([
      { verdict: 'unknown', subject: 'host', text: 'not measured', sinceMs: START_MS + 1000 },
    ])
  })

  test('critical stands before unknown, unknown before warning', () => {
    const engine = createEngine()
    const values = { memory_used_ratio: 0.99, swap_used_ratio: 0.9 }
    let frame: Frame | undefined
    for (let i = 0; i <= 400; i++) {
      const given = { [mount('/nfs')]: i < 20 ? 'ok' : 'no answer' }
      frame = engine.accept(batch(i * 1000, [sample(i * 1000, { gauges: values, states: given })]))
    }
    expect(frame!.reasons.map((reason) => `${reason.verdict} ${reason.subject}`)).toEqual([
      'critical memory',
      'unknown /nfs',
      'warning swap',
    ])
    expect(frame!.verdict).toBe('critical')
  })
})

describe('mounts', () => {
  test('come, go, fall silent and answer again, and each is told', () => {
    const engine = createEngine()
    engine.accept(states(0, { [mount('/var')]: 'ok', [mount('/')]: 'ok', [mount('/nfs', 'nfs4')]: 'ok' }))
    const start = engine.accept(
      states(11_000, { [mount('/')]: 'ok', [mount('/var')]: 'ok', [mount('/nfs', 'nfs4')]: 'ok' }),
    )
    expect(start.mounts.map((one) => one.mount)).toEqual(['/', '/nfs', '/var'])
    expect(said(start.events)).toEqual([STARTED])
    engine.accept(states(12_000, { [mount('/')]: 'ok', [mount('/nfs', 'nfs4')]: 'no answer', [mount('/data')]: 'ok' }))
    const back = engine.accept(
      states(53_000, { [mount('/')]: 'ok', [mount('/nfs', 'nfs4')]: 'ok', [mount('/data')]: 'ok' }),
    )
    expect(said(back.events)).toEqual([
      'event /data mounted',
      'ok /nfs answers again (no answer for 42 s)',
      'unknown /nfs no answer',
      'event /var went away',
      STARTED,
    ])
    expect(back.mounts.map((one) => `${one.mount} ${one.type} ${one.answering}`)).toEqual([
      '/ ext4 true',
      '/data ext4 true',
      '/nfs nfs4 true',
    ])
  })

  test('one that cannot be written to any more, or again, is told; one that was mounted so is not', () => {
    const engine = createEngine()
    const at = (monoMs: number, data: string, late: string) =>
      engine.accept(states(monoMs, { [mount('/boot')]: 'read-only', [mount('/data')]: data, [mount('/nfs')]: late }))
    at(0, 'ok', 'no answer')
    at(11_000, 'read-only', 'no answer')
    at(12_000, 'no answer', 'read-only')
    at(13_000, 'read-only', 'read-only')
    const frame = at(14_000, 'ok', 'read-only')
    expect(said(frame.events).filter((text) => !/answer/.test(text))).toEqual([
      'event /data can be written to again',
      'critical /data became read-only',
      STARTED,
    ])
    expect(frame.mounts.map(({ answering }) => answering)).toEqual([true, true, true])
  })

  test('one that does not answer keeps its last values, which nothing is judged by', () => {
    const engine = createEngine()
    const key = 'disk_used_ratio{mount="/nfs"}'
    const at = (second: number, state: string) =>
      engine.accept(
        batch(second * 1000, [sample(second * 1000, { gauges: { [key]: 0.99 }, states: { [mount('/nfs')]: state } })]),
      )
    at(0, 'ok')
    let frame = at(1, 'no answer')
    expect(frame.metrics.value(key)).toBeUndefined()
    expect(frame.metrics.last(key)).toBe(0.99)
    expect(frame.mounts[0]).toMatchObject({ answering: false, answeredMs: START_MS })
    for (let i = 2; i <= 4000; i++) frame = at(i, 'no answer')
    expect(frame.alerts).toEqual([])
    expect(frame.verdict).toBe('unknown')
    expect(frame.reasons).toEqual([{ verdict: 'unknown', subject: '/nfs', text: 'no answer', sinceMs: START_MS }])
    expect(frame.metrics.last(key)).toBe(0.99)
  })

  test('what is mounted for a moment is worth no line, what stays is told after five seconds', () => {
    const engine = createEngine()
    const seen = (ms: number, ...paths: string[]) =>
      said(engine.accept(states(ms, Object.fromEntries(paths.map((path) => [mount(path), 'ok'])))).events)
    seen(0, '/')
    seen(11_000, '/')
    seen(12_000, '/', '/mnt', '/data')
    expect(seen(14_000, '/', '/data')).toEqual([STARTED])
    expect(seen(16_900, '/', '/data')).toEqual([STARTED])
    expect(seen(17_000, '/', '/data')).toEqual(['event /data mounted', STARTED])
    expect(seen(18_000, '/')).toEqual(['event /data went away', 'event /data mounted', STARTED])
  })

  test('slow ones that show up a little after the start were there before; so after a restart', () => {
    const engine = createEngine()
    const both = { [mount('/')]: 'ok', [mount('/nfs')]: 'ok' }
    engine.accept(states(0, { [mount('/')]: 'ok' }))
    engine.accept(states(2000, both))
    engine.accept(states(20_000, both))
    engine.accept(batch(30_000, [sample(30_000, { warmup: true, states: { [mount('/')]: 'ok' } })]))
    engine.accept(states(32_000, { [mount('/')]: 'ok' }))
    const frame = engine.accept(states(34_000, both))
    expect(said(frame.events)).toEqual([STARTED])
    expect(frame.mounts).toHaveLength(2)
  })
})

test('interfaces come, go, go up and down; virtual ones stand last', () => {
  const engine = createEngine()
  engine.accept(states(0, { [nic('lo', true)]: 'up', [nic('eth10')]: 'up', [nic('eth2')]: 'down' }))
  const frame = engine.accept(states(1000, { [nic('lo', true)]: 'up', [nic('eth2')]: 'up', [nic('wg0')]: 'down' }))
  expect(frame.interfaces).toEqual([
    { name: 'eth2', up: true, virtual: false },
    { name: 'wg0', up: false, virtual: false },
    { name: 'lo', up: true, virtual: true },
  ])
  expect(said(frame.events)).toEqual(['event eth2 went up', 'event wg0 appeared', 'event eth10 went away', STARTED])
})

test('devices are those whose counters are read', () => {
  const engine = createEngine()
  const counters = {
    'disk_read_bytes_total{device="sdb"}': 1,
    'disk_read_bytes_total{device="nvme0n1"}': 1,
    'disk_written_bytes_total{device="sdb"}': 1,
  }
  const first = engine.accept(batch(0, [sample(0, { counters })]))
  expect(first.devices).toEqual(['nvme0n1', 'sdb'])
  expect(engine.accept(batch(1000, [sample(1000, { counters })])).devices).toBe(first.devices)
})

describe('health', () => {
  const worker = (over: Partial<SourceHealth>): SourceHealth => ({
    name: 'worker',
    state: 'running',
    sinceMs: START_MS,
    restarts: 0,
    ...over,
  })

  test('a restart is told with its reason; after ten seconds the verdict is unknown', () => {
    const engine = createEngine()
    engine.accept({ ...gauges(0, { load_1m: 1 }), health: [worker({})] })
    const down = worker({ state: 'restarting', reason: 'exit 1', sinceMs: START_MS + 1000, restarts: 1 })
    const stopped = engine.accept(batch(1000, [], { health: [down] }))
    expect(stopped.verdict).toBe('ok')
    expect(engine.tick(START_MS + 10_000, 10_000).verdict).toBe('ok')
    const unknown = engine.tick(START_MS + 12_000, 12_000)
    expect(unknown.verdict).toBe('unknown')
    expect(unknown.reasons).toEqual([
      {
        verdict: 'unknown',
        subject: 'worker',
        text: 'stopped, starting again',
        sinceMs: START_MS + 1000,
        cause: 'exit 1',
      },
    ])
    const again = engine.accept({ ...gauges(13_000, { load_1m: 1 }), health: [worker({ restarts: 1 })] })
    expect(again.verdict).toBe('ok')
    expect(said(again.events)).toEqual([
      'ok worker running again',
      'unknown worker stopped, starting again (exit 1)',
      STARTED,
    ])
  })

  test('one so short that nobody saw it down is told all the same', () => {
    const engine = createEngine()
    engine.accept({ ...gauges(0, { load_1m: 1 }), health: [worker({})] })
    const frame = engine.accept({ ...gauges(1000, { load_1m: 1 }), health: [worker({ restarts: 1 })] })
    expect(said(frame.events)).toEqual(['ok worker running again', 'unknown worker stopped, starting again', STARTED])
  })
})

describe('the wall clock', () => {
  test('that jumps more than two seconds is an event, in either direction', () => {
    const engine = createEngine()
    const at = (monoMs: number, offset: number) =>
      engine.accept({ wallMs: START_MS + monoMs + offset, monoMs, samples: [sample(monoMs, {})] })
    at(0, 0)
    at(1000, 1900)
    at(2000, 13_900)
    const frame = at(3000, 10_900)
    expect(said(frame.events)).toEqual(['event clock moved 3 s back', 'warning clock moved 12 s forward', STARTED])
  })

  test('does not touch rates', () => {
    const engine = createEngine()
    const at = (monoMs: number, offset: number, value: number) =>
      engine.accept({
        wallMs: START_MS + monoMs + offset,
        monoMs,
        samples: [sample(monoMs, { wallMs: START_MS + monoMs + offset, counters: { network_dropped_total: value } })],
      })
    at(0, 0, 0)
    expect(at(1000, 3_600_000, 10).metrics.value('network_dropped_per_second')).toBe(10)
  })
})

describe('a frame', () => {
  test('keeps the identity of what did not change', () => {
    const engine = createEngine()
    const at = (second: number) =>
      engine.accept(
        batch(
          second * 1000,
          [
            sample(second * 1000, {
              gauges: { 'disk_used_ratio{mount="/"}': 0.97 },
              counters: { 'disk_read_bytes_total{device="sda"}': second },
              states: { [mount('/')]: 'ok', [nic('eth0')]: 'up' },
            }),
            sample(second * 1000, { source: 'broken', failed: 'EACCES' }),
          ],
          { health: [{ name: 'worker', state: 'running', sinceMs: START_MS, restarts: 0 }], host: { name: 'web' } },
        ),
      )
    for (let i = 0; i < 60; i++) at(i)
    const before = at(60)
    const after = at(61)
    expect(before.alerts).toHaveLength(1)
    for (const part of [
      'mounts',
      'devices',
      'interfaces',
      'alerts',
      'reasons',
      'events',
      'health',
      'failures',
    ] as const) {
      expect(after[part], part).toBe(before[part])
    }
    expect(after.metrics).not.toBe(before.metrics)
    expect(after.tick).toBe(before.tick + 1)
    expect(before.failures).toEqual({ broken: 'EACCES' })
    expect(after.measuredMs).toEqual({ probe: START_MS + 61_000 })
    expect(engine.accept(batch(62_000, [sample(62_000, { source: 'broken' })])).failures).toEqual({})
  })

  test('hands through what the source gave last', () => {
    const engine = createEngine()
    const listeners = [{ protocol: 'tcp', address: '::', port: 22 }] as const
    const first = engine.accept(batch(0, [], { listeners, cost: { memoryBytes: 5 } }))
    const second = engine.tick(START_MS + 1000, 1000)
    expect(second.listeners).toBe(listeners)
    expect(second.cost).toBe(first.cost)
    expect('processes' in second).toBe(false)
  })

  test('keeps at most 500 events, newest first', () => {
    const engine = createEngine()
    let frame: Frame | undefined
    for (let i = 0; i < 600; i++)
      frame = engine.accept(states(i * 1000, { [nic('eth0')]: i % 2 === 0 ? 'up' : 'down' }))
    expect(frame!.events).toHaveLength(500)
    expect(frame!.events[0]!.wallMs).toBe(START_MS + 599_000)
    expect(frame!.events[499]!.wallMs).toBe(START_MS + 100_000)
  })

  test('made by a batch without samples takes no room in the rings', () => {
    const engine = createEngine({ rules: [] })
    engine.accept(gauges(0, { load_1m: 1 }))
    for (let i = 1; i <= 999; i++) engine.accept(batch(i, []))
    const { metrics } = engine.accept(gauges(1000, { load_1m: 2 }))
    expect(
      [...metrics.window('load_1m', { endMs: START_MS + 1000, stepMs: 1, count: 1001, by: 'last' })].slice(0, 2),
    ).toEqual([1, 2])
    for (let i = 2; i < 3600; i++) engine.accept(gauges(i * 1000, { load_1m: 3 }))
    expect(metrics.value('load_1m')).toBe(2)
  })
})
