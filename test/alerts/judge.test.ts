import { describe, expect, test } from 'vitest'
import { type AlertState, HOLD_MS, judge, NO_ALERTS, type Transition } from '../../src/alerts/judge.ts'
import type { Rule } from '../../src/alerts/rule.ts'
import type { Alert } from '../../src/model/alert.ts'
import { parseSeriesKey } from '../../src/model/series.ts'

const rule = (over: Partial<Rule>): Rule => ({
  name: 'full',
  metric: 'disk_used_ratio',
  above: 0.9,
  forMs: 60_000,
  severity: 'warning',
  subject: (labels) => labels.mount ?? '',
  text: (value) => `${Math.round(value * 100)} % used`,
  ...over,
})

/** A judge with hand-driven clocks; the wall clock may be moved without the monotonic one. */
function court(rules: readonly Rule[]) {
  let state: AlertState = NO_ALERTS
  let now = 0
  let current = rules
  return {
    wallOffset: 1_000_000,
    set rules(next: readonly Rule[]) {
      current = next
    },
    at(
      monoMs: number,
      values: Record<string, number>,
    ): { alerts: readonly Alert[]; transitions: readonly Transition[] } {
      expect(monoMs).toBeGreaterThanOrEqual(now)
      now = monoMs
      const keys = (name: string) => Object.keys(values).filter((key) => parseSeriesKey(key).name === name)
      const result = judge(state, current, { keys, value: (key) => values[key] }, this.wallOffset + monoMs, monoMs)
      state = result.state
      return result
    },
  }
}

const ROOT = 'disk_used_ratio{mount="/"}'
const VAR = 'disk_used_ratio{mount="/var"}'
const states = ({ alerts }: { alerts: readonly Alert[] }) =>
  alerts.map((alert) => `${alert.name} ${alert.subject} ${alert.state}`)
const turns = ({ transitions }: { transitions: readonly Transition[] }) =>
  transitions.map(({ kind, alert, why }) => [kind, alert.name, ...(why === undefined ? [] : [why])].join(' '))

describe('for:', () => {
  test('pending until it has held for long enough, then firing, and says so once', () => {
    const bench = court([rule({})])
    expect(states(bench.at(0, { [ROOT]: 0.9 }))).toEqual([])
    expect(states(bench.at(1000, { [ROOT]: 0.91 }))).toEqual(['full / pending'])
    expect(turns(bench.at(60_999, { [ROOT]: 0.92 }))).toEqual([])
    const fired = bench.at(61_000, { [ROOT]: 0.93 })
    expect(states(fired)).toEqual(['full / firing'])
    expect(turns(fired)).toEqual(['firing full'])
    expect(fired.alerts[0]).toMatchObject({
      sinceMs: 1_001_000,
      value: 0.93,
      threshold: 0.9,
      direction: 'above',
      text: '93 % used',
    })
    expect(turns(bench.at(62_000, { [ROOT]: 0.94 }))).toEqual([])
  })

  test('one look at a good value starts it over', () => {
    const bench = court([rule({})])
    bench.at(0, { [ROOT]: 0.95 })
    expect(states(bench.at(59_000, { [ROOT]: 0.5 }))).toEqual([])
    bench.at(60_000, { [ROOT]: 0.95 })
    expect(states(bench.at(119_000, { [ROOT]: 0.95 }))).toEqual(['full / pending'])
    expect(states(bench.at(120_000, { [ROOT]: 0.95 }))).toEqual(['full / firing'])
  })

  test('runs on the monotonic clock: a wall clock that jumps an hour fires nothing', () => {
    const bench = court([rule({})])
    bench.at(0, { [ROOT]: 0.95 })
    bench.wallOffset += 3_600_000
    expect(states(bench.at(1000, { [ROOT]: 0.95 }))).toEqual(['full / pending'])
  })

  test('of no length fires at once', () => {
    const bench = court([rule({ forMs: 0 })])
    expect(turns(bench.at(0, { [ROOT]: 0.95 }))).toEqual(['firing full'])
  })
})

