import { describe, expect, test } from 'vitest'
import { NO_ALERTS } from '../../src/alerts/active.ts'
import { HOLD_MS } from '../../src/alerts/advance.ts'
import { judge } from '../../src/alerts/judge.ts'
import { above, Court, HOUR, heading, MINUTE, rule, START, states, timed, turns, worldOf } from './court.ts'

const ROOT = 'disk_used_ratio{mount="/"}'
const VAR = 'disk_used_ratio{mount="/var"}'
const AT_ONCE = { forMs: 0 }

describe('for:', () => {
  test('pending until it has held for long enough, then firing, each told once', () => {
    const court = new Court([rule()])
    expect(states(court.values(0, { [ROOT]: 0.9 }))).toEqual([])
    const begun = court.values(1000, { [ROOT]: 0.91 })
    expect(states(begun)).toEqual(['full / pending'])
    expect(turns(begun)).toEqual(['pending full'])
    expect(turns(court.values(60_999, { [ROOT]: 0.92 }))).toEqual([])
    const fired = court.values(61_000, { [ROOT]: 0.93 })
    expect(states(fired)).toEqual(['full / firing'])
    expect(turns(fired)).toEqual(['firing full'])
    expect(fired.alerts[0]).toEqual({
      id: `full ${ROOT} ${START + 1000}`,
      name: 'full',
      kind: 'metric',
      state: 'firing',
      severity: 'warning',
      series: ROOT,
      value: 0.93,
      threshold: 0.9,
      direction: 'above',
      labels: { mount: '/' },
      subject: '/',
      text: '93 % used',
      sinceMs: START + 1000,
      firedMs: START + 61_000,
      peak: 0.93,
      rule: 'disk_used_ratio above 90 % for 1 min',
      origin: 'built-in',
    })
    expect(turns(court.values(62_000, { [ROOT]: 0.94 }))).toEqual([])
  })

  test('one look at a good value drops what is pending without a word, and it starts over', () => {
    const court = new Court([rule()])
    court.values(0, { [ROOT]: 0.95 })
    const dropped = court.values(59_000, { [ROOT]: 0.5 })
    expect(states(dropped)).toEqual([])
    expect(dropped.transitions).toEqual([])
    court.values(60_000, { [ROOT]: 0.95 })
    expect(states(court.values(119_000, { [ROOT]: 0.95 }))).toEqual(['full / pending'])
    expect(states(court.values(120_000, { [ROOT]: 0.95 }))).toEqual(['full / firing'])
  })

  test('runs on the monotonic clock: a wall clock that jumps an hour fires nothing', () => {
    const court = new Court([rule()])
    court.values(0, { [ROOT]: 0.95 })
    court.wallOffsetMs += HOUR
    expect(states(court.values(1000, { [ROOT]: 0.95 }))).toEqual(['full / pending'])
    court.wallOffsetMs -= 2 * HOUR
    expect(turns(court.values(60_000, { [ROOT]: 0.95 }))).toEqual(['firing full'])
  })

  test('of no length fires at once', () => {
    expect(turns(new Court([rule(AT_ONCE)]).values(0, { [ROOT]: 0.95 }))).toEqual(['firing full'])
  })
})

