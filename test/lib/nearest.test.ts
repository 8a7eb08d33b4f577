import { expect, test } from 'vitest'
import { editDistance, nearest } from '../../src/lib/nearest.ts'

const NAMES = ['quit', 'sort', 'filter', 'tree', 'interval'] as const

test('a slip of one or two letters is seen through, and the start of a name is enough', () => {
  expect(['quti', 'qui', 'srot', 'filtre', 'intervall', 'int'].map((text) => nearest(text, NAMES))).toEqual([
    'quit',
    'quit',
    'sort',
    'filter',
    'interval',
    'interval',
  ])
})

test('what is like none of them gets no suggestion', () => {
  for (const text of ['', 'q', 'colour', 'x'.repeat(10_000)])
    expect(nearest(text, NAMES), text.slice(0, 9)).toBeUndefined()
})

test('the edit distance counts letters inserted, left out, changed and swapped', () => {
  expect(editDistance('', 'abc')).toBe(3)
  expect(editDistance('abc', 'abc')).toBe(0)
  expect(editDistance('unti', 'unit')).toBe(1)
  expect(editDistance('kitten', 'sitting')).toBe(3)
})
