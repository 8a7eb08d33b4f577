import { expect, test } from 'vitest'
import { parseEndpoint, targetParts } from '../../../src/checks/net/endpoint.ts'

test.each([
  ['127.0.0.1:25', { host: '127.0.0.1', port: 25 }],
  ['[::1]:25', { host: '::1', port: 25 }],
  ['mail.example', { host: 'mail.example', port: 53 }],
  ['[::1]', { host: '::1', port: 53 }],
  ['::1', { host: '::1', port: 53 }],
  ['fe80::1%lo', { host: 'fe80::1%lo', port: 53 }],
  ['a:0', undefined],
  ['a:65536', undefined],
  ['a:', undefined],
  [':1', undefined],
  ['[a]:1', undefined],
  ['[::1', undefined],
  ['a b', undefined],
  ['', undefined],
])('%s', (text, endpoint) => {
  expect(parseEndpoint(text, 53)).toEqual(endpoint)
})

test('without a usual port one has to be there', () => {
  expect(parseEndpoint('mail.example')).toBeUndefined()
  expect(parseEndpoint('::1')).toBeUndefined()
})

test('a target is a scheme, a host, and the options it may have', () => {
  expect(targetParts('tls://a:1/?x=1', 'EXPECTED', ['x'])).toEqual({ authority: 'a:1', options: new Map([['x', '1']]) })
  for (const target of ['tls://', 'tls:a', 'tls://a/b', 'tls://a?y=1', 'tls://a b', 'tls://a#b'])
    expect(() => targetParts(target, 'EXPECTED', ['x']), target).toThrow(`expected EXPECTED, got "${target}"`)
})
