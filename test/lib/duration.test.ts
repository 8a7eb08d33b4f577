import { expect, test } from 'vitest'
import { durationText, parseDuration, parseDurationOrZero } from '../../src/lib/duration.ts'

test.each([
  ['500ms', 500],
  ['90s', 90_000],
  ['26h', 26 * 3_600_000],
  ['14d', 14 * 86_400_000],
  ['1m', 60_000],
])('%s is %d ms, and is written as such', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
  expect(parseDurationOrZero(text)).toBe(ms)
  expect(durationText(ms)).toBe(text)
})

test('zero is a duration only where it is said to be', () => {
  for (const text of ['0', '0s', '0ms', ' 0m ', '0h', '0d']) {
    expect(parseDurationOrZero(text)).toBe(0)
    expect(parseDuration(text)).toBeUndefined()
  }
  expect(durationText(0)).toBe('0s')
})

test.each(['', '5', '-1s', '1 s', '1w', '00', 'x'])('`%s` is none', (text) => {
  expect(parseDurationOrZero(text)).toBeUndefined()
})
