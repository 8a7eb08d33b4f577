import { expect, test } from 'vitest'
import type { CheckStatus } from '../../src/model/check.ts'
import { checksVerdict } from '../../src/model/check-verdict.ts'
import {
  detailText,
  isTrouble,
  longReason,
  shorterReasons,
  shortReason,
  stateWord,
  troubleText,
  turnText,
} from '../../src/model/check-words.ts'
import { API, BACKUP, CERTS, MAIL, OUTBOX, QUEUE, SERVICES, SHOP } from '../fixtures/checks.ts'

const degraded = (reason: string, error: string) => ({ state: 'degraded', reason, error, flapping: false }) as const

test('a degraded check says which kind it is', () => {
  expect([MAIL, API, SHOP, OUTBOX, SERVICES[1] as CheckStatus].map(stateWord)).toEqual([
    'down',
    'slow',
    'certificate',
    'unknown',
    'up',
  ])
  expect(stateWord({ state: 'degraded' })).toBe('degraded')
})

test('what is wrong follows the name of the check', () => {
  expect([MAIL, API, SHOP, CERTS, QUEUE].map(troubleText)).toEqual([
    'down refused by 127.0.0.1:25',
    'slow 812 > 500 ms',
    'certificate 9 d',
    'unknown there is no program check_certs',
    'flapping',
  ])
  expect(troubleText({ ...MAIL, flapping: true })).toBe('down refused by 127.0.0.1:25, flapping')
  expect(troubleText({ state: 'down', flapping: false })).toBe('down')
})

test('in the log a sentence follows a comma, figures follow none', () => {
  expect([MAIL, API, SHOP].map(turnText)).toEqual([
    'down, refused by 127.0.0.1:25',
    'slow 812 > 500 ms',
    'certificate 9 d',
  ])
})

test('figures of two units keep both', () => {
  expect(troubleText(degraded('slow', 'took 1.24 s, expected under 500 ms'))).toBe('slow 1.24 s > 500 ms')
  expect(troubleText(degraded('slow', 'a round trip to a took 1.24 s, expected under 1.00 s'))).toBe(
    'slow 1.24 > 1.00 s',
  )
  expect(troubleText(degraded('slow', 'it drags on'))).toBe('slow it drags on')
})

test('a certificate says how long, or since when', () => {
  expect(troubleText(degraded('certificate', 'certificate for a ends in 1 day'))).toBe('certificate 1 d')
  expect(troubleText(degraded('certificate', 'certificate for a ends in 5 hours'))).toBe('certificate 5 h')
  expect(troubleText(degraded('certificate', 'the certificate for a expired on 3 Dec'))).toBe(
    'certificate expired on 3 Dec',
  )
})

test('a word that the sentence begins with is not said twice', () => {
  expect(troubleText(degraded('warning', 'WARNING - 3 jobs wait'))).toBe('WARNING - 3 jobs wait')
  expect(detailText(degraded('warning', '3 jobs wait'))).toBe('3 jobs wait')
})

test('a reason is as short as a column', () => {
  expect([MAIL, API, SHOP, OUTBOX, CERTS, QUEUE, SERVICES[1] as CheckStatus].map(shortReason)).toEqual([
    'refused :25',
    'over 500 ms',
    'cert < 14 d',
    'mail is down',
    'there is no program check_certs',
    'flapping',
    '',
  ])
  const { last: _last, ...shop } = SHOP
  expect(shortReason(shop)).toBe('cert 9 d')
  expect(shortReason({ ...MAIL, reason: 'timeout', error: 'no answer from 127.0.0.1:25' })).toBe('no answer')
  expect(shortReason({ ...MAIL, reason: 'reset', error: 'connection reset' })).toBe('reset')
})

test('a reason as a sentence says what the state alone does not', () => {
  expect(longReason(MAIL)).toBe('connection refused by 127.0.0.1:25')
  expect(longReason({ ...MAIL, flapping: true })).toBe(
    'connection refused by 127.0.0.1:25; it turns up and down all the time',
  )
  expect(longReason(QUEUE)).toBe('it turns up and down all the time')
  expect(longReason(BACKUP)).toBe('not asked yet')
  const { error: _error, reason: _reason, ...waiting } = { ...CERTS, last: MAIL.last! }
  expect(longReason(waiting)).toBe('connection refused by 127.0.0.1:25')
})

test('what is not asked, not judged yet or explained by another is no trouble', () => {
  expect([MAIL, API, SHOP, CERTS, QUEUE].every(isTrouble)).toBe(true)
  expect([OUTBOX, BACKUP, SERVICES[1] as CheckStatus].some(isTrouble)).toBe(false)
  expect(isTrouble({ ...OUTBOX, flapping: true })).toBe(false)
})

test('the verdict is that of the worst state', () => {
  expect(checksVerdict([])).toBe('ok')
  expect(checksVerdict([SERVICES[1] as CheckStatus])).toBe('ok')
  expect(checksVerdict([API, SERVICES[1] as CheckStatus])).toBe('warning')
  expect(checksVerdict([API, CERTS])).toBe('unknown')
  expect(checksVerdict([CERTS, MAIL])).toBe('critical')
})

test('a wrong status is told with what was wanted, and in two words', () => {
  const wrong = { ...MAIL, reason: 'status', error: 'expected status 200 or 204, got 500 Internal Server Error' }
  expect(shorterReasons(wrong)).toEqual(['expected status 200 or 204, got 500', 'status 500'])
  expect(shorterReasons(MAIL)).toEqual(['refused :25'])
  expect(shorterReasons({ ...MAIL, reason: 'status', error: 'it says nothing' })).toEqual(['it says nothing'])
})