describe('the end', () => {
  test('comes only past `clear`, and tells the peak and how long it held', () => {
    const court = new Court([rule({ forMs: 0, when: above(0.9, 0.85) })])
    court.values(0, { [ROOT]: 0.95 })
    court.values(1000, { [ROOT]: 0.97 })
    expect(states(court.values(2000, { [ROOT]: 0.86 }))).toEqual(['full / firing'])
    const over = court.values(3000, { [ROOT]: 0.85 })
    expect(states(over)).toEqual([])
    expect(turns(over)).toEqual(['resolved full cleared'])
    expect(over.transitions[0]).toMatchObject({ heldMs: 3000, peak: 0.97, alert: { value: 0.85 } })
  })

  test('waits for `keep`, which starts over when it gets worse again', () => {
    const court = new Court([rule({ forMs: 0, keepMs: 10_000 })])
    court.values(0, { [ROOT]: 0.95 })
    court.values(1000, { [ROOT]: 0.5 })
    court.values(9000, { [ROOT]: 0.95 })
    expect(states(court.values(12_000, { [ROOT]: 0.5 }))).toEqual(['full / firing'])
    expect(states(court.values(21_999, { [ROOT]: 0.5 }))).toEqual(['full / firing'])
    expect(turns(court.values(22_000, { [ROOT]: 0.5 }))).toEqual(['resolved full cleared'])
  })

  test('comes when the rule is removed, or is about something else', () => {
    for (const others of [[], [rule({ forMs: 0, when: { ...above(0.9), where: { mount: '/var' } } as never })]]) {
      const court = new Court([rule(AT_ONCE)])
      court.values(0, { [ROOT]: 0.95 })
      court.rules = others
      expect(turns(court.values(1000, { [ROOT]: 0.95 }))).toEqual(['resolved full removed'])
    }
  })

  test('another limit in the rule of that name is no other alert', () => {
    const court = new Court([rule(AT_ONCE)])
    const { alerts } = court.values(0, { [ROOT]: 0.95 })
    court.rules = [rule({ forMs: 0, when: above(0.8), severity: 'critical', labels: { team: 'web' } })]
    const now = court.values(1000, { [ROOT]: 0.85 })
    expect(turns(now)).toEqual([])
    expect(now.alerts).toMatchObject([
      { id: alerts[0]?.id, threshold: 0.8, severity: 'critical', labels: { mount: '/', team: 'web' } },
    ])
  })
})

describe('a value that is not known', () => {
  test('leaves all as it is for a minute; then one that fires has no data, for as long as it takes', () => {
    const court = new Court([rule(AT_ONCE)])
    court.values(1000, { [ROOT]: 0.95 })
    const held = court.values(1000 + HOLD_MS, {})
    expect(held.alerts[0]?.noDataMs).toBeUndefined()
    expect(turns(held)).toEqual([])
    const silent = court.values(1001 + HOLD_MS, {})
    expect(turns(silent)).toEqual(['no data full'])
    expect(silent.alerts).toMatchObject([{ state: 'firing', value: 0.95, noDataMs: START + 1000 }])
    const later = court.values(24 * HOUR, {})
    expect(turns(later)).toEqual([])
    expect(later.alerts).toMatchObject([{ state: 'firing', noDataMs: START + 1000 }])
    const back = court.values(24 * HOUR + 1000, { [ROOT]: 0.96 })
    expect(turns(back)).toEqual(['data again full'])
    expect(back.alerts[0]).not.toHaveProperty('noDataMs')
    expect(back.alerts[0]).toMatchObject({ id: silent.alerts[0]?.id, value: 0.96 })
  })

  test('that comes back well resolves it then, and only then', () => {
    const court = new Court([rule(AT_ONCE)])
    court.values(0, { [ROOT]: 0.95 })
    court.values(2 * MINUTE, {})
    expect(turns(court.values(3 * MINUTE, { [ROOT]: 0.5 }))).toEqual(['resolved full cleared'])
  })

  test('neither fires nor ends what is pending, and drops it after a minute', () => {
    const court = new Court([rule({ forMs: 10_000 })])
    court.values(0, { [ROOT]: 0.95 })
    expect(states(court.values(11_000, {}))).toEqual(['full / pending'])
    expect(turns(court.values(12_000, { [ROOT]: 0.95 }))).toEqual(['firing full'])
    const other = new Court([rule()])
    other.values(0, { [ROOT]: 0.95 })
    expect(states(other.values(HOLD_MS, {}))).toEqual(['full / pending'])
    const dropped = other.values(HOLD_MS + 1, {})
    expect(states(dropped)).toEqual([])
    expect(dropped.transitions).toEqual([])
  })

  test('of what is gone ends it at once', () => {
    const court = new Court([rule(AT_ONCE)])
    court.values(0, { [ROOT]: 0.95 })
    expect(turns(court.at(1000, { gone: (key) => key === ROOT }))).toEqual(['resolved full gone'])
  })

  test('does not let `keep` run out', () => {
    const court = new Court([rule({ forMs: 0, keepMs: 10_000 })])
    court.values(0, { [ROOT]: 0.95 })
    court.values(1000, { [ROOT]: 0.5 })
    expect(states(court.values(50_000, {}))).toEqual(['full / firing'])
    expect(turns(court.values(51_000, { [ROOT]: 0.5 }))).toEqual(['resolved full cleared'])
  })
})