describe('the end', () => {
  test('comes only past `clear`, and tells the peak and how long it held', () => {
    const bench = court([rule({ forMs: 0, clear: 0.85 })])
    bench.at(0, { [ROOT]: 0.95 })
    bench.at(1000, { [ROOT]: 0.97 })
    expect(states(bench.at(2000, { [ROOT]: 0.86 }))).toEqual(['full / firing'])
    const over = bench.at(3000, { [ROOT]: 0.85 })
    expect(states(over)).toEqual([])
    expect(turns(over)).toEqual(['resolved full cleared'])
    expect(over.transitions[0]).toMatchObject({ heldMs: 3000, peak: 0.97 })
  })

  test('waits for `keep`, which starts over when it gets worse again', () => {
    const bench = court([rule({ forMs: 0, keepMs: 10_000 })])
    bench.at(0, { [ROOT]: 0.95 })
    bench.at(1000, { [ROOT]: 0.5 })
    bench.at(9000, { [ROOT]: 0.95 })
    expect(states(bench.at(12_000, { [ROOT]: 0.5 }))).toEqual(['full / firing'])
    expect(states(bench.at(21_999, { [ROOT]: 0.5 }))).toEqual(['full / firing'])
    expect(turns(bench.at(22_000, { [ROOT]: 0.5 }))).toEqual(['resolved full cleared'])
  })

  test('a value that is not known leaves it as it is for a minute, then it is gone', () => {
    const bench = court([rule({ forMs: 0 })])
    bench.at(0, { [ROOT]: 0.95 })
    expect(states(bench.at(HOLD_MS, {}))).toEqual(['full / firing'])
    expect(turns(bench.at(HOLD_MS + 1, {}))).toEqual(['resolved full unknown'])
  })

  test('a short silence neither fires nor ends what is pending', () => {
    const bench = court([rule({ forMs: 10_000 })])
    bench.at(0, { [ROOT]: 0.95 })
    expect(states(bench.at(11_000, {}))).toEqual(['full / pending'])
    expect(turns(bench.at(12_000, { [ROOT]: 0.95 }))).toEqual(['firing full'])
  })

  test('comes when the rule is removed', () => {
    const bench = court([rule({ forMs: 0 })])
    bench.at(0, { [ROOT]: 0.95 })
    bench.rules = []
    expect(turns(bench.at(1000, { [ROOT]: 0.95 }))).toEqual(['resolved full removed'])
  })
})

describe('selection', () => {
  test('each series of the metric is judged for itself, `where` leaves only some', () => {
    const all = court([rule({ forMs: 0 })])
    expect(states(all.at(0, { [ROOT]: 0.95, [VAR]: 0.91, memory_used_ratio: 1 }))).toEqual([
      'full / firing',
      'full /var firing',
    ])
    const one = court([rule({ forMs: 0, where: { mount: '/var' } })])
    expect(states(one.at(0, { [ROOT]: 0.95, [VAR]: 0.91 }))).toEqual(['full /var firing'])
  })

  test('`below` is wrong on the other side, its peak is the least', () => {
    const { above: _, ...base } = rule({ forMs: 0, clear: 0.2 })
    const bench = court([{ ...base, below: 0.1 }])
    expect(states(bench.at(0, { [ROOT]: 0.1 }))).toEqual([])
    bench.at(1000, { [ROOT]: 0.05 })
    bench.at(2000, { [ROOT]: 0.07 })
    expect(states(bench.at(3000, { [ROOT]: 0.19 }))).toEqual(['full / firing'])
    expect(bench.at(4000, { [ROOT]: 0.2 }).transitions[0]).toMatchObject({ kind: 'resolved', peak: 0.05 })
  })
})

