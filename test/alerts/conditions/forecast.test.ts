import { expect, test } from 'vitest'
import { Court, HOUR, heading, MINUTE, rule, START, states, timed, turns } from '../court.ts'

const ROOT = 'disk_used_ratio{mount="/"}'
const SOON = rule({
  name: 'soon',
  forMs: 20_000,
  when: { kind: 'forecast', metric: 'disk_used_ratio', where: {}, reaches: 0.95, withinMs: 4 * HOUR },
})

const facts = (timeTo: ReturnType<typeof heading> | undefined, value = 0.84) => ({
  values: { [ROOT]: value },
  timeTo: (_: string, threshold: number) => (threshold === 0.95 ? timeTo : undefined),
})

test('wrong while the limit will likely be reached within the time, and says when', () => {
  const court = new Court([SOON])
  expect(states(court.at(0, facts(heading(4 * HOUR + 1))))).toEqual([])
  expect(turns(court.at(1000, facts(heading(4 * HOUR))))).toEqual(['pending soon'])
  const fired = court.at(21_000, facts(heading(3 * HOUR + 10 * MINUTE, START + 21_000)))
  expect(turns(fired)).toEqual(['firing soon'])
  expect(fired.alerts).toMatchObject([
    {
      kind: 'forecast',
      value: 0.84,
      threshold: 0.95,
      direction: 'above',
      text: '95 % in 3 h 10 m',
      ahead: { asOfMs: START + 21_000, eta: { likely: 11_400 } },
      rule: 'disk_used_ratio reaches 95 % within 4 h for 20 s',
    },
  ])
})

test('the time that is left counts down between two looks', () => {
  const court = new Court([{ ...SOON, forMs: 0 }])
  const said = heading(10 * MINUTE)
  court.at(0, facts(said))
  expect(court.at(3 * MINUTE, facts(said)).alerts[0]?.text).toBe('95 % in 7 min')
})

test('one that moves about its time does not flap: it is withdrawn beyond a quarter more, or when it is steady', () => {
  for (const end of [heading(5 * HOUR + 1), timed('steady')]) {
    const court = new Court([{ ...SOON, forMs: 0 }])
    court.at(0, facts(heading(3 * HOUR)))
    expect(turns(court.at(1000, facts(heading(5 * HOUR))))).toEqual([])
    expect(turns(court.at(2000, facts(heading(3.9 * HOUR))))).toEqual([])
    const over = court.at(3000, facts(end))
    expect(turns(over)).toEqual(['resolved soon withdrawn'])
    expect(over.transitions[0]?.alert.text).toBe('95 % in 3 h 53 m')
  }
})

test('what is not known for now leaves it as it was, pending or firing', () => {
  for (const nothing of [timed('too soon'), timed('unknown'), undefined]) {
    const court = new Court([SOON])
    court.at(0, facts(heading(HOUR)))
    expect(states(court.at(30_000, facts(nothing)))).toEqual(['soon / pending'])
    expect(states(court.at(31_000, facts(heading(HOUR))))).toEqual(['soon / firing'])
    const held = court.at(2 * MINUTE, facts(nothing))
    expect(turns(held)).toEqual([])
    expect(held.alerts[0]?.ahead?.eta.likely).toBe(3600)
  }
})

test('a forecast that nothing has confirmed is withdrawn when its latest time is over', () => {
  const court = new Court([{ ...SOON, forMs: 0 }])
  court.at(0, facts(heading(HOUR)))
  expect(turns(court.at(1.3 * HOUR, facts(timed('too soon'))))).toEqual([])
  expect(turns(court.at(1.3 * HOUR + 1, facts(timed('too soon'))))).toEqual(['resolved soon withdrawn'])
})

test('a limit that is passed is reached, whatever is said of the way back to it', () => {
  const court = new Court([{ ...SOON, forMs: 0 }])
  court.at(0, facts(heading(MINUTE), 0.949))
  const passed = court.at(MINUTE, facts(timed('steady'), 0.951))
  expect(passed.alerts).toMatchObject([{ text: '95 % now', direction: 'above' }])
  expect(turns(court.at(2 * MINUTE, facts(timed('steady'), 0.5)))).toEqual(['resolved soon reached'])
})

test('a series that falls to its limit comes from above', () => {
  const when = {
    kind: 'forecast',
    metric: 'check_certificate_seconds',
    where: {},
    reaches: 0,
    withinMs: 24 * HOUR,
  } as const
  const court = new Court([rule({ name: 'ends', forMs: 0, when })])
  const key = 'check_certificate_seconds{check="shop"}'
  const found = court.at(0, { values: { [key]: 3600 }, timeTo: () => heading(HOUR, START, 'below') })
  expect(found.alerts).toMatchObject([{ direction: 'below', subject: 'shop', text: '0 s in 1 h' }])
  expect(
    court.at(HOUR, { values: { [key]: -1 }, timeTo: () => timed('reached', START, 'below') }).alerts[0]?.text,
  ).toBe('0 s now')
})
