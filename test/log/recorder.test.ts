import { expect, test } from 'vitest'
import { decodeLine } from '../../src/log/decode.ts'
import { encodeLine } from '../../src/log/encode.ts'
import type { CheckLine, Line, LineKind } from '../../src/log/line.ts'
import { createRecorder, type Recorder } from '../../src/log/recorder.ts'
import type { Alert, AlertRecord } from '../../src/model/alert.ts'
import type { CheckOutcome, CheckStatus } from '../../src/model/check.ts'
import type { LogEvent } from '../../src/model/event.ts'
import type { Frame } from '../../src/model/frame.ts'
import { alertOf, leadersOf, recordOf } from '../fixtures/alerts.ts'
import { definitionOf, resultOf, statusOf } from '../fixtures/checks.ts'
import { type FrameParts, frameOf, viewOf } from '../fixtures/frame.ts'
import { rowOf } from '../fixtures/watched.ts'

const START = Date.UTC(2026, 10, 25, 14, 2)
const RUN = { pid: 812, version: '1.2.3', interval_ms: 1000, boot_id: 'b' }

/** A frame so many seconds after the start of a full minute. */
function at(second: number, parts: FrameParts = {}): Frame {
  return frameOf({ wallMs: START + second * 1000, monoMs: second * 1000, ...parts })
}

const event = (second: number, parts: Partial<LogEvent> = {}): LogEvent => ({
  wallMs: START + second * 1000,
  kind: 'interface_down',
  level: 'event',
  subject: 'eth0',
  text: `went down ${second}`,
  ...parts,
})

const recorder = (): Recorder => createRecorder({ run: RUN })
const only = <K extends LineKind>(lines: readonly Line[], kind: K) =>
  lines.filter((line): line is Extract<Line, { kind: K }> => line.kind === kind)

test('every ten seconds of the clock have a line of what was measured, at their last frame', () => {
  const { take, finish } = recorder()
  const times: number[] = []
  for (let second = 3; second < 35; second++) {
    for (const { t } of only(take(at(second)), 'metrics')) times.push((t - START) / 1000)
  }
  expect(times).toEqual([9, 19, 29])
  expect(only(finish(START + 35_000), 'metrics').map(({ t }) => (t - START) / 1000)).toEqual([34])
})

test('a clock that jumps, or a pace slower than ten seconds, does not lose or double a line', () => {
  const { take } = recorder()
  const seconds = [0, 5, -3600, -3595, 86_400, 86_430, 86_460]
  const times = seconds.flatMap((second) => only(take(at(second)), 'metrics').map(({ t }) => (t - START) / 1000))
  expect(times).toEqual([5, -3595, 86_400, 86_430])
})

test('what moves is the mean over the ten seconds, what is a level the last value', () => {
  const asked: [string, string, number, number][] = []
  const metrics = viewOf({
    cpu_used_ratio: 0.5,
    memory_used_bytes: 7,
    network_receive_bytes_per_second: 5,
    load_1m: 1,
    temperature_celsius: 40,
  })
  const spy = {
    ...metrics,
    window: (key: string, request: Parameters<typeof metrics.window>[1]) => {
      asked.push([key, request.by, request.stepMs, request.endMs - START])
      return metrics.window(key, request)
    },
  }
  const { take } = recorder()
  take(at(9.5, { metrics: spy }))
  take(at(10, { metrics: spy }))
  expect(asked).toEqual([
    ['cpu_used_ratio', 'mean', 10_000, 9500],
    ['memory_used_bytes', 'last', 10_000, 9500],
    ['network_receive_bytes_per_second', 'mean', 10_000, 9500],
    ['load_1m', 'last', 10_000, 9500],
    ['temperature_celsius', 'mean', 10_000, 9500],
  ])
})

