import { expect, test } from 'vitest'
import { builtinRules } from '../../src/alerts/builtin.ts'
import type { CheckStatus } from '../../src/model/check.ts'
import { definitionOf, statusOf } from '../fixtures/checks.ts'
import { Court, type Facts, MINUTE, rule, states, turns } from './court.ts'

const DAY = 86_400
const LEFT = 'check_certificate_seconds{check="shop"}'

/** A check of a server whose certificate has so many days left; `wanted` days by its own definition. */
function shop(days: number, status: Partial<CheckStatus> = {}, wanted?: number): Facts {
  const settings = wanted === undefined ? {} : { expect: { certificate: wanted * DAY * 1000 } }
  const definition = definitionOf('shop', { type: 'tls', target: 'shop.example:443', settings })
  return { values: { [LEFT]: days * DAY }, checks: [{ ...statusOf({ definition }), ...status }] }
}

const near = (text: string): Partial<CheckStatus> => ({ state: 'degraded', reason: 'certificate', error: text })
const NEAR = near('certificate for shop.example ends in 9 days')
const EXPIRED: Partial<CheckStatus> = {
  state: 'down',
  reason: 'certificate',
  error: 'the certificate of shop.example is not trusted: expired on 3 Dec',
}

/** What fires after so many days left were seen for two minutes. */
function after(facts: Facts, rules = builtinRules): string[] {
  const court = new Court(rules)
  court.at(0, facts)
  const { alerts } = court.at(2 * MINUTE, facts)
  return alerts.map(({ name, severity, subject, text }) => `${severity} ${name}: ${subject} ${text}`)
}

test('two weeks before its end it is a warning, three days before it critical', () => {
  expect(after(shop(14.1))).toEqual([])
  expect(after(shop(9.4))).toEqual(['warning certificate-ends-soon: shop certificate ends in 9 d'])
  expect(after(shop(2.95))).toEqual(['critical certificate-ends-now: shop certificate ends in 2 d'])
  expect(after(shop(1.5))).toEqual(['critical certificate-ends-now: shop certificate ends in 1 d 12 h'])
  expect(after(shop(-2.5))).toEqual(['critical certificate-ends-now: shop certificate expired 2 d 12 h ago'])
})

test('it is told once, though its check is degraded by it as well', () => {
  expect(after(shop(9.4, NEAR))).toEqual(['warning certificate-ends-soon: shop certificate ends in 9 d'])
  expect(after(shop(2.5, NEAR))).toEqual(['critical certificate-ends-now: shop certificate ends in 2 d'])
  // Whichever came first: the check was degraded before.
  const court = new Court(builtinRules)
  const fired = (told: readonly string[]) => told.filter((one) => !one.startsWith('pending'))
  const before = court.through(0, 3 * MINUTE, () => ({ ...shop(9.4, NEAR), values: {} }))
  expect(fired(before)).toEqual(['firing check-degraded'])
  const then = court.through(3 * MINUTE, 5 * MINUTE, () => shop(9.4, NEAR))
  expect(fired(then)).toEqual(['firing certificate-ends-soon'])
  expect(states(court.at(6 * MINUTE, shop(9.4, NEAR)))).toEqual(['certificate-ends-soon shop firing'])
  // Renewed: that, too, is told once.
  expect(turns(court.at(7 * MINUTE, shop(90)))).toEqual(['resolved certificate-ends-soon cleared'])
})

test('what else is wrong with the check is told beside it', () => {
  const slow = { state: 'degraded', reason: 'slow', error: 'took 812 ms, expected under 500 ms' } as const
  expect(after(shop(9.4, slow)).sort()).toEqual([
    'warning certificate-ends-soon: shop certificate ends in 9 d',
    'warning check-degraded: shop slow 812 > 500 ms',
  ])
})

test('a check that is down since it has expired says so itself', () => {
  expect(after(shop(-1, EXPIRED))).toEqual([expect.stringMatching(/^critical check-down: shop .*expired/)])
})

test('whoever wants another time in the check hears of that alone, until the last days', () => {
  expect(after(shop(9.4, {}, 7))).toEqual([])
  expect(after(shop(6, near('certificate for shop.example ends in 6 days'), 7))).toEqual([
    'warning check-degraded: shop certificate 6 d',
  ])
  expect(after(shop(2.5, near('certificate for shop.example ends in 2 days'), 7))).toEqual([
    'critical certificate-ends-now: shop certificate ends in 2 d',
  ])
  // One that lives for days, and one whose time does not matter.
  expect(after(shop(2.5, {}, 1))).toEqual([])
  expect(after(shop(0.5, {}, 0))).toEqual([])
})

test('what somebody wrote about certificates is said, whatever is said already', () => {
  const own = rule({
    name: 'renew',
    origin: 'healthtop.yaml:1',
    forMs: 0,
    when: { kind: 'metric', metric: 'check_certificate_seconds', where: {}, below: 30 * DAY },
  })
  expect(after(shop(9.4, NEAR), [...builtinRules, own]).map((one) => one.split(':')[0])).toEqual(['warning renew'])
})