describe('several severities on one series', () => {
  const both = [
    rule({ name: 'almost', forMs: 0 }),
    rule({ name: 'full', when: above(0.95), forMs: 0, severity: 'critical' }),
  ]

  test('only the worst shows; easing is a turn to warning, not well again', () => {
    const court = new Court(both)
    expect(turns(court.values(0, { [ROOT]: 0.92 }))).toEqual(['firing almost'])
    const worse = court.values(1000, { [ROOT]: 0.96 })
    expect(states(worse)).toEqual(['full / firing'])
    expect(turns(worse)).toEqual(['firing full'])
    const eased = court.values(2000, { [ROOT]: 0.93 })
    expect(states(eased)).toEqual(['almost / firing'])
    expect(turns(eased)).toEqual(['firing almost'])
    // Its record ends all the same.
    expect(eased.transitions).toMatchObject([
      { kind: 'firing' },
      { kind: 'resolved', resolution: 'cleared', quiet: true, alert: { name: 'full' } },
    ])
    const well = court.values(3000, { [ROOT]: 0.5 })
    expect(turns(well)).toEqual(['resolved almost cleared'])
    expect(well.transitions[0]).toMatchObject({ heldMs: 3000, peak: 0.96 })
  })

  test('from critical straight to well is told once, and ends the record of the one it covered', () => {
    const court = new Court(both)
    court.values(0, { [ROOT]: 0.92 })
    court.values(1000, { [ROOT]: 0.99 })
    const { transitions } = court.values(2000, { [ROOT]: 0.1 })
    expect(transitions.map(({ alert, quiet }) => [alert.name, quiet])).toEqual([
      ['almost', true],
      ['full', undefined],
    ])
  })

  test('one that was never told of ends without a word', () => {
    const court = new Court(both)
    court.values(0, { [ROOT]: 0.99 })
    expect(court.values(1000, { [ROOT]: 0.1 }).transitions.map(({ alert }) => alert.name)).toEqual(['full'])
  })

  test('a critical one that is only pending does not hide the warning that fires', () => {
    const court = new Court([both[0]!, { ...both[1]!, forMs: MINUTE }])
    expect(states(court.values(0, { [ROOT]: 0.99 }))).toEqual(['almost / firing'])
  })

  test('two rules of the same severity both show', () => {
    const court = new Court([rule({ name: 'a', forMs: 0 }), rule({ name: 'b', forMs: 0, when: above(0.95) })])
    court.values(0, { [ROOT]: 0.99 })
    const eased = court.values(1000, { [ROOT]: 0.93 })
    expect(states(eased)).toEqual(['a / firing'])
    expect(turns(eased)).toEqual(['resolved b cleared'])
  })
})

describe('rules of a configuration on one series', () => {
  const origin = 'healthtop.yaml:3'
  const almost = rule({ name: 'almost', forMs: 0, origin })
  const full = rule({ name: 'full', when: above(0.95), forMs: 0, severity: 'critical', origin })

  test('all show, whatever fires beside them', () => {
    const court = new Court([almost, full, { ...almost, name: 'later', forMs: MINUTE }])
    expect(states(court.values(0, { [ROOT]: 0.99 }))).toEqual(['full / firing', 'almost / firing', 'later / pending'])
    expect(turns(court.values(1000, { [ROOT]: 0.93 }))).toEqual(['resolved full cleared'])
    expect(turns(court.values(2000, { [ROOT]: 0.5 }))).toEqual(['resolved almost cleared'])
  })

  test('a built-in one gives way where it is no worse', () => {
    const ours = rule({ name: 'ours', forMs: 0 })
    expect(states(new Court([ours, almost]).values(0, { [ROOT]: 0.99 }))).toEqual(['almost / firing'])
    const worse = { ...ours, severity: 'critical' } as const
    expect(states(new Court([worse, almost]).values(0, { [ROOT]: 0.99 }))).toEqual(['ours / firing', 'almost / firing'])
  })

  test('one in the place of a built-in one gives way as that did', () => {
    const court = new Court([{ ...almost, replaces: true }, rule({ ...full, origin: 'built-in' })])
    expect(states(court.values(0, { [ROOT]: 0.99 }))).toEqual(['full / firing'])
  })
})

