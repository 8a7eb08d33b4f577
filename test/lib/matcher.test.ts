import { Script } from 'node:vm'
import { afterEach, expect, test, vi } from 'vitest'
import { findMatch, MatchTimeout, parseMatcher } from '../../src/lib/matcher.ts'

const run = vi.spyOn(Script.prototype, 'runInContext')
afterEach(() => {
  run.mockReset()
})

function found(pattern: string, text: string): string | undefined {
  return findMatch(parseMatcher(pattern), text)?.[0]
}

test('texts and patterns are found', () => {
  expect(found('UP', '{"status":"UP"}')).toBe('UP')
  expect(found('UP', '{"status":"DOWN"}')).toBeUndefined()
  expect(found('/ok|up/i', 'it is UP')).toBe('UP')
  expect(found('/^SSH-\\d\\.\\d/', 'SSH-2.0-OpenSSH')).toBe('SSH-2.0')
  expect(found('/a+b/', 'caaab')).toBe('aaab')
  expect(found('/a+b/', 'caaa')).toBeUndefined()
})

test('the watchdog, a thread each time, watches only patterns that may take for ever', () => {
  for (const pattern of ['/ok|UP/', '/^220[ -]/', '/^\\+OK/', '/json$/', '/^\\* \\(x\\)\\./', '/\\w\\s\\0/'])
    found(pattern, 'UP')
  expect(run).not.toHaveBeenCalled()
  const watched = ['/a+/', '/a*/', '/a?/', '/a{9}/', '/(a)/', '/\\1/', '/\\k<a>/', '/\\d+/', `/${'a'.repeat(101)}/`]
  for (const pattern of watched) found(pattern, 'UP')
  expect(run).toHaveBeenCalledTimes(watched.length)
})

test('a pattern that takes too long is given up', () => {
  expect(() => found('/(a+)+$/', `${'a'.repeat(40)}b`)).toThrow(MatchTimeout)
  expect(() => found('/(a+)+$/', `${'a'.repeat(40)}b`)).toThrow('/(a+)+$/ took longer than 100 ms on 41 characters')
})

test('a thread that got no processor for a while is no slow pattern', () => {
  run.mockImplementationOnce(() => {
    throw Object.assign(new Error('Script execution timed out'), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' })
  })
  expect(found('/U+P/', 'UUP')).toBe('UUP')
  expect(run).toHaveBeenCalledTimes(2)
})
