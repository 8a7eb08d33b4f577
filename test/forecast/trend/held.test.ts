import { expect, test } from 'vitest'
import { BLOCK_MS } from '../../../src/forecast/trend/blocks.ts'
import { driftOf as lineThrough, SPANS } from '../../../src/forecast/trend/drift.ts'
import { coarseOf, heldOf, JUDGED_BYTES, judgedIn, keepCoarse, keepHeld } from '../../../src/forecast/trend/held.ts'
import { NOTHING } from '../../../src/forecast/trend/look.ts'
import { blocksOf, driftOf } from './states.ts'

const nothing = () => judgedIn(new ArrayBuffer(JUDGED_BYTES), 0)

test('what is believed comes back as it was, of every look there is', () => {
  const judged = nothing()
  expect(heldOf(judged)).toBeUndefined()
  for (const [level, blockMs] of BLOCK_MS.entries())
    for (const [count] of SPANS) {
      const drift = driftOf({ level, spanMs: count * blockMs, rate: 1 / 3, error: 1e-9, wander: Math.PI, bend: 7 })
      const slowing = driftOf({ rate: -1, early: 1e13 / 7 })
      keepHeld(judged, { drift, longer: undefined, slowing })
      expect(heldOf(judged)).toEqual({ drift, longer: undefined, slowing })
    }
  keepHeld(judged, undefined)
  expect(heldOf(judged)).toBeUndefined()
})

test('of longer levels the looks are kept, and their lines are those of the blocks', () => {
  const judged = nothing()
  const blocks = blocksOf(3600, (s) => s + (s % 60))
  expect(coarseOf(judged, blocks)).toEqual(NOTHING)
  const look = {
    found: lineThrough(blocks, 2, 16),
    longer: lineThrough(blocks, 3, 11),
    slowing: undefined,
    longest: false,
  }
  expect(look.found && look.longer).toBeDefined()
  keepCoarse(judged, look)
  expect(coarseOf(judged, blocks)).toEqual(look)
  expect(heldOf(judged)).toBeUndefined()
  keepCoarse(judged, NOTHING)
  expect(coarseOf(judged, blocks)).toEqual(NOTHING)
})
