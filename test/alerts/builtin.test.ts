import { describe, expect, test } from 'vitest'
import { builtinRules } from '../../src/alerts/builtin.ts'
import type { Rule } from '../../src/alerts/rule.ts'
import type { AlertCondition } from '../../src/model/alert-definition.ts'
import { metricOf } from '../../src/model/catalogue/catalogue.ts'
import { EVENT_KINDS } from '../../src/model/event.ts'
import { API, MAIL, QUEUE, statusOf } from '../fixtures/checks.ts'
import { WATCHED } from '../fixtures/watched.ts'
import { Court, happened, heading, START, states, turns } from './court.ts'

type On<Kind extends AlertCondition['kind']> = Rule & {
  readonly when: Extract<AlertCondition, { readonly kind: Kind }>
}

function of<Kind extends AlertCondition['kind']>(kind: Kind): readonly On<Kind>[] {
  return builtinRules.filter((rule): rule is On<Kind> => rule.when.kind === kind)
}

const named = (name: string): Rule => builtinRules.find((rule) => rule.name === name) as Rule
const METRICS = of('metric')
const FORECASTS = of('forecast')

test('names are unique and every rule is about a metric that has a ring', () => {
  expect(new Set(builtinRules.map((rule) => rule.name)).size).toBe(builtinRules.length)
  for (const { name } of builtinRules) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
  for (const { when } of [...METRICS, ...FORECASTS]) {
    expect(metricOf(when.metric), when.metric).toBeDefined()
    expect(metricOf(when.metric)?.derivation.kind).not.toBe('counter')
  }
})

test('each has one limit inside the metric’s bounds, and clears on its good side', () => {
  for (const { name, when } of METRICS) {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = metricOf(when.metric)?.bounds ?? {}
    const { above, below, clear } = when
    expect(
      [above, below].filter((limit) => limit !== undefined),
      name,
    ).toHaveLength(1)
    if (above !== undefined) {
      expect(above, name).toBeGreaterThanOrEqual(min)
      expect(above, name).toBeLessThan(max)
      expect(clear ?? above, name).toBeLessThanOrEqual(above)
    } else {
      expect(below, name).toBeGreaterThan(min)
      expect(below, name).toBeLessThanOrEqual(max)
      expect(clear ?? below, name).toBeGreaterThanOrEqual(below as number)
    }
  }
})

test('of two rules on one metric the critical one has the limit that is further off', () => {
  for (const critical of METRICS.filter((rule) => rule.severity === 'critical')) {
    for (const other of METRICS.filter(
      ({ when, severity }) => when.metric === critical.when.metric && severity === 'warning',
    )) {
      if (critical.when.below === undefined) expect(critical.when.above).toBeGreaterThan(other.when.above as number)
      else expect(critical.when.below).toBeLessThan(other.when.below as number)
    }
  }
})

test('wording names the subject and the number', () => {
  const say = (name: string, value: number, labels = {}) => {
    const rule = named(name) as On<'metric'>
    return `${rule.subject?.(labels)} ${rule.text?.(value, rule.when.above as number)}`
  }
  expect(say('disk-full', 0.97, { mount: '/var' })).toBe('/var 97 % used')
  expect(say('memory-out', 0.98)).toBe('memory 98 % used')
  expect(say('disks-stalled', 0.65)).toBe('disks every task stalled 65 % of the time')
  expect(say('swap-thrashing', 12.4e6)).toBe('swap 12.4 MB/s read back')
  expect(say('cpu-throttled', 7)).toBe('cpu held back by heat 7 times a second')
  expect(say('files-gone', 0.96)).toBe('open files 96 % of the limit')
  expect(say('conntrack-almost-full', 0.83)).toBe('tracked connections 83 % of the limit')
  expect(say('clock-unsynchronised', 0)).toBe('clock not synchronised')
  expect(say('listen-queue-overflows', 12)).toBe('listen queue overflows: 12 connections a second turned away')
  expect(say('network-errors', 3, { interface: 'eth0' })).toBe('eth0 3 packets a second damaged or not sent')
  expect(say('cpu-too-hot', 97.4)).toBe('cpu 97 °C')
  expect(say('battery-low', 0.08, { battery: 'BAT0' })).toBe('BAT0 8.0 % left')
  expect(say('log-failing', 1)).toBe('log cannot be written')
})

describe('every rule on a metric', () => {
  test.each(METRICS.map((rule) => [rule.name, rule] as const))(
    '%s fires past its limit, after its time',
    (name, rule) => {
      const { above, below, metric } = rule.when
      const limit = above ?? (below as number)
      const wrong = above === undefined ? Math.max(0, limit * 0.999 - 0.001) : limit * 1.001 + 0.001
      const just = new Court([rule])
      for (const at of [0, rule.forMs, 10 * rule.forMs]) expect(just.values(at, { [metric]: limit }).alerts).toEqual([])
      const court = new Court([rule])
      court.values(0, { [metric]: wrong })
      if (rule.forMs > 0) expect(court.values(rule.forMs - 1, { [metric]: wrong }).alerts[0]?.state).toBe('pending')
      const { alerts } = court.values(rule.forMs, { [metric]: wrong })
      expect(alerts).toMatchObject([{ name, state: 'firing', severity: rule.severity }])
      const cleared = court.values(rule.forMs + 1, { [metric]: rule.when.clear ?? limit })
      expect(cleared.alerts).toHaveLength(rule.keepMs > 0 ? 1 : 0)
    },
  )
})

