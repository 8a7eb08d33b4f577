import { expect, test } from 'vitest'
import { sameMembers } from '../../src/lib/members.ts'

test('members are compared by identity', () => {
  const inner = { b: 1 }
  expect(sameMembers({ a: inner, n: Number.NaN }, { a: inner, n: Number.NaN })).toBe(true)
  expect(sameMembers({ a: inner }, { a: { ...inner } })).toBe(false)
  expect(sameMembers({}, {})).toBe(true)
})

test('a member that one lacks is a difference, on either side, even where it is undefined', () => {
  expect(sameMembers({ a: 1 }, { a: 1, b: undefined })).toBe(false)
  expect(sameMembers({ a: 1, b: undefined }, { a: 1 })).toBe(false)
  expect(sameMembers({ a: undefined }, { b: undefined })).toBe(false)
})

test('another way to compare stands in for identity', () => {
  expect(
    sameMembers({ a: 1.2 }, { a: 1.4 }, (left, right) => Math.round(left as number) === Math.round(right as number)),
  ).toBe(true)
})
