import { expect, test } from 'vitest'
import { checkNagios } from '../../src/export/check-nagios.ts'
import { API, CERTS, definitionOf, MAIL, NGINX, resultOf, SERVICES, SHOP, statusOf } from '../fixtures/checks.ts'
import { HOSTILE_CHECK, UNSAFE } from './check-hostile.ts'

const first = (text: string) => text.split('\n')[0] as string

test('one line says it all, the others tell each check', () => {
  expect(checkNagios(SERVICES)).toMatchSnapshot()
})

test('the first word is the verdict', () => {
  expect(first(checkNagios([NGINX]))).toBe('HEALTHTOP OK - 1 up')
  expect(first(checkNagios([SHOP]))).toMatch(/^HEALTHTOP WARNING - 1 certificate: shop\.example: certificate for /)
  expect(first(checkNagios([CERTS, API]))).toMatch(/^HEALTHTOP UNKNOWN - 1 slow, 1 unknown: api: took 812 ms/)
  expect(first(checkNagios([]))).toBe('HEALTHTOP OK - nothing to check')
})

test('of many in trouble three are named and the others counted', () => {
  const many = Array.from({ length: 7 }, (_, index) => ({ ...MAIL, definition: definitionOf(`mail-${index}`) }))
  expect(first(checkNagios(many))).toContain('mail-2: connection refused by 127.0.0.1:25, and 4 more')
})

test('labels of performance data are quoted where they have to be, values have digits only', () => {
  const values = [
    { label: 'load', value: 0.000001, unit: '' },
    { label: 'size', value: 1e21, unit: 'B' },
    { label: 'loss', value: 12.5, unit: '%' },
    { label: 'odd', value: -0, unit: 'parsec' },
  ]
  const named = (name: string) =>
    statusOf({ definition: definitionOf(name), last: resultOf(name, { latencyS: 0.0125, values }) })
  const data = (name: string) =>
    first(checkNagios([{ ...named(name), results: [{ wallMs: 0, state: 'up', latencyS: 0.0125 }] }])).split(' | ')[1]
  expect(data('api')).toBe(
    "api=0.0125s;;;0 'api load'=0.000001 'api size'=1000000000000000000000B 'api loss'=12.5% 'api odd'=0",
  )
  expect(data("it's = a|b")).toMatch(/^'it''s = a\/b'=0\.0125s;;;0 /)
})

test('a thousand checks stay within what Nagios reads, in whole lines and whole figures', () => {
  const many = Array.from({ length: 1000 }, (_, index) => ({ ...API, definition: definitionOf(`check-${index}`) }))
  const text = checkNagios(many)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8192)
  const [line, ...others] = text.trimEnd().split('\n') as [string, ...string[]]
  for (const figure of line.split(' | ')[1]?.split(/ (?=')/) ?? []) expect(figure).toMatch(/=[\d.]+(s;;;0)?/)
  expect(others.length).toBeGreaterThan(10)
  for (const other of others)
    expect(other).toMatch(/^\[DEGRADED\] check-\d+ \(.*\): took 812 ms, expected under 500 ms$/)
})

test('hostile text makes no line, no second bar and no escape', () => {
  const text = checkNagios([HOSTILE_CHECK])
  expect(text).not.toMatch(UNSAFE)
  expect(text.trimEnd().split('\n')).toHaveLength(2)
  expect([...text].filter((character) => character === '|')).toHaveLength(1)
})
