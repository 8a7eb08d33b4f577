import { expect, test } from 'vitest'
import type { Unit } from '../../src/model/metric.ts'
import { figureOf, scaledText, scaleOf, unitOf } from '../../src/model/scale.ts'

const told = (unit: Unit | undefined, ...values: number[]) => {
  const scale = scaleOf(unit, values)
  return values.map((value) => scaledText(value, scale))
}

test('one value is told in the unit that fits it', () => {
  expect(told('ratio', 0.42)).toEqual(['42 %'])
  expect(told('ratio', 0.0312)).toEqual(['3.1 %'])
  expect(told('ratio', 0.0000003)).toEqual(['0.0 %'])
  expect(told('bytes', 1.5 * 1024 ** 3)).toEqual(['1.50 GiB'])
  expect(told('bytes_per_second', 38e6)).toEqual(['38 MB/s'])
  expect(told('bytes_per_second', 999_800)).toEqual(['1.00 MB/s'])
  expect(told('seconds', 0.0415)).toEqual(['41.5 ms'])
  expect(told('seconds', 7200)).toEqual(['2 h'])
  expect(told('per_second', 41)).toEqual(['41/s'])
  expect(told('celsius', 58)).toEqual(['58 °C'])
  expect(told(undefined, 1234567)).toEqual(['1234567'])
})

test('values beside each other share a unit and decimals, and can be told from each other', () => {
  expect(told('ratio', 0.401, 0.409)).toEqual(['40.10 %', '40.90 %'])
  expect(told('bytes', 1024 ** 3, 512 * 1024 ** 2)).toEqual(['1.00 GiB', '0.50 GiB'])
  expect(told(undefined, 5, 12.26)).toEqual(['5.0', '12.3'])
})

test('values that hardly differ get no endless figures', () => {
  expect(told('ratio', 0.4, 0.4 + 1e-12)).toEqual(['40.000 %', '40.000 %'])
})

test('nothing, unknown and zero', () => {
  expect(told('bytes', 0)).toEqual(['0 B'])
  expect(told('seconds', 0)).toEqual(['0 s'])
  expect(scaleOf('bytes', [Number.NaN, Number.POSITIVE_INFINITY])).toMatchObject({ unit: 'B', decimals: 0 })
  expect(figureOf(-0.00001, { divisor: 1, unit: '', decimals: 2 })).toBe('0.00')
})

test('a series has the unit of its metric', () => {
  expect(unitOf('disk_used_ratio{mount="/"}')).toBe('ratio')
  expect(unitOf('data.csv')).toBeUndefined()
})
