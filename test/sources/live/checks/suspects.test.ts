import { expect, test } from 'vitest'
import { createInFlight, namesIn, noteIn } from '../../../../src/sources/live/checks/in-flight.ts'
import { Suspects } from '../../../../src/sources/live/checks/suspects.ts'

const HOUR = 3_600_000

test('who runs when two threads were lost one after the other did it', () => {
  const suspects = new Suspects()
  expect(suspects.lost(['a', 'b', 'c'], 0)).toEqual([])
  expect(suspects.suspects).toEqual(['a', 'b', 'c'])
  suspects.clear('a')
  // `x` is no suspect, and runs beside them.
  expect(suspects.lost(['x', 'b'], 1000)).toEqual(['b'])
  expect(suspects.suspects).toEqual(['c'])
  expect(suspects.leftOut).toEqual([['b', 1000 + HOUR]])
  expect([suspects.isLeftOut('b', 1000), suspects.isLeftOut('b', 1000 + HOUR), suspects.isLeftOut('c', 0)]).toEqual([
    true,
    false,
    false,
  ])
})

test('one that does it again after its hour is left out at once, until it is another check', () => {
  const suspects = new Suspects()
  suspects.lost(['a'], 0)
  suspects.lost(['a'], 10)
  expect(suspects.lost(['a', 'b'], HOUR + 20)).toEqual(['a'])
  expect(suspects.suspects).toEqual([])
  suspects.clear('a')
  expect(suspects.leftOut).toEqual([])
  expect(suspects.lost(['a'], 2 * HOUR)).toEqual([])
})

test('a thread that was lost while nothing ran makes no suspects', () => {
  const suspects = new Suspects()
  expect(suspects.lost([], 0)).toEqual([])
  expect(suspects.suspects).toEqual([])
})

test('which checks run can be read from outside', () => {
  const shared = createInFlight()
  const note = noteIn(shared)
  const ends = ['a', 'b', 'a'].map(note)
  expect(namesIn(shared, ['a', 'b', 'c'])).toEqual(['a', 'b'])
  ends[0]?.()
  expect(namesIn(shared, ['a', 'b', 'c'])).toEqual(['a', 'b'])
  ends[2]?.()
  ends[1]?.()
  expect(namesIn(shared, ['a', 'b', 'c'])).toEqual([])
})

test('more than there are slots for only go unnoted', () => {
  const shared = new Int32Array(new SharedArrayBuffer(8))
  const note = noteIn(shared)
  const ends = ['a', 'b', 'c'].map(note)
  expect(namesIn(shared, ['a', 'b', 'c'])).toEqual(['a', 'b'])
  for (const end of ends) end()
  note('d')
  expect(namesIn(shared, ['a', 'b', 'c', 'd'])).toEqual(['d'])
})
