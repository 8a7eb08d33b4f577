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
import { frameOf, NOW } from '../../fixtures/frame.ts'
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
