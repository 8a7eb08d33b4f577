import { expect, test } from 'vitest'
import type { Rule } from '../../../src/alerts/rule.ts'
import { rulesOf } from '../../../src/alerts/rules.ts'
import { createEngine, type Engine } from '../../../src/engine/engine.ts'
import type { Frame } from '../../../src/model/frame.ts'
import { definitionOf, resultOf } from '../../fixtures/checks.ts'
import { EMPTY_HISTORY } from '../../fixtures/history.ts'
import { batch, gauges, START_MS, sample } from '../samples.ts'

const rule = (parts: Partial<Rule> = {}): Rule => ({
  name: 'memory-used',
  when: { kind: 'metric', metric: 'memory_used_ratio', where: {}, above: 0.9 },
  forMs: 0,
  keepMs: 0,
  severity: 'warning',
  labels: { team: 'ops' },
  origin: 'healthtop.yaml:2',
  ...parts,
})

const at = (engine: Engine, second: number, value = 0.95): Frame =>
  engine.accept(gauges(second * 1000, { memory_used_ratio: value }))

/** An engine in which the alert fires, was acknowledged, and silenced for an hour. */
function marked() {
  const engine = createEngine({ rules: [rule()] })
  const alert = at(engine, 1).alerts[0]!
  const wallMs = START_MS + 1500
  engine.command({ kind: 'acknowledge', alert: alert.id, note: 'on it' }, wallMs)
  engine.command({ kind: 'silence', alert: alert.id, untilMs: wallMs + 3_600_000 }, wallMs)
  return { engine, alert, frame: at(engine, 2) }
}

test('what a person does to an alert is in the alert, its record, the reasons and the log', () => {
  const { alert, frame } = marked()
  expect(frame.alerts[0]).toMatchObject({ id: alert.id, acknowledged: { note: 'on it' }, labels: { team: 'ops' } })
  expect(frame.records[0]?.timeline.map(({ step }) => step)).toEqual(['pending', 'firing', 'acknowledged', 'silenced'])
  expect(frame.reasons[0]).toMatchObject({ alert: alert.id, quiet: 'acknowledged' })
  expect(frame.events.slice(0, 2).map(({ kind, alert: of }) => [kind, of])).toEqual([
    ['silenced', alert.id],
    ['acknowledged', alert.id],
  ])
  // They are no less trouble for that.
  expect(frame.verdict).toBe('warning')
})

test('an acknowledgement ends with its alert, a silence at its time', () => {
  const { engine } = marked()
  expect(at(engine, 3, 0.5).marks.acknowledgements).toEqual([])
  const again = at(engine, 4)
  expect(again.alerts[0]).toMatchObject({ silenced: {} })
  expect(again.alerts[0]?.acknowledged).toBeUndefined()
  expect(at(engine, 3602).alerts[0]?.silenced).toBeUndefined()
})

test('what is over cannot be acknowledged', () => {
  const { engine, alert } = marked()
  at(engine, 3, 0.5)
  const outcome = engine.command({ kind: 'acknowledge', alert: alert.id, note: '' }, START_MS + 3000)
  expect(outcome).toEqual({ ok: false, reason: 'this alert is over' })
})

test('the next run goes on with it, whether its history comes before the first value or after', () => {
  const { alert, frame } = marked()
  const history = { ...EMPTY_HISTORY, records: frame.records, events: frame.events, marks: frame.marks }
  for (const late of [false, true]) {
    const engine = createEngine({ rules: [rule()] })
    if (late) at(engine, 100)
    engine.restore(history, START_MS + 100_500, 100_500)
    const waiting = engine.tick(START_MS + 101_000, 101_000)
    expect(waiting.alerts).toMatchObject([{ id: alert.id, state: 'firing', sinceMs: alert.sinceMs }])
    const known = at(engine, 102, 0.97)
    expect(known.alerts).toMatchObject([{ id: alert.id, value: 0.97, acknowledged: { note: 'on it' }, silenced: {} }])
    expect(known.alerts[0]?.noDataMs).toBeUndefined()
    expect(known.records.filter(({ state }) => state === 'firing')).toHaveLength(1)
    const over = at(engine, 103, 0.5)
    expect(over.records.find((record) => record.alert.id === alert.id)).toMatchObject({
      state: 'resolved',
      resolution: 'cleared',
    })
    expect(over.alerts).toEqual([])
  }
})

test('an alert whose rule is gone by then is over', () => {
  const { alert, frame } = marked()
  const engine = createEngine({ rules: [] })
  engine.restore({ ...EMPTY_HISTORY, records: frame.records }, START_MS + 100_500, 100_500)
  const next = at(engine, 101)
  expect(next.records.find((record) => record.alert.id === alert.id)).toMatchObject({ resolution: 'removed' })
  expect(next.alerts).toEqual([])
})

