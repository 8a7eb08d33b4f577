import { expect, test } from 'vitest'
import { hertz, often, watts } from '../../src/lib/units.ts'

const text = ({ figure, unit }: { figure: string; unit: string }) => `${figure} ${unit}`

test.each([
  [3.41e9, '3.4 GHz'],
  [800e6, '800 MHz'],
  [999.6e6, '1.0 GHz'],
])('a frequency of %d Hz', (value, expected) => {
  expect(text(hertz(value))).toBe(expected)
})

test.each([
  [8.44, '8.4 W'],
  [65.2, '65 W'],
])('a power of %d W', (value, expected) => {
  expect(text(watts(value))).toBe(expected)
})

test.each([
  [0, '0 /s'],
  [0.04, '0.0 /s'],
  [3.24, '3.2 /s'],
  [9.97, '10 /s'],
  [4120, '4 120 /s'],
  [41_200, '41.2 k /s'],
])('%d times a second', (value, expected) => {
  expect(text(often(value))).toBe(expected)
})
