import { expect, test } from 'vitest'
import { dayOfMonth, hertz, latency, moment, often, size, watts } from '../../src/lib/units.ts'

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

test.each([
  [0, '0 B'],
  [318, '318 B'],
  [999, '999 B'],
  [1000, '1.0 KiB'],
  [1536, '1.5 KiB'],
  [12 * 1024 ** 2, '12 MiB'],
])('a size of %d bytes', (value, expected) => {
  expect(text(size(value))).toBe(expected)
})

test.each([
  [0, '0.0 ms'],
  [0.000_018, '0.02 ms'],
  [0.000_4, '0.4 ms'],
  [0.0012, '1.2 ms'],
  [0.0412, '41 ms'],
  [0.9996, '1.00 s'],
  [1.24, '1.24 s'],
])('a time taken of %d s', (value, expected) => {
  expect(text(latency(value))).toBe(expected)
})

test('a day is told without its time', () => {
  const day = new Date(2025, 10, 7, 14, 32).getTime()
  expect(dayOfMonth(day)).toBe('7 Nov')
  expect(moment(day, day + 30 * 86_400_000)).toBe('7 Nov')
})