test('short series are left out, what is not known is too, and series of checks are in one line a minute', () => {
  const keys = [
    'check_up{check="api"}',
    'check_latency_seconds{check="api"}',
    'check_phase_seconds{check="api",phase="tls"}',
  ]
  const values = {
    ...Object.fromEntries(keys.map((key) => [key, 1])),
    'core_used_ratio{cpu="0"}': 1,
    load_1m: 1,
    cpu_used_ratio: 1,
  }
  const parts = { metrics: viewOf(values, { cpu_used_ratio: () => Number.NaN }) }
  const { take } = recorder()
  const lines: string[][] = []
  for (let second = 9; second <= 130; second += 10) {
    for (const line of only(take(at(second, parts)), 'metrics')) lines.push(Object.keys(line.values))
  }
  const full = ['check_up{check="api"}', 'check_latency_seconds{check="api"}', 'load_1m']
  const plain = ['load_1m']
  expect(lines).toEqual([
    full,
    ...Array.from({ length: 5 }, () => plain),
    full,
    ...Array.from({ length: 5 }, () => plain),
  ])
})

test('thousands of series are in several lines, each of which can be read back', () => {
  const values = Object.fromEntries(
    Array.from({ length: 12_000 }, (_, index) => [`load_1m{host="${'x'.repeat(40)}${index}"}`, index]),
  )
  const { take } = recorder()
  take(at(9, { metrics: viewOf(values) }))
  const lines = only(take(at(10)), 'metrics')
  expect(lines.map((line) => Object.keys(line.values).length)).toEqual([5000, 5000, 2000])
  for (const line of lines) expect(decodeLine(encodeLine(line))).toBeDefined()
})

test('a machine of which nothing is known has no lines', () => {
  const { take } = recorder()
  take(at(1, { metrics: viewOf({}) }))
  expect(take(at(11, { metrics: viewOf({}) }))).toEqual([])
})

test('the leaders of every list are recorded once each, the first ones first, twenty at most', () => {
  const row = (pid: number) => rowOf({ pid, startTicks: pid, name: `p${pid}` })
  const rows = (from: number) => Array.from({ length: 10 }, (_, index) => row(from + index))
  const leaders = leadersOf({ cpu: rows(100), memory: rows(105), write: rows(300), read: [row(100)] })
  const { take } = recorder()
  take(at(9, { leaders }))
  const lines = only(take(at(10, { leaders })), 'processes')
  expect(lines).toHaveLength(1)
  const pids = lines[0]?.processes.map(({ pid }) => pid) ?? []
  expect(pids.slice(0, 6)).toEqual([100, 105, 300, 101, 106, 301])
  expect(pids).toHaveLength(20)
  expect(new Set(pids).size).toBe(20)
  // A scan that stands still tells nothing new.
  expect(only(take(at(20, { leaders })), 'processes')).toEqual([])
})

function statusAfter(second: number, outcome: Partial<CheckOutcome>, parts: Partial<CheckStatus> = {}): CheckStatus {
  const wallMs = START + second * 1000
  return statusOf({
    definition: definitionOf('api'),
    last: resultOf('api', outcome, { wallMs }),
    results: [{ wallMs, state: outcome.state ?? 'up', latencyS: outcome.latencyS ?? Number.NaN }],
    sinceMs: START - 5000,
    ...parts,
  })
}

test('a check that says nothing new has one line a minute, with its latency', () => {
  const { take } = recorder()
  const times: number[] = []
  let checks: readonly CheckStatus[] = []
  for (let second = 1; second < 200; second++) {
    if (second === 1 || second % 15 === 0) checks = [statusAfter(second, { latencyS: 0.012 })]
    for (const line of only(take(at(second, { checks })), 'check')) {
      times.push(second)
      expect(line).toMatchObject({ check: 'api', state: 'up', since_ms: START - 5000, latency_s: 0.012 })
    }
  }
  expect(times).toEqual([1, 60, 120, 180])
})

