import { describe, expect, test } from 'vitest'
import type { CheckStatus } from '../../../src/model/check.ts'
import { checkNext } from '../../../src/ui/rows/check-next.ts'
import { checkNow } from '../../../src/ui/rows/check-now.ts'
import {
  API,
  BACKUP,
  CERTS,
  definitionOf,
  MAIL,
  NGINX,
  OUTBOX,
  QUEUE,
  SERVICES,
  SHOP,
  statusOf,
} from '../../fixtures/checks.ts'
import { type Future, frameOf, NOW } from '../../fixtures/frame.ts'
import { AHEAD } from '../../fixtures/limits.ts'
import { rowText, UNICODE_LOOK } from '../lists.ts'

const now = (check: CheckStatus, columns = 120, wallMs = NOW) =>
  rowText(columns, (surface) =>
    checkNow(surface, frameOf({ checks: [check], wallMs }), UNICODE_LOOK, { name: check.definition.name }),
  ).slice(1, -1)
const next = (check: CheckStatus, columns = 120, wallMs = NOW) =>
  rowText(columns, (surface) =>
    checkNext(surface, frameOf({ checks: [check], wallMs }), UNICODE_LOOK, { name: check.definition.name }),
  ).slice(1, -1)

describe('how it is', () => {
  test.each([
    [
      API,
      / SLOW {2}api slow 4 min 812 > 500 ms first byte took 786 ms, usually 161 ms .* https:\/\/localhost:8443\/healthz $/,
    ],
    [MAIL, / DOWN {2}mail down 12 min connection refused by 127\.0\.0\.1:25 .* 127\.0\.0\.1:25 $/],
    [SHOP, / WARN {2}shop\.example certificate 9 d expected 14 d or more/],
    [NGINX, / WELL {2}nginx well 1 d 5 processes/],
    [OUTBOX, / ◌ {5}outbox waits 12 min mail is down/],
    [QUEUE, / WARN {2}queue flapping 40 s it turns up and down all the time/],
    [BACKUP, / ◌ {5}backup not asked yet +10\.0\.4\.9:22 $/],
    [CERTS, / ◌ {5}certs unknown 2 h there is no program check_certs/],
    [SERVICES[1] as CheckStatus, / WELL {2}postgres well 1 d answered in 41 ms/],
  ] as const)('%#', (check, line) => {
    expect(now(check)).toMatch(line)
  })
  test('one that failed, but not often enough, is a warning', () => {
    const check = statusOf({ definition: definitionOf('db', { failures: 3 }), failing: 1 })
    // Since the first of those failures, whatever it was before.
    expect(now(check)).toMatch(/ WARN {2}db failing 3 s failed 1 of 3/)
    expect(next(check)).toMatch(/ RULE {2}▲ 1 of 3 failed {3}down after 3 failures in a row/)
  })
  test('the target goes before the reason is cut, and the reason before since when', () => {
    expect(now(MAIL, 60)).toMatch(/connection refused by 127\.0\.0\.1:25 +$/)
    expect(now(MAIL, 40)).toMatch(/mail down 12 min conn.*…/)
  })
  test('time goes on', () => {
    expect(now(MAIL, 120, NOW + 60_000)).toContain('down 13 min')
  })
})

describe('the rule', () => {
  test('is how it is judged, how often it is asked, what it needs; and when it is asked again', () => {
    expect(next(API, 160)).toMatch(
      / RULE {2}down after 2 failures in a row, up after 1 · every 15 s, within 3 s, 1 retry · depends on postgres · group web +again in 12 s $/,
    )
    expect(next(API, 160, NOW + 9000)).toContain('again in 3 s ')
    expect(next(API, 160, NOW + 13_000)).toContain('again now ')
  })
  test('leaves out whole parts where there is no room', () => {
    expect(next(API, 80)).toMatch(/ RULE {2}down after 2 failures in a row, up after 1 +again in 12 s $/)
    expect(next(API, 60)).toMatch(/ RULE {2}down after 2 failures in a row +again in 12 s $/)
  })
  test('of one failure, without retries, and with no turn', () => {
    const { nextMs: _, ...status } = statusOf({
      definition: definitionOf('x', { failures: 1, successes: 3, retries: 0, timeoutMs: 500, origin: 'discovered' }),
    })
    expect(next(status).trimEnd()).toMatch(
      / down after 1 failure, up after 3 · every 15 s, within 500 ms · found by looking at what listens here$/,
    )
  })
})

