import { describe, expect, test } from 'vitest'
import { availabilitySegments } from '../../../../src/ui/panels/availability.ts'
import { marksOf } from '../../../../src/ui/panels/check/up.ts'
import { partsOf } from '../../../fixtures/checks.ts'

const text = (ratio: number | undefined) =>
  availabilitySegments(ratio)
    .map((part) => part.text)
    .join('')

describe('marks', () => {
  test('each stands for as many parts as the others, and is their worst', () => {
    const worst = partsOf('up', { 3: 'down', 40: 'unknown', 41: 'degraded' })
    expect(marksOf(worst, 100)).toEqual(worst)
    const half = marksOf(worst, 37)
    expect(half).toHaveLength(24)
    expect(half[1]).toBe('down')
    expect(half[20]).toBe('degraded')
    expect(marksOf(worst, 20)).toHaveLength(16)
    expect(marksOf(worst, 1)).toEqual(['down'])
  })
  test('where nothing is known there is none', () => {
    expect(marksOf(partsOf(undefined), 24).every((mark) => mark === undefined)).toBe(true)
  })
})

test('availability is never rounded up to all of it', () => {
  expect(text(1)).toBe('100 %')
  expect(text(0.99999)).toBe('99.99 %')
  expect(text(0.9994)).toBe('99.94 %')
  expect(text(0)).toBe('0.00 %')
  expect(text(undefined)).toBe('')
})