describe('two severities on one series', () => {
  const both = [
    rule({ name: 'almost', above: 0.9, forMs: 0 }),
    rule({ name: 'full', above: 0.95, forMs: 0, severity: 'critical' }),
  ]

  test('only the worst shows; easing is a turn to warning, not well again', () => {
    const bench = court(both)
    expect(turns(bench.at(0, { [ROOT]: 0.92 }))).toEqual(['firing almost'])
    const worse = bench.at(1000, { [ROOT]: 0.96 })
    expect(states(worse)).toEqual(['full / firing'])
    expect(turns(worse)).toEqual(['firing full'])
    const eased = bench.at(2000, { [ROOT]: 0.93 })
    expect(states(eased)).toEqual(['almost / firing'])
    expect(turns(eased)).toEqual(['firing almost'])
    const well = bench.at(3000, { [ROOT]: 0.5 })
    expect(turns(well)).toEqual(['resolved almost cleared'])
    expect(well.transitions[0]).toMatchObject({ heldMs: 3000, peak: 0.96 })
  })

  test('from critical straight to well is told once', () => {
    const bench = court(both)
    bench.at(0, { [ROOT]: 0.99 })
    expect(turns(bench.at(1000, { [ROOT]: 0.1 }))).toEqual(['resolved full cleared'])
  })

  test('a critical one that is only pending does not hide the warning that fires', () => {
    const bench = court([both[0]!, { ...both[1]!, forMs: 60_000 }])
    expect(states(bench.at(0, { [ROOT]: 0.99 }))).toEqual(['almost / firing'])
  })

  test('two rules of the same severity both show', () => {
    const bench = court([rule({ name: 'a', forMs: 0 }), rule({ name: 'b', forMs: 0, above: 0.95 })])
    bench.at(0, { [ROOT]: 0.99 })
    const eased = bench.at(1000, { [ROOT]: 0.93 })
    expect(states(eased)).toEqual(['a / firing'])
    expect(turns(eased)).toEqual(['resolved b cleared'])
  })
})

test('firing stands before pending, critical before warning, newest first', () => {
  const bench = court([
    rule({ name: 'pending', metric: 'swap_used_ratio', severity: 'critical' }),
    rule({ name: 'older', forMs: 0, where: { mount: '/' } }),
    rule({ name: 'newer', forMs: 0, where: { mount: '/var' } }),
    rule({ name: 'critical', metric: 'memory_used_ratio', forMs: 0, severity: 'critical' }),
  ])
  bench.at(0, { [ROOT]: 0.95, memory_used_ratio: 0.95, swap_used_ratio: 0.95 })
  const { alerts } = bench.at(1000, { [ROOT]: 0.95, [VAR]: 0.95, memory_used_ratio: 0.95, swap_used_ratio: 0.95 })
  expect(alerts.map((alert) => alert.name)).toEqual(['critical', 'newer', 'older', 'pending'])
})

test('the state of before is left as it was', () => {
  const rules = [rule({ forMs: 0 })]
  const bad = { keys: () => [ROOT], value: () => 0.95 }
  const first = judge(NO_ALERTS, rules, bad, 0, 0)
  const again = judge(NO_ALERTS, rules, bad, 0, 0)
  judge(first.state, rules, { keys: () => [ROOT], value: () => 0.1 }, 1000, 1000)
  expect(first.state).toEqual(again.state)
  expect(NO_ALERTS.size).toBe(0)
})

test('an alert on what was taken away ends at once, one on what is only not known is held', () => {
  const rules = [rule({ forMs: 0 })]
  const full = { 'disk_used_ratio{mount="/data"}': 0.97 }
  const firing = judge(NO_ALERTS, rules, { keys: () => Object.keys(full), value: () => 0.97 }, 0, 0).state
  const unknown = { keys: () => [], value: () => undefined }
  expect(judge(firing, rules, unknown, 1000, 1000).alerts).toHaveLength(1)
  const gone = judge(firing, rules, { ...unknown, gone: () => true }, 1000, 1000)
  expect(gone.alerts).toEqual([])
  expect(gone.transitions).toMatchObject([{ kind: 'resolved', why: 'gone' }])
})
