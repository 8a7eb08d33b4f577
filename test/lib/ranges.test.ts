import { expect, test } from 'vitest'
import { formatRanges } from '../../src/lib/ranges.ts'

test.each([
  [[6, 0, 1, 2, 2, 3], '0-3,6'],
  [[4], '4'],
  [[10, 9, 2], '2,9-10'],
  [[], ''],
])('%j is written %s', (numbers, text) => {
  expect(formatRanges(numbers)).toBe(text)
})
