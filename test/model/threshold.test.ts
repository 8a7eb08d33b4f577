import { expect, test } from 'vitest'
import type { Unit } from '../../src/model/metric.ts'
import { parseThreshold } from '../../src/model/threshold.ts'

const value = (text: string, unit?: Unit) => {
  const read = parseThreshold(text, unit)
  return 'expected' in read ? read.expected : read.value
}

test('a limit is read in the unit of its series', () => {
  expect(value('95%', 'ratio')).toBe(0.95)
  expect(value('97.5 %', 'ratio')).toBe(0.975)
  expect(value('0.95', 'ratio')).toBe(0.95)
  expect(value('2GiB', 'bytes')).toBe(2 * 1024 ** 3)
  expect(value('500MB', 'bytes')).toBe(500e6)
  expect(value('40MB/s', 'bytes_per_second')).toBe(40e6)
  expect(value('40MB', 'bytes_per_second')).toBe(40e6)
  expect(value('500ms', 'seconds')).toBe(0.5)
  expect(value('14d', 'seconds')).toBe(14 * 86_400)
  expect(value('3', 'seconds')).toBe(3)
  expect(value('1.5k', 'per_second')).toBe(1500)
  expect(value('250/s', 'per_second')).toBe(250)
  expect(value('4096', 'count')).toBe(4096)
  expect(value('3.4GHz', 'hertz')).toBe(3.4e9)
  expect(value('80 °C', 'celsius')).toBe(80)
  expect(value('80', 'celsius')).toBe(80)
  expect(value('65W', 'watts')).toBe(65)
  expect(value('1200rpm', 'rpm')).toBe(1200)
})

test('numbers of a file are of anything', () => {
  expect(value('-12.5')).toBe(-12.5)
  expect(value('1e9')).toBe(1e9)
  expect(value('2GiB')).toBe(2 * 1024 ** 3)
})

test('a side can be said', () => {
  expect(parseThreshold('>95%', 'ratio')).toEqual({ value: 0.95, direction: 'above' })
  expect(parseThreshold('<= 10', undefined)).toEqual({ value: 10, direction: 'below' })
  expect(parseThreshold('10', undefined)).toEqual({ value: 10 })
})

test('what is none is told with what would be', () => {
  // 95 of 100, or 95 times all there is?
  expect(value('95', 'ratio')).toBe('a share such as 95% or 0.95')
  expect(value('2 h', 'bytes')).toBe('a size such as 2GiB or 500MB')
  expect(value('soon', 'seconds')).toBe('a duration such as 500ms, 3s or 14d, or seconds')
  expect(value('!=3')).toBe('a number such as 250')
  for (const text of ['', '%', 'NaN', 'Infinity', '1,5', '--3', '0x10'])
    expect(value(text), text).toBe('a number such as 250')
  expect(value('80F', 'celsius')).toBe('degrees such as 80')
})
