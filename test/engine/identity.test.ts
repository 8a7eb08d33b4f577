import { expect, test } from 'vitest'
import { keepIdentity } from '../../src/engine/identity.ts'

const entry = (name: string, value = 0) => ({ name, value })

test('entries that say the same stay the same objects, wherever they stand', () => {
  const before = [entry('a'), entry('b'), entry('c')]
  const after = keepIdentity(before, [entry('new'), entry('b'), before[2] as object, entry('a')])
  expect(after[1]).toBe(before[1])
  expect(after[2]).toBe(before[2])
  expect(after[3]).toBe(before[0])
  expect(after).toHaveLength(4)
})

test('the list stays the same object only while nothing differs', () => {
  const before = [entry('a'), entry('b')]
  expect(keepIdentity(before, [entry('a'), entry('b')])).toBe(before)
  expect(keepIdentity(before, before.slice())).toBe(before)
  expect(keepIdentity(before, [entry('a'), entry('b', 1)])).not.toBe(before)
  expect(keepIdentity(before, before.toReversed())).toEqual([entry('b'), entry('a')])
  expect(keepIdentity(before, [entry('a')])).toEqual([entry('a')])
})