describe('what is expected of it', () => {
  const ahead = (check: CheckStatus, future: Future, columns = 120, forecasts = AHEAD) =>
    rowText(columns, (surface) =>
      checkNext(
        surface,
        frameOf({
          checks: [check],
          forecasts,
          futures: { [`check_latency_seconds{check="${check.definition.name}"}`]: future },
        }),
        UNICODE_LOOK,
        { name: check.definition.name },
      ),
    ).slice(1, -1)
  const flat =
    (low: number, mean: number, high: number): Future =>
    () => [low, mean, high]

  test('over its limit as far as can be seen, in what range, and whether it will time out', () => {
    expect(ahead(API, flat(0.69, 0.9, 1.15))).toMatch(
      /^ {2}NEXT {2}over 500 ms for the next 8 min \(690 – 1 150 ms\) {2}not heading for its timeout of 3 s +again in 12 s $/,
    )
    expect(ahead(API, flat(0.69, 0.9, 3.4))).toContain('(690 – 3 400 ms)  may reach its timeout of 3 s')
    expect(ahead(API, (s) => [0, s / 100, s / 50])).toContain('reaches its timeout of 3 s in 5 min')
  })
  test('a rise that would reach its timeout later is not said to head nowhere', () => {
    expect(ahead(API, (s) => [0.1, 0.2 + s / 500, 2])).toContain('below its timeout of 3 s for 8 min')
    expect(ahead(API, (s) => [0.1, 0.2 + s / 2000, 2])).toContain('not heading for its timeout of 3 s')
    expect(ahead(API, (s) => [0.1, 1.2 - s / 500, 2])).toContain('not heading for its timeout of 3 s')
  })
  test('going over it, coming back below it, staying there', () => {
    expect(ahead(API, (s) => [0.1, 0.2 + s / 800, 2])).toContain('NEXT  over 500 ms in 4 min (')
    expect(ahead(API, (s) => [0.1, 0.8 - s / 800, 2])).toContain('NEXT  under 500 ms again in 4 min (')
    expect(ahead(API, flat(0.1, 0.2, 0.3))).toContain('NEXT  under 500 ms for the next 8 min (100 – 300 ms)')
    expect(ahead(API, flat(0.1, 0.2, 0.6))).toContain('NEXT  likely under 500 ms for the next 8 min')
  })
  test('as far as anything can be said, and without a limit how long it takes', () => {
    const short: Future = (s) => (s > 120 ? [Number.NaN, Number.NaN, Number.NaN] : [0.03, 0.041, 0.05])
    expect(ahead(SERVICES[1] as CheckStatus, short)).toContain('NEXT  around 41 ms for the next 2 min (30 – 50 ms)')
  })
  test('the end of its certificate when that is near; what does not fit is left out whole', () => {
    expect(ahead(SHOP, flat(0.04, 0.048, 0.06), 140)).toContain(
      'around 48 ms for the next 8 min (40 – 60 ms)  not heading for its timeout of 3 s  certificate ends 3 Dec ',
    )
    expect(ahead(SHOP, flat(0.04, 0.048, 0.06), 80)).toMatch(
      /NEXT {2}around 48 ms for the next 8 min {2}certificate ends 3 Dec +again in 12 s $/,
    )
  })
  test('nothing while it does not answer, or failures count up to down: then the rule stands there', () => {
    const future = flat(0.69, 0.9, 1.15)
    expect(ahead(MAIL, future)).toMatch(/^ {2}RULE {2}down after/)
    expect(ahead({ ...API, failing: 1 }, future)).toMatch(/^ {2}RULE {2}▲ 1 of 2 failed/)
    expect(next(API)).toMatch(/^ {2}RULE/)
  })
})