describe('a forecast and the rule of its limit', () => {
  const when = { kind: 'forecast', metric: 'disk_used_ratio', where: {}, reaches: 0.95, withinMs: 4 * HOUR } as const
  const soon = rule({ name: 'soon', when, forMs: 20_000 })
  const full = rule({ name: 'full', when: above(0.95), severity: 'critical' })
  const facts = (value: number, timeTo: ReturnType<typeof heading>) => ({
    values: { [ROOT]: value },
    timeTo: () => timeTo,
  })

  test('the forecast is told first, fires on while the limit waits, and comes true when it fires', () => {
    const court = new Court([soon, full])
    court.at(0, facts(0.9, heading(HOUR)))
    expect(turns(court.at(20_000, facts(0.91, heading(HOUR))))).toEqual(['firing soon'])
    const passed = court.at(60_000, facts(0.951, timed('reached')))
    expect(states(passed)).toEqual(['soon / firing'])
    expect(turns(passed)).toEqual(['pending full'])
    const fired = court.at(120_000, facts(0.96, timed('reached')))
    expect(states(fired)).toEqual(['full / firing'])
    expect(turns(fired)).toEqual(['firing full'])
    expect(fired.transitions.find(({ kind }) => kind === 'resolved')).toMatchObject({
      alert: { name: 'soon' },
      resolution: 'reached',
      quiet: true,
    })
    expect(court.through(121_000, 200_000, () => facts(0.97, timed('reached')))).toEqual([])
  })

  test('says nothing of a limit that was passed before anybody looked', () => {
    const court = new Court([soon, full])
    expect(court.through(0, 59_000, () => facts(0.97, timed('reached')))).toEqual(['pending full'])
    expect(turns(court.at(60_000, facts(0.97, timed('reached'))))).toEqual(['firing full'])
  })

  test('with no other rule it tells that the limit is reached', () => {
    const court = new Court([{ ...soon, forMs: 0 }])
    expect(court.at(0, facts(0.97, timed('reached'))).alerts).toMatchObject([{ name: 'soon', text: '95 % now' }])
    expect(turns(court.at(1000, facts(0.5, timed('steady'))))).toEqual(['resolved soon reached'])
  })

  test('a lower limit is another matter', () => {
    const court = new Court([{ ...soon, forMs: 0 }, rule({ name: 'almost', forMs: 0 })])
    expect(states(court.at(0, facts(0.92, heading(HOUR))))).toEqual(['soon / firing', 'almost / firing'])
  })
})

test('firing stands before pending, critical before warning, newest first', () => {
  const on = (metric: string, where = {}) => ({ kind: 'metric', metric, where, above: 0.9 }) as const
  const court = new Court([
    rule({ name: 'pending', when: on('swap_used_ratio'), severity: 'critical' }),
    rule({ name: 'older', forMs: 0, when: on('disk_used_ratio', { mount: '/' }) }),
    rule({ name: 'newer', forMs: 0, when: on('disk_used_ratio', { mount: '/var' }) }),
    rule({ name: 'critical', when: on('memory_used_ratio'), forMs: 0, severity: 'critical' }),
  ])
  court.values(0, { [ROOT]: 0.95, memory_used_ratio: 0.95, swap_used_ratio: 0.95 })
  const { alerts } = court.values(1000, { [ROOT]: 0.95, [VAR]: 0.95, memory_used_ratio: 0.95, swap_used_ratio: 0.95 })
  expect(alerts.map((alert) => alert.name)).toEqual(['critical', 'newer', 'older', 'pending'])
})

test('the state of before is left as it was', () => {
  const rules = [rule(AT_ONCE)]
  const bad = worldOf({ values: { [ROOT]: 0.95 } })
  const first = judge(NO_ALERTS, rules, bad, 0, 0)
  const again = judge(NO_ALERTS, rules, bad, 0, 0)
  judge(first.state, rules, worldOf({ values: { [ROOT]: 0.1 } }), 1000, 1000)
  expect(first.state).toEqual(again.state)
  expect(NO_ALERTS.size).toBe(0)
})

