import { expect, test } from 'vitest'
import { uniqueDigits } from '../../src/lib/unique.ts'

test('as many digits as are asked for, zeros in front included', () => {
  for (const count of [1, 8, 9, 24]) expect(uniqueDigits(count)).toMatch(new RegExp(`^[0-9a-f]{${count}}$`))
})

test('nobody has the same ones', () => {
  const many = 10_000
  expect(new Set(Array.from({ length: many }, () => uniqueDigits(24))).size).toBe(many)
})
