import { expect, test } from 'vitest'
import { createPatience, type Patience } from '../../../src/sources/shared/patience.ts'
import { batchOf, sampleOf } from './live.ts'

const measured = (everyMs: number) => batchOf({ samples: [sampleOf('cpu', {}, { everyMs })] })

/** Seconds until it ends. */
function secondsOf(patience: Patience): number {
  let seconds = 1
  while (!patience.tick(1000)) seconds++
  return seconds
}

test('without a batch it ends soon', () => {
  expect(secondsOf(createPatience())).toBe(10)
})

test('before anything is measured it lasts as long as a start does', () => {
  const patience = createPatience()
  patience.heard(batchOf({ samples: [sampleOf('listeners', {}, { everyMs: 1000 })] }))
  expect(secondsOf(patience)).toBe(30)
})

test.each([
  ['five times a second', 200, 10],
  ['each second', 1000, 10],
  ['each five seconds', 5000, 25],
  ['each minute', 60_000, 300],
  ['each hour', 3_600_000, 18_000],
  ['at no pace', Number.NaN, 30],
  ['at a pace that is none', -1, 30],
  ['at a pace beyond all measure', 1e12, 18_000],
  ['at an endless one', Number.POSITIVE_INFINITY, 18_000],
])('it lasts for several intervals of one that measures: %s', (_, everyMs, seconds) => {
  const patience = createPatience()
  patience.heard(measured(everyMs))
  expect(secondsOf(patience)).toBe(seconds)
})

test('what is said to come more often than it does is nothing to go by', () => {
  const patience = createPatience()
  patience.heard(measured(3_600_000))
  patience.heard(batchOf({ samples: [sampleOf('listeners', {}, { everyMs: 30_000 })] }))
  expect(secondsOf(patience)).toBe(18_000)
})

test('each batch begins it anew, and the last interval counts', () => {
  const patience = createPatience()
  patience.heard(measured(1000))
  for (let second = 0; second < 9; second++) expect(patience.tick(1000)).toBe(false)
  patience.heard(batchOf({}))
  for (let second = 0; second < 9; second++) expect(patience.tick(1000)).toBe(false)
  patience.heard(measured(60_000))
  expect(secondsOf(patience)).toBe(300)
})
