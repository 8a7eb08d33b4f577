import { expect, test } from 'vitest'
import { createHabits, noteRate, unheardOf, wasAsSlow, wasNeverSo } from '../../../src/forecast/trend/habits.ts'

/** A look of 8 blocks of 5 s. */
const short = (rate: number, error = 0) => ({ level: 0, spanMs: 40_000, rate, error })
const long = (rate: number) => ({ level: 0, spanMs: 80_000, rate, error: 0 })

test('everything is news until two rounds have passed', () => {
  const habits = createHabits()
  for (let i = 0; i < 63; i++) noteRate(habits, short(1))
  expect(unheardOf(habits, short(1))).toBe(true)
  expect(wasNeverSo(habits, short(5))).toBe(false)
  noteRate(habits, short(1))
  expect(unheardOf(habits, short(1))).toBe(false)
  expect(wasNeverSo(habits, short(5))).toBe(true)
})

test('faster, slower or the other way than ever is news; a quarter more is not', () => {
  const habits = createHabits()
  for (let i = 0; i < 128; i++) noteRate(habits, short(1 + (i % 3)))
  expect(unheardOf(habits, short(3.5))).toBe(false)
  expect(unheardOf(habits, short(4))).toBe(true)
  expect(unheardOf(habits, short(4, 1))).toBe(false)
  expect(unheardOf(habits, short(0))).toBe(true)
  expect(unheardOf(habits, short(-3))).toBe(true)
})

test('what is fast for long is news where it was fast for a short time only, and so is another level', () => {
  const habits = createHabits()
  for (let i = 0; i < 128; i++) {
    noteRate(habits, short(i % 4))
    noteRate(habits, long(0.1))
  }
  expect(unheardOf(habits, short(3))).toBe(false)
  expect(unheardOf(habits, long(3))).toBe(true)
  expect(unheardOf(habits, { ...short(1), level: 1 })).toBe(true)
})

test('what was unusual once is forgotten slowly', () => {
  const habits = createHabits()
  noteRate(habits, short(10))
  for (let i = 0; i < 4 * 32; i++) noteRate(habits, short(1))
  expect(unheardOf(habits, short(8))).toBe(false)
  // 12 hours of blocks of 5 s leave half of the difference to what is usual, three days next to nothing.
  for (let i = 0; i < 6 * 8640; i++) noteRate(habits, short(1))
  expect(unheardOf(habits, short(8))).toBe(true)
})

test('slow is what it was in that direction', () => {
  const habits = createHabits()
  for (let i = 0; i < 96; i++) noteRate(habits, short(2 + (i % 2)))
  expect(wasAsSlow(habits, short(2.5), 1)).toBe(true)
  expect(wasAsSlow(habits, short(1), 1)).toBe(false)
  expect(wasAsSlow(habits, long(1), 1)).toBe(false)
})
