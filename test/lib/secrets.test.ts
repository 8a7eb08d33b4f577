import { expect, test } from 'vitest'
import { redact, redactor } from '../../src/lib/secrets.ts'

const secret = (value: string, shown = '•••', users?: readonly string[]) => ({ value, shown, ...(users && { users }) })

test('a secret is found wherever it stands', () => {
  const text = 'token=s3cr3t! and s3cr3t! again'
  expect(redact(text, [secret('s3cr3t!', '$' + '{TOKEN}')])).toBe('token=$' + '{TOKEN} and $' + '{TOKEN} again')
})

test('the longest counts first, whatever the order', () => {
  const secrets = [secret('abcd', '1'), secret('abcdef', '2')]
  expect(redact('abcdef abcd', secrets)).toBe('2 1')
  expect(redact('abcdef abcd', secrets.toReversed())).toBe('2 1')
})

test('so is one that is encoded: as a part of a URL, in base64, in JSON, as safe text, as basic credentials', () => {
  const value = 'a b/ü?"\n&+>'
  const hide = redactor([secret(value, '#', ['ada'])])
  const base64 = Buffer.from(value).toString('base64')
  for (const form of [
    encodeURIComponent(value),
    encodeURI(value),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(value).toString('base64url'),
    JSON.stringify(value).slice(1, -1),
    'a b/ü?" &+>',
  ])
    expect(hide(`x ${form} y`), form).toBe('x # y')
  expect(hide(`Basic ${Buffer.from(`ada:${value}`).toString('base64')}`)).toBe('Basic #')
  expect(hide(`Basic ${Buffer.from(`eve:${value}x`).toString('base64')}`)).not.toBe('Basic #')
})

test('and in the ways of others: hexadecimal, percent signs of either case and for every byte, forms, JSON of several makes, markup', () => {
  const value = 'p ä/ß"<&\'+Z'
  const bytes = [...Buffer.from(value)].map((byte) => byte.toString(16).padStart(2, '0'))
  const json = JSON.stringify(value).slice(1, -1)
  const ascii = json.replaceAll('ä', '\\u00e4').replaceAll('ß', '\\u00df')
  const lower = encodeURIComponent(value).replace(/%../g, (byte) => byte.toLowerCase())
  for (const form of [
    bytes.join(''),
    bytes.join('').toUpperCase(),
    bytes.map((byte) => `%${byte}`).join(''),
    bytes.map((byte) => `%${byte.toUpperCase()}`).join(''),
    lower,
    encodeURIComponent(value).replaceAll('%20', '+'),
    lower.replaceAll('%20', '+'),
    json.replaceAll('/', '\\/'),
    JSON.stringify(json).slice(1, -1),
    ascii,
    ascii.replaceAll('/', '\\/'),
    ascii.replace(/[<&'+]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    "p ä/ß&quot;&lt;&amp;'+Z",
    'p ä/ß&quot;&lt;&amp;&#39;+Z',
  ])
    expect(redact(`x ${form} y`, [secret(value, '#')]), form).toBe('x # y')
})

test('a value that is found everywhere by chance is left in running text', () => {
  expect(redact('the cat sat', [secret('at'), secret('')])).toBe('the cat sat')
})

test('signs of patterns, and halves of surrogate pairs, mean nothing', () => {
  expect(redact('a.*+?^$(){}|[]\\/-z', [secret('.*+?^$(){}|[]\\/-', '!')])).toBe('a!z')
  expect(redact('x\ud800yz', [secret('x\ud800yz', '!')])).toBe('!')
  expect(redact('$& and $1', [secret('and ', '$&')])).toBe('$& $&$1')
})