test('each turn of a check, and each result that is something else, is a line', () => {
  const { take } = recorder()
  const lines: Line[] = []
  const status = (second: number, parts: CheckStatus) =>
    lines.push(...only(take(at(second, { checks: [parts] })), 'check'))
  status(1, statusAfter(1, {}))
  status(2, statusAfter(2, {}))
  const refused = { state: 'down', reason: 'refused', error: 'connection refused by 127.0.0.1:25' } as const
  status(3, statusAfter(3, refused))
  status(4, statusAfter(4, refused, { ...refused, sinceMs: START + 4000 }))
  status(5, statusAfter(5, refused, { ...refused, sinceMs: START + 4000 }))
  status(
    6,
    statusAfter(6, { state: 'down', reason: 'timeout' }, { state: 'down', reason: 'timeout', sinceMs: START + 4000 }),
  )
  status(7, statusAfter(7, { state: 'down', reason: 'timeout' }, { state: 'down', reason: 'timeout', flapping: true }))
  expect(lines).toMatchObject([
    { state: 'up', t: START + 1000 },
    { state: 'up', result: 'down', reason: 'refused', error: refused.error, t: START + 3000 },
    { state: 'down', reason: 'refused', since_ms: START + 4000, t: START + 4000 },
    { state: 'down', reason: 'timeout', t: START + 6000 },
    { flapping: true, t: START + 7000 },
  ])
  expect(lines[0]).not.toHaveProperty('reason')
  expect(lines[2]).not.toHaveProperty('result')
})

test('another figure in the same sentence is nothing new; a state that turns without a result is', () => {
  const { take } = recorder()
  const slow = (ms: number) => ({ state: 'degraded', reason: 'slow', error: `took ${ms} ms, 500 ms allowed` }) as const
  const statuses = [812, 809, 1200].map((ms, index) => statusAfter(index, slow(ms), slow(ms)))
  const lines = statuses.flatMap((status, index) => only(take(at(index, { checks: [status] })), 'check'))
  expect(lines).toHaveLength(1)
  const last = statuses.at(-1) as CheckStatus
  const waits = { ...last, state: 'unknown', reason: 'dependency', error: 'db is down' } as const
  const turned = only(take(at(4, { checks: [waits] })), 'check')
  expect(turned).toMatchObject([{ state: 'unknown', reason: 'dependency', error: 'db is down' }])
  // There was no look in it, and what a look finds meanwhile counts for nothing.
  for (const key of ['result', 'began_ms', 'latency_s']) expect(turned[0]).not.toHaveProperty(key)
  const looked = { ...waits, last: statusAfter(65, { state: 'down', reason: 'refused' }).last } as CheckStatus
  const [line] = only(take(at(66, { checks: [looked] })), 'check')
  expect(line).toMatchObject({ state: 'unknown', reason: 'dependency', began_ms: START + 65_000 })
  expect(line).not.toHaveProperty('result')
})

test('in the end each check has its last result in the log, once', () => {
  const { take, finish } = recorder()
  const web = { ...statusAfter(1, { latencyS: 0.2 }), definition: definitionOf('web') }
  const lines: CheckLine[] = []
  for (const second of [1, 16, 31]) {
    const checks = [statusAfter(second, { latencyS: second / 100 }), web]
    lines.push(...only(take(at(second, { checks })), 'check'))
  }
  lines.push(...only(finish(START + 32_000), 'check'))
  expect(
    lines.map(({ check, t, began_ms, latency_s }) => [check, t - START, (began_ms ?? 0) - START, latency_s]),
  ).toEqual([
    ['api', 1000, 1000, 0.01],
    ['web', 1000, 1000, 0.2],
    ['api', 32_000, 31_000, 0.31],
  ])
})

test('a check that was not asked has no line, and one that comes back is new', () => {
  const { take } = recorder()
  expect(take(at(1, { checks: [statusAfter(1, {}, { asked: false })] }))).toEqual([])
  expect(take(at(2, { checks: [statusAfter(2, {})] }))).toHaveLength(1)
  take(at(3, { checks: [] }))
  expect(take(at(4, { checks: [statusAfter(4, {})] }))).toHaveLength(1)
})

