import { expect, test } from 'vitest'
import {
  addBlock,
  addToBlocks,
  BLOCK_MS,
  blockAt,
  closedMs,
  createBlocks,
  MINUTE_LEVEL,
} from '../../../src/forecast/trend/blocks.ts'

const ignore = () => undefined

test('each block is the mean of those it is made of, on every level', () => {
  const blocks = createBlocks()
  // A ramp of 1 a second: the mean of a block is its middle.
  for (let s = 0; s <= 7680; s++) addToBlocks(blocks, 0, s * 1000, s, ignore)
  for (let level = 0; level < BLOCK_MS.length - 1; level++) {
    const length = (BLOCK_MS[level] as number) / 1000
    expect(closedMs(blocks, level)).toBe(7680_000)
    expect(blockAt(blocks, level, 0)).toBe(7680 - length / 2 - 0.5)
    expect(blockAt(blocks, level, 1)).toBe(7680 - 1.5 * length - 0.5)
  }
})

test('a block without a sample is not known, and neither is what was never seen', () => {
  const blocks = createBlocks()
  for (const s of [0, 5, 20, 25]) addToBlocks(blocks, 0, s * 1000, 7, ignore)
  // 25 s opened a block; 20 s closed one, 10 and 15 s have none.
  expect([0, 1, 2, 3, 4, 5].map((back) => blockAt(blocks, 0, back))).toEqual([
    0,
    Number.NaN,
    Number.NaN,
    0,
    0,
    Number.NaN,
  ])
})

test('after a gap longer than all that is kept, nothing from before it is left', () => {
  const blocks = createBlocks()
  for (let s = 0; s < 200; s += 5) addToBlocks(blocks, 0, s * 1000, 1, ignore)
  addToBlocks(blocks, 0, 1_000_000, 5, ignore)
  addToBlocks(blocks, 0, 1_005_000, 5, ignore)
  expect(blockAt(blocks, 0, 0)).toBe(4)
  for (let back = 1; back < 16; back++) expect(blockAt(blocks, 0, back)).toBeNaN()
})

test('means of minutes go where minutes of samples would have gone', () => {
  const [samples, minutes] = [createBlocks(), createBlocks()]
  for (let s = 0; s < 3600; s++) addToBlocks(samples, 0, s * 1000, Math.floor(s / 60) % 7, ignore)
  addToBlocks(samples, 0, 3_600_000, 0, ignore)
  for (let m = 0; m < 60; m++) addBlock(minutes, MINUTE_LEVEL, m * 60_000, m % 7, ignore)
  for (let level = MINUTE_LEVEL; level < 5; level++)
    for (let back = 0; back < 3; back++)
      expect(blockAt(minutes, level, back)).toBeCloseTo(blockAt(samples, level, back), 5)
})

test('a large value moves by little, and that is kept', () => {
  const blocks = createBlocks()
  const total = 8e12
  for (let s = 0; s <= 60; s++) addToBlocks(blocks, 0, s * 1000, total + 1000 * s, ignore)
  expect(blockAt(blocks, 0, 0) - blockAt(blocks, 0, 1)).toBe(5000)
})

test('a clock that goes back forgets what it told', () => {
  const blocks = createBlocks()
  for (let s = 1000; s < 1100; s++) addToBlocks(blocks, 0, s * 1000, 1, ignore)
  for (let s = 0; s < 6; s++) addToBlocks(blocks, 0, s * 1000, 3, ignore)
  expect(blockAt(blocks, 0, 0)).toBe(2)
  expect(blockAt(blocks, 0, 1)).toBeNaN()
})
