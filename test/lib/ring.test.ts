import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Ring } from '../../src/lib/ring.ts'

describe('Ring', () => {
  test('keeps the last `capacity` values under the indexes they were given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { maxLength: 400 }),
        fc.integer({ min: 1, max: 150 }),
        fc.nat(1000),
        (values, capacity, first) => {
          const ring = new Ring(capacity, first)
          for (const value of values) ring.append(value)
          expect(ring.end).toBe(first + values.length)
          expect(ring.start).toBe(first + Math.max(0, values.length - capacity))
          for (let i = -2; i < values.length + 2; i++) {
            const kept = i >= Math.max(0, values.length - capacity) && i < values.length
            expect(ring.at(first + i)).toBe(kept ? values[i] : Number.NaN)
          }
        },
      ),
    )
  })

  test('one that takes an array over is as one that was given its values one by one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 100 }),
        fc.array(fc.double({ noNaN: true }), { maxLength: 300 }),
        fc.nat(100),
        fc.integer({ min: -500, max: 500 }),
        (given, later, room, first) => {
          const capacity = given.length + room
          const taken = Ring.of(Float64Array.from(given), capacity, first)
          const plain = new Ring(capacity, first)
          for (const value of given) plain.append(value)
          for (const value of later) {
            taken.append(value)
            plain.append(value)
          }
          expect([taken.first, taken.start, taken.end]).toEqual([plain.first, plain.start, plain.end])
          for (let index = first - 2; index < plain.end + 2; index++) expect(taken.at(index)).toBe(plain.at(index))
        },
      ),
    )
    expect(() => Ring.of(new Float64Array(5), 4, 0)).toThrow(RangeError)
    expect(() => Ring.of(new Float64Array(0), 4, 0)).toThrow(RangeError)
  })

  test('an index means the same value while memory grows and until it is dropped', () => {
    const ring = new Ring(3600)
    for (let i = 0; i < 5000; i++) {
      ring.append(i)
      const probe = Math.max(0, i - 3599)
      expect(ring.at(probe)).toBe(probe)
      expect(ring.at(probe - 1)).toBeNaN()
    }
  })

  test('single precision rounds, double does not', () => {
    const exact = new Ring(4)
    const drawn = new Ring(4, 0, 'f32')
    exact.append(33_517_449_217)
    drawn.append(33_517_449_217)
    expect(exact.at(0)).toBe(33_517_449_217)
    expect(drawn.at(0)).toBe(Math.fround(33_517_449_217))
  })

  test('refuses a capacity that is no positive whole number', () => {
    for (const capacity of [0, -1, 1.5, Number.NaN]) expect(() => new Ring(capacity)).toThrow(RangeError)
  })
})