test('series that come and go while the judge remembers the others', () => {
  const court = new Court([rule({ forMs: 0, when: { ...above(0.9), where: { type: 'ext4' } } as never })])
  const [a, b, c] = ['/a', '/b', '/c'].map((mount) => `disk_used_ratio{mount="${mount}",type="ext4"}`) as [
    string,
    string,
    string,
  ]
  const other = 'disk_used_ratio{mount="/d",type="xfs"}'
  expect(states(court.values(0, { [a]: 0.95, [other]: 1 }))).toEqual(['full /a firing'])
  expect(states(court.values(1000, { [b]: 0.95, [a]: 0.95, [other]: 1 }))).toEqual(['full /b firing', 'full /a firing'])
  expect(states(court.at(2000, { values: { [c]: 0.95, [other]: 1 }, gone: (key) => key === a }))).toEqual([
    'full /c firing',
    'full /b firing',
  ])
})

describe('an alert of an earlier run', () => {
  const earlier = (state: 'pending' | 'firing' = 'firing', ageMs = 10 * MINUTE) => {
    const court = new Court([rule(state === 'firing' ? AT_ONCE : {})])
    court.wallOffsetMs = START - ageMs
    return court.values(0, { [ROOT]: 0.95 }).alerts[0]!
  }

  test('fires on with no data, is not told again, and goes on when there is a value', () => {
    const alert = earlier()
    const court = new Court([rule(AT_ONCE)])
    expect(court.revive(alert, 0)).toBe(true)
    const silent = court.values(1000, {})
    expect(turns(silent)).toEqual([])
    expect(silent.alerts).toMatchObject([{ id: alert.id, sinceMs: alert.sinceMs, state: 'firing', noDataMs: START }])
    expect(turns(court.values(5 * MINUTE, {}))).toEqual([])
    const back = court.values(6 * MINUTE, { [ROOT]: 0.96 })
    expect(turns(back)).toEqual([])
    expect(back.alerts).toMatchObject([{ id: alert.id, firedMs: alert.firedMs, value: 0.96 }])
    const over = court.values(7 * MINUTE, { [ROOT]: 0.5 })
    expect(over.transitions).toMatchObject([{ kind: 'resolved', resolution: 'cleared', heldMs: 17 * MINUTE }])
  })

  test('is none without its rule', () => {
    expect(new Court([]).revive(earlier(), 0)).toBe(false)
    expect(new Court([rule({ when: above(0.9), name: 'other' })]).revive(earlier(), 0)).toBe(false)
    const elsewhere = rule({ when: { kind: 'metric', metric: 'disk_used_ratio', where: { mount: '/x' }, above: 0.9 } })
    expect(new Court([elsewhere]).revive(earlier(), 0)).toBe(false)
  })

  test('that was pending waits on, unless it would have fired long ago', () => {
    const court = new Court([rule()])
    expect(court.revive(earlier('pending', 50_000), 0)).toBe(true)
    expect(states(court.values(1000, {}))).toEqual(['full / pending'])
    expect(turns(court.values(9000, { [ROOT]: 0.95 }))).toEqual([])
    expect(turns(court.values(10_000, { [ROOT]: 0.95 }))).toEqual(['firing full'])
    expect(new Court([rule()]).revive(earlier('pending', 2 * MINUTE + 1), 0)).toBe(false)
  })

  test('from a clock that was ahead began now', () => {
    const court = new Court([rule(AT_ONCE)])
    court.revive(earlier('firing', -HOUR), 0)
    expect(court.values(1000, { [ROOT]: 0.1 }).transitions).toMatchObject([{ kind: 'resolved', heldMs: 1000 }])
  })
})

test('on its way back an alert says where it is, not that it is past its limit', () => {
  const when = { kind: 'metric', metric: 'load_1m', where: {}, above: 10, clear: 5 } as const
  const court = new Court([rule({ name: 'load', when, forMs: 0, origin: 'healthtop.yaml:3' })])
  const text = (second: number, load: number) => court.values(second * 1000, { load_1m: load }).alerts[0]?.text
  expect(text(0, 15)).toBe('15 > 10')
  expect(text(1, 8)).toBe('8, limit 10')
  expect(text(2, 4)).toBeUndefined()
})
