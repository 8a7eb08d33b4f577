import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WORST_PARTS, WorstParts } from '../../../src/engine/checks/worst.ts'
import { CHECK_ORDER, type CheckState } from '../../../src/model/check.ts'

const PART = 1000

test('nothing is known of any part at first', () => {
  expect(new WorstParts(PART).list).toEqual(Array.from({ length: WORST_PARTS }))
})

test('each part shows its worst moment, the open one last', () => {
  const worst = new WorstParts(PART)
  worst.note('up', 0, 2500)
  worst.note('down', 2500, 2600)
  worst.note('up', 2600, 4200)
  expect(worst.list.slice(-6)).toEqual([undefined, 'up', 'up', 'down', 'up', 'up'])
})

test('what nobody asked in has no mark', () => {
  const worst = new WorstParts(PART)
  worst.note('up', 0, 0)
  worst.note('degraded', 3000, 3000)
  expect(worst.list.slice(-4)).toEqual(['up', undefined, undefined, 'degraded'])
  worst.note('up', 1e9, 1e9)
  expect(worst.list.filter((state) => state !== undefined)).toEqual(['up'])
})

test('the list stays the same object until a mark changes', () => {
  const worst = new WorstParts(PART)
  worst.note('degraded', 0, 500)
  const { list } = worst
  worst.note('up', 500, 900)
  expect(worst.list).toBe(list)
  worst.note('down', 900, 900)
  expect(worst.list).not.toBe(list)
  expect(list.at(-1)).toBe('degraded')
})

test('whatever comes: the marks are those of a list that is kept whole', () => {
  const note = fc.record({
    gap: fc.integer({ min: 0, max: 20_000 }),
    ms: fc.integer({ min: 0, max: 60_000 }),
    state: fc.constantFrom<CheckState>('up', 'degraded', 'down', 'unknown'),
  })
  fc.assert(
    fc.property(fc.array(note, { minLength: 1, maxLength: 30 }), (notes) => {
      const worst = new WorstParts(PART)
      const parts = new Map<number, CheckState>()
      let now = 0
      for (const { gap, ms, state } of notes) {
        const from = now + gap
        now = from + ms
        worst.note(state, from, now)
        for (let part = Math.floor(from / PART); part <= Math.floor(now / PART); part++) {
          const known = parts.get(part)
          if (known === undefined || CHECK_ORDER.indexOf(state) < CHECK_ORDER.indexOf(known)) parts.set(part, state)
        }
      }
      const last = Math.floor(now / PART)
      expect(worst.list).toEqual(Array.from({ length: WORST_PARTS }, (_, i) => parts.get(last - WORST_PARTS + 1 + i)))
    }),
  )
})