describe('every forecast', () => {
  test.each(FORECASTS.map((rule) => [rule.name, rule] as const))('%s fires within its time', (name, rule) => {
    const { metric, reaches, withinMs } = rule.when
    const facts = (ms: number) => ({
      values: { [`${metric}{mount="/var"}`]: reaches * 0.9 },
      timeTo: (_: string, threshold: number) => (threshold === reaches ? heading(ms) : undefined),
    })
    const far = new Court([rule])
    for (const at of [0, rule.forMs]) expect(far.at(at, facts(withinMs + 1)).alerts).toEqual([])
    const court = new Court([rule])
    court.at(0, facts(withinMs))
    expect(court.at(rule.forMs - 1, facts(withinMs)).alerts[0]?.state).toBe('pending')
    expect(court.at(rule.forMs, facts(withinMs)).alerts).toMatchObject([{ name, state: 'firing' }])
  })

  test('has a rule that tells when it has come true, at the same limit', () => {
    for (const { name, when } of FORECASTS) {
      const limits = METRICS.filter((rule) => rule.when.metric === when.metric)
      // Of swap it is told from a lower share on.
      if (name === 'swap-runs-out') continue
      expect(limits.map((rule) => rule.when.above)).toContain(when.reaches)
    }
  })

  test('says what will be reached', () => {
    const say = (name: string) => {
      const rule = named(name) as On<'forecast'>
      const court = new Court([{ ...rule, forMs: 0 }])
      const key = `${rule.when.metric}${rule.when.metric.startsWith('disk') ? '{mount="/var"}' : ''}`
      const { alerts } = court.at(0, { values: { [key]: 0.5 }, timeTo: () => heading(30 * 60_000) })
      return `${alerts[0]?.subject} ${alerts[0]?.text}`
    }
    expect(say('disk-fills-soon')).toBe('/var 95 % full in 30 min')
    expect(say('inodes-gone-soon')).toBe('/var 95 % of the inodes in 30 min')
    expect(say('memory-runs-out')).toBe('memory 97 % used in 30 min')
    expect(say('files-run-out')).toBe('open files 95 % of the limit in 30 min')
  })
})

describe('every event', () => {
  test.each(of('event').map((rule) => [rule.name, rule] as const))(
    '%s fires when it happens, and for as long as it is kept',
    (_, rule) => {
      const others = EVENT_KINDS.filter((kind) => kind !== rule.when.event).map((kind) => happened(kind, 'it'))
      expect(new Court([rule]).at(0, { events: others }).alerts).toEqual([])
      const court = new Court([rule])
      expect(states(court.at(0, { events: [happened(rule.when.event, 'it')] }))).toEqual([`${rule.name} it firing`])
      expect(turns(court.at(rule.keepMs - 1))).toEqual([])
      expect(turns(court.at(rule.keepMs))).toEqual([`resolved ${rule.name} cleared`])
      for (const end of rule.until ?? []) {
        court.at(rule.keepMs, { events: [happened(rule.when.event, 'it')] })
        expect(turns(court.at(rule.keepMs, { events: [happened(end, 'it')] }))).toEqual([
          `resolved ${rule.name} cleared`,
        ])
      }
    },
  )

  test('an interface of a container goes down without a word', () => {
    const interfaces = ['eth0', 'veth1'].map((name) => ({ name, up: false, virtual: name === 'veth1' }))
    const events = interfaces.map(({ name }) => happened('interface_down', name))
    expect(states(new Court([named('interface-down')]).at(0, { events, interfaces }))).toEqual([
      'interface-down eth0 firing',
    ])
  })
})

describe('checks and processes', () => {
  const up = statusOf({ definition: MAIL.definition })

  test('down at once, as the check itself has waited; slow after a minute; flapping at once', () => {
    const court = new Court(builtinRules)
    expect(court.at(0, { checks: [up] }).alerts).toEqual([])
    const { alerts } = court.at(1000, { checks: [MAIL, API, QUEUE] })
    expect(alerts.map(({ name, state, severity }) => `${name} ${state} ${severity}`)).toEqual([
      'check-down firing critical',
      'check-flapping firing warning',
      'check-degraded pending warning',
    ])
    expect(turns(court.at(60_999, { checks: [MAIL, API, QUEUE] }))).toEqual([])
    expect(turns(court.at(61_000, { checks: [MAIL, API, QUEUE] }))).toEqual(['firing check-degraded'])
  })

  test('a watched process that is gone for ten seconds, or starts over and over', () => {
    const gone = { ...WATCHED, label: 'node', state: 'gone', instances: [] } as const
    const court = new Court(builtinRules)
    court.at(0, { watched: gone })
    expect(turns(court.at(9999, { watched: gone }))).toEqual([])
    expect(turns(court.at(10_000, { watched: gone }))).toEqual(['firing process-gone'])
    const runs = [0, 1, 2, 3].map((ago) => ({ pid: ago, startedMs: START - ago * 60_000 }))
    const back = court.at(11_000, { watched: { ...WATCHED, label: 'node', restarts: 3, runs } })
    expect(turns(back)).toEqual(['firing process-restarting', 'resolved process-gone cleared'])
  })

  test('a process that a check is for is told by the check alone', () => {
    const missing = {
      ...MAIL,
      definition: { ...MAIL.definition, name: 'nginx', type: 'process' },
      reason: 'missing',
    }
    const court = new Court(builtinRules)
    court.at(0, { checks: [missing] })
    expect(states(court.at(60_000, { checks: [missing] }))).toEqual(['check-down nginx firing'])
  })
})
