import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHECK_FILTER_KEYS, parseCheckFilter } from '../../src/model/check-filter.ts'
import { API, BACKUP, CERTS, MAIL, NGINX, OUTBOX, QUEUE, SERVICES, SHOP } from '../fixtures/checks.ts'

const ALL = [...SERVICES, OUTBOX, CERTS, QUEUE, BACKUP]

/** Names of the checks a filter leaves. */
function left(text: string): string[] {
  const { matches, error } = parseCheckFilter(text)
  expect(error, text).toBeUndefined()
  return ALL.filter((check) => matches?.(check)).map(({ definition }) => definition.name)
}

const names = (...checks: readonly (typeof MAIL)[]) => checks.map(({ definition }) => definition.name)

test.each([
  ['', names(...ALL)],
  ['mail', names(MAIL, OUTBOX)],
  ['8443', names(API)],
  ['REFUSED', names(MAIL)],
  ['systemd', ['docker']],
  ['refused 127.0.0.1:25', names(MAIL)],
  ['localhost:8443', names(API)],
  ['https://shop.example', names(SHOP)],
  ['"412 ms"', []],
  ['"took 812 ms"', names(API)],
  ['/^ng.*x$/', names(NGINX)],
  ['state:down', names(MAIL)],
  ['state:slow', names(API)],
  ['state:certificate,down', names(MAIL, SHOP)],
  ['state:degraded', names(API, SHOP)],
  ['state:unknown', names(OUTBOX, CERTS)],
  ['state:unasked', names(BACKUP)],
  ['state:flapping', names(QUEUE)],
  ['state:trouble', names(API, MAIL, SHOP, CERTS, QUEUE)],
  ['type:http state:well', ['intranet']],
  ['type:HTTP !state:up', names(API, SHOP)],
  ['type:ht', []],
  ['group:web', names(API)],
  ['label:team=web', names(API, SHOP)],
  ['label:team', names(API, MAIL, SHOP)],
  ['label:team=we', []],
  ['from:found', ['ssh']],
  ['name:s target:https://', names(SHOP)],
  ['reason:slow or reason:program', names(API, CERTS)],
  ['(mail or shop) !type:exec', [...names(MAIL, SHOP), 'resolver']],
  ['type!=tcp state:down', []],
])('%s', (text, expected) => {
  expect(left(text).toSorted()).toEqual([...expected].toSorted())
})

test.each([
  ['stat:down', 0, 4, 'there is no key stat: did you mean state?'],
  ['type:http state:dwn', 16, 3, 'there is no state dwn: did you mean down?'],
  ['state:', 6, 0, 'expected one of down'],
  ['label:', 6, 0, 'expected a label such as team=web'],
  ['from:elsewhere', 5, 9, 'there is no from elsewhere: expected one of configured'],
  ['latency>5', 0, 7, 'there is no key latency: quote what is to be searched for'],
  ['state>down', 0, 5, 'expected state: and a value'],
  ['(mail', 5, 0, 'expected a closing )'],
  ['> 5', 0, 1, 'expected a key such as state before >'],
  ['/(a+)+/', 0, 7, 'a repeated group must not repeat'],
])('%s is wrong where it is', (text, at, length, words) => {
  const { error } = parseCheckFilter(text)
  expect(error).toMatchObject({ at, length })
  expect(error?.text).toContain(words)
})

test('names of members that every object has are no values', () => {
  expect(parseCheckFilter('state:constructor').error).toBeDefined()
  expect(left('label:toString')).toEqual([])
  expect(left('constructor:x')).toEqual([])
})

test('no text throws, and an error stands within it', () => {
  const piece = fc.oneof(
    fc.constantFrom(...Object.keys(CHECK_FILTER_KEYS), ':', '=', '!', '(', ')', '|', 'or', '"', '/', ',', ' ', 'down'),
    fc.string({ maxLength: 5 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      const { matches, error } = parseCheckFilter(text)
      if (error !== undefined) {
        expect(error.at + error.length).toBeLessThanOrEqual(text.length)
      } else for (const check of ALL) matches(check)
    }),
  )
})