test('every event is a line, in the order in which they happened, whatever becomes of the list', () => {
  const { take } = recorder()
  const texts = (lines: readonly Line[]) => only(lines, 'event').map((line) => line.text)
  const [a, b, c] = [event(1), event(2), event(3)]
  expect(texts(take(at(2, { events: [b, a] })))).toEqual([a.text, b.text])
  expect(texts(take(at(3, { events: [b, a] })))).toEqual([])
  expect(texts(take(at(4, { events: [c, b, a] })))).toEqual([c.text])
  // An alert is linked to it later: it is the same event.
  expect(texts(take(at(5, { events: [{ ...c, alert: 'x', level: 'warning' }, b, a] })))).toEqual([])
  // So many at once that none of those before is left.
  const many = Array.from({ length: 500 }, (_, index) => event(1000 - index))
  expect(texts(take(at(6, { events: many })))).toHaveLength(500)
})

test('the event that the run began with tells which run it is, and the end is told', () => {
  const { take, finish } = recorder()
  const started = event(1, { kind: 'started', subject: 'healthtop', text: 'started watching' })
  expect(take(at(1, { events: [started] }))).toEqual([
    {
      v: 1,
      t: START + 1000,
      kind: 'event',
      event: 'started',
      level: 'event',
      subject: 'healthtop',
      text: 'started watching',
      run: RUN,
    },
  ])
  expect(only(finish(START + 5000), 'event')).toMatchObject([{ t: START + 5000, event: 'ended', subject: 'healthtop' }])
})

/** What is told of an alert in the frames that follow each other. */
function lives(frames: readonly (readonly [number, readonly AlertRecord[], (readonly Alert[])?])[]) {
  const { take } = recorder()
  return frames.flatMap(([second, records, alerts]) => {
    const list = alerts ?? records.filter(({ state }) => state !== 'resolved').map(({ alert }) => alert)
    return only(take(at(second, { records, alerts: list, metrics: viewOf({}) })), 'alert').map((line) => ({
      second,
      line,
    }))
  })
}

test('an alert has a line when it fires, when somebody does something about it, and when it ends', () => {
  const alert = alertOf()
  const record = recordOf(alert)
  const worse = { ...record, alert: { ...alert, value: 0.95, peak: 0.95, text: '95 % used' } }
  const seen = { ...worse, alert: { ...worse.alert, acknowledged: { alert: alert.id, atMs: 4, note: 'on it' } } }
  const over: AlertRecord = { ...seen, state: 'resolved', endedMs: START + 6000, resolution: 'cleared' }
  const found = lives([
    [1, [], [{ ...alert, state: 'pending' }]],
    [2, [record]],
    [3, [worse]],
    [4, [seen]],
    [5, [seen]],
    [6, [over], []],
    [7, [over], []],
  ])
  expect(found.map(({ second, line }) => [second, line.state])).toEqual([
    [2, 'firing'],
    [4, 'firing'],
    [6, 'resolved'],
  ])
  expect(found[1]?.line.record).toEqual(seen)
  expect(found[2]?.line).toMatchObject({
    id: alert.id,
    resolution: 'cleared',
    value: 0.95,
    text: '95 % used',
    t: START + 6000,
  })
})

test('a value that climbs has a line of its new peak once a minute, and none of them is left out in the end', () => {
  const alert = alertOf()
  const climbing = (second: number): AlertRecord => ({
    ...recordOf(alert),
    timeline: [
      { wallMs: START, step: 'firing', text: '90 % used' },
      ...(second > 0 ? [{ wallMs: START + second * 1000, step: 'peak' as const, text: `${second}` }] : []),
    ],
  })
  const last = climbing(90)
  const found = lives(
    Array.from({ length: 200 }, (_, second) => [second, [second < 90 ? climbing(second) : last]] as const),
  )
  expect(found.map(({ second, line }) => [second, line.record.timeline.at(-1)?.text])).toEqual([
    [0, '90 % used'],
    [60, '60'],
    [120, '90'],
  ])
})

