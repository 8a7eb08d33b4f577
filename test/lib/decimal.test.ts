import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Cursor, readDecimal, readInteger } from '../../src/lib/decimal.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

test('whole numbers, with and without a minus', () => {
  expect(readInteger(bytes('42'))).toBe(42)
  expect(readInteger(bytes('  -20 x'))).toBe(-20)
  expect(readInteger(bytes('abc 17'), 3)).toBe(17)
  expect(readInteger(bytes('18446744073709551615'))).toBe(18446744073709552000)
})

test('what is no number is NaN and is not passed', () => {
  for (const text of ['', '   ', '-', 'x', '\n5', '.5']) expect(readInteger(bytes(text))).toBeNaN()
  const cursor = new Cursor(bytes('x 5'))
  expect(cursor.integer()).toBeNaN()
  cursor.skipWord()
  expect(cursor.integer()).toBe(5)
})

test('decimals are read as Number reads them', () => {
  expect(readDecimal(bytes('-0.25'))).toBe(-0.25)
  expect(readDecimal(bytes(' -0.50'))).toBe(-0.5)
  expect(readDecimal(bytes('7'))).toBe(7)
  expect(readDecimal(bytes('avg10'))).toBeNaN()
  const twoDigits = fc.integer({ min: -1e9, max: 1e9 })
  fc.assert(
    fc.property(twoDigits, (cents) => {
      const text = (cents / 100).toFixed(2)
      // Minus zero is zero.
      expect(readDecimal(bytes(text)) + 0).toBe(Number(text) + 0)
    }),
  )
})

test('walks over the lines of a file', () => {
  const cursor = new Cursor(bytes('cpu  10 20\nintr 5\nctxt 99'))
  expect(cursor.take('cpu')).toBe(true)
  expect([cursor.integer(), cursor.integer()]).toEqual([10, 20])
  expect(cursor.integer()).toBeNaN()
  expect(cursor.lineDone).toBe(true)
  cursor.skipWord()
  expect(cursor.lineDone).toBe(true)
  cursor.skipLine()
  expect(cursor.word()).toBe('intr')
  cursor.skipLine()
  expect(cursor.take('ctxtx')).toBe(false)
  expect(cursor.take('ctxt')).toBe(true)
  expect(cursor.integer()).toBe(99)
  expect(cursor.done).toBe(true)
  cursor.skipLine()
  expect(cursor.done).toBe(true)
  expect(cursor.word()).toBe('')
})

test('stops at the end it was told, whatever stands behind it', () => {
  const cursor = new Cursor(bytes('12.5678\nrest'), 0, 4)
  expect(cursor.decimal()).toBe(12.5)
  expect(cursor.done).toBe(true)
  const line = new Cursor(bytes('12345\n'), 0, 3)
  expect(line.integer()).toBe(123)
  line.skipLine()
  expect(line.done).toBe(true)
  const dot = new Cursor(bytes('12.5'), 0, 2)
  expect(dot.decimal()).toBe(12)
})

test('skips several words', () => {
  const cursor = new Cursor(bytes('a b\tc 4'))
  cursor.skipWords(3)
  expect(cursor.integer()).toBe(4)
})
