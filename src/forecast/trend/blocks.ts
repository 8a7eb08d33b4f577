/** Lengths of a block on each level, in milliseconds. A minute is one of them, so that means of minutes fit in. */
export const BLOCK_MS: readonly number[] = [5, 15, 60, 240, 960, 3840, 15_360].map((seconds) => seconds * 1000)
/** The level whose blocks are minutes. */
export const MINUTE_LEVEL = 2
/** How many closed blocks of a level are kept: a power of two. */
export const KEPT = 16
const LEVELS = BLOCK_MS.length
const MEANS = LEVELS * KEPT
/** Bytes that blocks take of a buffer: a multiple of 8. */
export const BLOCKS_BYTES = 8 * (1 + LEVELS) + 4 * MEANS + 8 * Math.ceil((3 * LEVELS) / 2)

/**
 * Means of a series over blocks of time, on seven levels from 5 s to 4 h, the last 16 blocks of each: 80 s in detail, 68 h roughly, in half
 * a kilobyte. A block without a sample is NaN. What is kept is the difference to the first value: a 32-bit float then resolves small moves of large values.
 */
export interface Blocks {
  /** The first value, and of each level the sum of what its open block has. */
  readonly f64: Float64Array
  readonly means: Float32Array
  /** Of each level the number of the last closed block since the epoch of the clock, of the open one, and how many values that has. */
  readonly i32: Int32Array
}

const BASE = 0
const SUMS = 1
const CLOSED = 0
const OPEN = LEVELS
const COUNTS = 2 * LEVELS
/** The number of no block. */
const NONE = -(2 ** 31)

/** The blocks that lie in a buffer, from byte `at` on. */
export function blocksIn(buffer: ArrayBuffer, at: number): Blocks {
  const meansAt = at + 8 * (1 + LEVELS)
  return {
    f64: new Float64Array(buffer, at, 1 + LEVELS),
    means: new Float32Array(buffer, meansAt, MEANS),
    i32: new Int32Array(buffer, meansAt + 4 * MEANS, 3 * LEVELS),
  }
}

/** Blocks that know nothing yet, in zeroed bytes. */
export function createBlocks(buffer = new ArrayBuffer(BLOCKS_BYTES), at = 0): Blocks {
  const blocks = blocksIn(buffer, at)
  forget(blocks)
  blocks.f64[BASE] = Number.NaN
  return blocks
}

/** The first value, that all means are less of; NaN before it. */
export function baseOf({ f64 }: Blocks): number {
  return f64[BASE] as number
}

/** Which level a block was closed on, and its mean less the base. */
export type Closed = (level: number, mean: number, endMs: number) => void

/** Adds a value to the open block of a level; what is closed by it goes on to the next level. */
export function addToBlocks(blocks: Blocks, level: number, atMs: number, value: number, onClosed: Closed): void {
  if (Number.isNaN(baseOf(blocks))) blocks.f64[BASE] = value
  add(blocks, level, Math.floor(atMs / length(level)), value - baseOf(blocks), onClosed)
}

/** Takes the mean of a whole block. */
export function addBlock(blocks: Blocks, level: number, atMs: number, mean: number, onClosed: Closed): void {
  addToBlocks(blocks, level, atMs, mean, onClosed)
  close(blocks, level, onClosed)
}

/** The mean of the block that lies `back` before the last closed one, less the base; NaN where none is known. */
export function blockAt(blocks: Blocks, level: number, back: number): number {
  const closed = blocks.i32[CLOSED + level] as number
  if (back >= KEPT || closed === NONE) return Number.NaN
  return blocks.means[placeOf(level, closed - back)] as number
}

/** When the last closed block of a level ended; there is one. */
export function closedMs(blocks: Blocks, level: number): number {
  return ((blocks.i32[CLOSED + level] as number) + 1) * length(level)
}

function add(blocks: Blocks, level: number, index: number, value: number, onClosed: Closed): void {
  const { f64, i32 } = blocks
  const open = i32[OPEN + level] as number
  if (index < open) forget(blocks)
  if (index !== open && (i32[COUNTS + level] as number) > 0) close(blocks, level, onClosed)
  i32[OPEN + level] = index
  f64[SUMS + level] = (f64[SUMS + level] as number) + value
  i32[COUNTS + level] = (i32[COUNTS + level] as number) + 1
}

function close(blocks: Blocks, level: number, onClosed: Closed): void {
  const { f64, means, i32 } = blocks
  const index = i32[OPEN + level] as number
  const mean = (f64[SUMS + level] as number) / (i32[COUNTS + level] as number)
  const last = i32[CLOSED + level] as number
  const missed = last === NONE ? 0 : Math.min(KEPT - 1, index - last - 1)
  for (let back = 1; back <= missed; back++) means[placeOf(level, index - back)] = Number.NaN
  means[placeOf(level, index)] = mean
  i32[CLOSED + level] = index
  f64[SUMS + level] = 0
  i32[COUNTS + level] = 0
  onClosed(level, mean, (index + 1) * length(level))
  const above = level + 1
  if (above >= LEVELS) return
  const ratio = length(above) / length(level)
  add(blocks, above, Math.floor(index / ratio), mean, onClosed)
  if ((index + 1) % ratio === 0) close(blocks, above, onClosed)
}

/** A clock that went back makes nothing of what it told before. */
function forget({ f64, means, i32 }: Blocks): void {
  f64.fill(0, SUMS)
  means.fill(Number.NaN)
  i32.fill(NONE, CLOSED, COUNTS)
  i32.fill(0, COUNTS)
}

/** Where the mean of a block lies, in a ring. */
function placeOf(level: number, index: number): number {
  return level * KEPT + (index & (KEPT - 1))
}

function length(level: number): number {
  return BLOCK_MS[level] as number
}