test('while another healthtop judges, what it says stands; when it ends this one goes on from there', () => {
  const { alert, frame } = marked()
  const engine = createEngine({ rules: [rule()] })
  const by = { pid: 812, command: 'run' } as const
  const { alerts, records, events, marks } = frame
  const attached = engine.accept(batch(3000, [], { told: { by, alerts, records, events, marks } }))
  expect(attached).toMatchObject({ measurer: by, alerts, records, marks })
  expect(attached.events).toBe(events)
  expect(at(engine, 4, 0.2).alerts).toBe(alerts)
  at(engine, 5)
  const alone = engine.accept(batch(6000, [], { told: 'own' }))
  expect(alone.measurer).toBeUndefined()
  expect(alone.alerts).toMatchObject([{ id: alert.id, acknowledged: { note: 'on it' } }])
  expect(alone.marks).toEqual(marks)
  expect(at(engine, 7, 0.2).alerts).toEqual([])
})

test('a check that turns is told once, as the turn of the rule that somebody wrote; one with words of its own has an entry of its own', () => {
  const apiDown = rule({
    name: 'api-down',
    when: { kind: 'check', check: 'api', where: {}, is: 'down' },
    severity: 'critical',
  })
  const paged = { ...apiDown, name: 'paged', message: 'call ann' }
  const engine = createEngine({ rules: rulesOf([apiDown, paged], []) })
  const look = (second: number, state: 'up' | 'down') => {
    const when = { wallMs: START_MS + second * 1000, monoMs: second * 1000 }
    const results = [resultOf('api', { state, ...(state === 'down' && { reason: 'refused' }) }, when)]
    const definitions = [definitionOf('api', { failures: 1, successes: 1 })]
    return engine.accept(batch(second * 1000, [], { checks: { definitions, results } }))
  }
  const told = ({ events }: Frame) => events.map(({ kind, level, alert }) => [kind, level, alert?.split(' ')[0]])
  look(1, 'up')
  const down = look(2, 'down')
  expect(down.alerts.map(({ name }) => name)).toEqual(['api-down', 'paged'])
  expect(told(down)).toEqual([
    ['alert', 'critical', 'paged'],
    ['check', 'critical', 'api-down'],
  ])
  expect(told(look(3, 'up')).slice(0, 2)).toEqual([
    ['alert', 'ok', 'paged'],
    ['check', 'ok', 'api-down'],
  ])
})

test('a check that is removed while it is down ends its alert, and is no new trouble', () => {
  const engine = createEngine()
  const definitions = [definitionOf('api', { failures: 1 })]
  const results = [resultOf('api', { state: 'down' }, { wallMs: START_MS + 1000, monoMs: 1000 })]
  const [alert] = engine.accept(batch(1000, [], { checks: { definitions, results } })).alerts
  const { events, alerts } = engine.accept(batch(2000, [], { checks: { definitions: [] } }))
  expect(alerts).toEqual([])
  expect(events[0]).toMatchObject({ kind: 'check', level: 'event', text: 'removed', alert: alert?.id })
})

/** One check, asked once a second: what is told of its alerts, oldest first. */
function toldOf(results: string): string[] {
  const engine = createEngine()
  const definitions = [definitionOf('api', { failures: 1, successes: 1 })]
  let events: Frame['events'] = []
  for (const [at, letter] of [...results].entries()) {
    const when = { wallMs: START_MS + at * 1000, monoMs: at * 1000 }
    const result = resultOf('api', letter === 'u' ? { state: 'up' } : { state: 'down', reason: 'refused' }, when)
    events = engine.accept(batch(at * 1000, [], { checks: { definitions, results: [result] } })).events
  }
  return events
    .filter(({ kind }) => kind === 'check' || kind === 'alert')
    .map(({ level, text, alert }) => `${level} ${text}: ${alert?.split(' ')[0]}`)
    .reverse()
}

const DOWN = 'critical down: check-down'
const WELL = 'ok well again: check-down'
const TURNS = [DOWN, WELL, DOWN, WELL, DOWN, WELL, DOWN, WELL]

test.each([
  ['turns down', `${'ud'.repeat(10)}${'u'.repeat(21)}`, [...TURNS, 'warning flapping 50 %: check-flapping']],
  // That it came up is nothing that the check tells; its alert ends all the same.
  ['turns up', `${'du'.repeat(10)}${'u'.repeat(21)}`, [...TURNS, DOWN, 'warning flapping 50 %: check-flapping', WELL]],
])('a check that begins to flap as it %s is told by the rule for that', (_, results, told) => {
  expect(toldOf(results)).toEqual([...told, 'ok steady again: check-flapping'])
})

test('one that is steady again and down is told as the turn of that alert', () => {
  const told = toldOf(`${'ud'.repeat(10)}${'d'.repeat(21)}u`)
  expect(told.slice(-2)).toEqual(['critical steady again, down: check-down', WELL])
})

test('what ends an alert on something that happened is its end', () => {
  const engine = createEngine()
  const key = 'mount{device="/dev/sda1",mount="/data",type="ext4"}'
  const at = (second: number, value: string) =>
    engine.accept(batch(second * 1000, [sample(second * 1000, { states: { [key]: value } })]))
  for (const second of [1, 2, 12]) at(second, 'ok')
  const [alert] = at(13, 'read-only').alerts
  expect(alert?.name).toBe('mount-read-only')
  const { events, records } = at(14, 'ok')
  expect(events[0]).toMatchObject({ kind: 'mount_writable', alert: alert?.id })
  expect(records[0]).toMatchObject({ state: 'resolved' })
})
