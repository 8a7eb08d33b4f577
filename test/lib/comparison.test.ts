import { expect, test } from 'vitest'
import { compares, comparisonText, parseComparison } from '../../src/lib/comparison.ts'
import { durationText, parseDuration } from '../../src/lib/duration.ts'
import { parseSize } from '../../src/lib/size.ts'

test.each([
  ['>=2', 2, 1],
  ['< 3', 2, 3],
  ['2', 2, 3],
  ['==2', 2, 3],
  ['!=2', 3, 2],
  ['<=2', 2, 3],
  ['> 2', 3, 2],
])('%s passes %d, not %d', (text, passes, fails) => {
  const comparison = parseComparison(text, Number)
  expect(comparison && [compares(comparison, passes), compares(comparison, fails)]).toEqual([true, false])
})

test('the value is read by whoever knows it', () => {
  expect(parseComparison(' <1KiB ', parseSize)).toEqual({ op: '<', value: 1024 })
  for (const text of ['', '>', 'fast', '>=soon']) expect(parseComparison(text, parseSize)).toBeUndefined()
})

test('a comparison is written as it is read', () => {
  for (const text of ['>=26h', '<90s', '500ms', '!=14d']) {
    const comparison = parseComparison(text, parseDuration)
    expect(comparison && comparisonText(comparison, durationText)).toBe(text)
  }
})
