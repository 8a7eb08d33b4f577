import { expect, test } from 'vitest'
import { restartsText, withRestarts } from '../../src/checks/restarts.ts'

const MINUTE = 60_000

test('restarts of the last ten minutes are kept, older ones are forgotten', () => {
  const first = withRestarts([], 2, 0)
  const later = withRestarts(first, 1, 9 * MINUTE)
  expect(later).toHaveLength(3)
  expect(withRestarts(later, 0, 10 * MINUTE)).toEqual([9 * MINUTE])
})

test('a count that leaps does not fill the memory', () => {
  expect(withRestarts(withRestarts([], 1e9, 0), 1e9, 1)).toHaveLength(1000)
  expect(withRestarts([], -3, 0)).toEqual([])
})

test('in words', () => {
  expect([0, 1, 4].map(restartsText)).toEqual([
    'restarted 0 times in 10 min',
    'restarted once in 10 min',
    'restarted 4 times in 10 min',
  ])
})