test('a thousand alerts at once, of which the frame has records of a part, are all written, and their ends too', () => {
  const alerts = Array.from({ length: 1000 }, (_, index) => alertOf({ series: `disk_used_ratio{mount="/${index}"}` }))
  const records = alerts.slice(0, 500).map((alert) => recordOf(alert))
  const found = lives([
    [1, records, alerts],
    [2, records, alerts],
    [3, records.map((record) => ({ ...record, state: 'resolved' as const })), []],
  ])
  const ids = alerts.map(({ id }) => id).sort()
  for (const [second, state] of [
    [1, 'firing'],
    [3, 'resolved'],
  ] as const) {
    const lines = found.filter((one) => one.second === second)
    expect(lines.map(({ line }) => line.id).sort()).toEqual(ids)
    expect(new Set(lines.map(({ line }) => line.state))).toEqual(new Set([state]))
  }
  expect(found).toHaveLength(2000)
})

test('what is known of earlier runs is not written again; what became of it is', () => {
  const alert = alertOf()
  const { take, know } = recorder()
  const earlier = {
    events: [event(-60)],
    records: [recordOf(alert), recordOf(alertOf({ name: 'over' }), { state: 'resolved' as const })],
  }
  take(at(1, { metrics: viewOf({}), events: [event(1)] }))
  know(earlier)
  const frame = {
    metrics: viewOf({}),
    events: [event(1), ...earlier.events.map((one) => ({ ...one }))],
    alerts: [alert],
  }
  expect(take(at(2, { ...frame, records: earlier.records.map((record) => ({ ...record })) }))).toEqual([])
  const removed = { ...recordOf(alert), state: 'resolved' as const, resolution: 'removed' as const }
  const lines = take(at(3, { ...frame, alerts: [], records: [removed, earlier.records[1] as AlertRecord] }))
  expect(lines).toMatchObject([{ kind: 'alert', id: alert.id, state: 'resolved', resolution: 'removed' }])
})

test('one that is attached records nothing, and goes on from there when it takes over', () => {
  const { take, finish } = recorder()
  const measurer = { pid: 7, command: 'run' } as const
  const alert = alertOf()
  const parts = { events: [event(1)], records: [recordOf(alert)], alerts: [alert], checks: [statusAfter(1, {})] }
  for (const second of [1, 11, 21]) expect(take(at(second, { ...parts, measurer }))).toEqual([])
  expect(finish(START + 22_000)).toEqual([])
  const lines = take(at(23, parts))
  expect(lines).toMatchObject([{ event: 'started', run: RUN, t: START + 23_000 }])
  const took = event(33, { kind: 'started', subject: 'healthtop', text: 'took over from pid 7' })
  take(at(31, { ...parts, measurer }))
  const again = only(take(at(33, { ...parts, events: [took, ...parts.events] })), 'event')
  expect(again).toMatchObject([{ text: 'took over from pid 7', run: RUN }])
})

test('one that lost its place and does not know yet to whom begins anew when it has it back, with what it saw meanwhile', () => {
  const { take, pause, finish } = recorder()
  const began = event(0, { kind: 'started', text: 'started watching' })
  // Before it has ever written there is nothing to begin anew.
  pause()
  expect(only(take(at(0, { events: [began] })), 'event')).toMatchObject([{ text: 'started watching', run: RUN }])
  take(at(1, { events: [began] }))
  pause()
  expect(finish(START + 5000)).toEqual([])
  const down = event(12)
  const lines = take(at(20, { events: [down, began] }))
  expect(only(lines, 'metrics')).toEqual([])
  expect(only(lines, 'event')).toMatchObject([
    { event: 'started', text: 'writes the log from now on', t: START + 20_000, run: RUN },
    { event: 'interface_down' },
  ])
  pause()
  const over = event(30, { kind: 'started', text: 'took over from pid 7' })
  expect(only(take(at(30, { events: [over, down, began] })), 'event')).toMatchObject([
    { text: 'took over from pid 7', run: RUN },
  ])
  expect(only(finish(START + 31_000), 'event')).toMatchObject([{ event: 'ended' }])
})
