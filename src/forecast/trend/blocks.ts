/** Lengths of a block on each level, in milliseconds. A minute is one of them, so that means of minutes fit in. */
export const BLOCK_MS: readonly number[] = [5, 15, 60, 240, 960, 3840, 15_360].map((seconds) => seconds * 1000)
/** The level whose blocks are minutes. */
export const MINUTE_LEVEL = 2
/** How many closed blocks of a level are kept. */
export const KEPT = 16

/**
 * Means of a series over blocks of time, on seven levels from 5 s to 4 h, the last 16 blocks of each: 80 s in detail, 68 h roughly, in half
 * a kilobyte. A block without a sample is NaN. What is kept is the difference to the first value: a 32-bit float then resolves small moves of large values.
 */
export interface Blocks {
  readonly means: Float32Array
  /** Number of the last closed block of each level since the epoch of the clock; NaN before the first. */
  readonly closed: number[]
  /** The one that is open, with the sum and the count of what it has. */
  readonly open: number[]
  readonly sums: number[]
  readonly counts: number[]
  /** The first value. */
  base: number
}

export function createBlocks(): Blocks {
  return {
    means: new Float32Array(BLOCK_MS.length * KEPT).fill(Number.NaN),
    closed: BLOCK_MS.map(() => Number.NaN),
    open: BLOCK_MS.map(() => Number.NaN),
    sums: BLOCK_MS.map(() => 0),
    counts: BLOCK_MS.map(() => 0),
    base: Number.NaN,
  }
}

/** Which level a block was closed on, and its mean less the base. */
export type Closed = (level: number, mean: number, endMs: number) => void

/** Adds a value to the open block of a level; what is closed by it goes on to the next level. */
export function addToBlocks(blocks: Blocks, level: number, atMs: number, value: number, onClosed: Closed): void {
  if (Number.isNaN(blocks.base)) blocks.base = value
  add(blocks, level, Math.floor(atMs / length(level)), value - blocks.base, onClosed)
}

/** Takes the mean of a whole block. */
export function addBlock(blocks: Blocks, level: number, atMs: number, mean: number, onClosed: Closed): void {
  addToBlocks(blocks, level, atMs, mean, onClosed)
  close(blocks, level, onClosed)
}

/** The mean of the block that lies `back` before the last closed one, less the base; NaN where none is known. */
export function blockAt(blocks: Blocks, level: number, back: number): number {
  if (back >= KEPT) return Number.NaN
  const closed = blocks.closed[level] as number
  if (Number.isNaN(closed)) return Number.NaN
  return blocks.means[level * KEPT + ((closed - back + KEPT) % KEPT)] as number
}

/** When the last closed block of a level ended. */
export function closedMs(blocks: Blocks, level: number): number {
  return ((blocks.closed[level] as number) + 1) * length(level)
}

function add(blocks: Blocks, level: number, index: number, value: number, onClosed: Closed): void {
  const open = blocks.open[level] as number
  if (index < open) forget(blocks)
  if (index !== open && (blocks.counts[level] as number) > 0) close(blocks, level, onClosed)
  blocks.open[level] = index
  blocks.sums[level] = (blocks.sums[level] as number) + value
  blocks.counts[level] = (blocks.counts[level] as number) + 1
}

function close(blocks: Blocks, level: number, onClosed: Closed): void {
  const index = blocks.open[level] as number
  const mean = (blocks.sums[level] as number) / (blocks.counts[level] as number)
  const last = blocks.closed[level] as number
  const missed = Number.isNaN(last) ? 0 : Math.min(KEPT - 1, index - last - 1)
  for (let back = 1; back <= missed; back++) blocks.means[level * KEPT + ((index - back + KEPT) % KEPT)] = Number.NaN
  blocks.means[level * KEPT + (index % KEPT)] = mean
  blocks.closed[level] = index
  blocks.sums[level] = 0
  blocks.counts[level] = 0
  onClosed(level, mean, (index + 1) * length(level))
  const above = level + 1
  if (above >= BLOCK_MS.length) return
  const ratio = length(above) / length(level)
  add(blocks, above, Math.floor(index / ratio), mean, onClosed)
  if ((index + 1) % ratio === 0) close(blocks, above, onClosed)
}

/** A clock that went back makes nothing of what it told before. */
function forget(blocks: Blocks): void {
  blocks.means.fill(Number.NaN)
  blocks.closed.fill(Number.NaN)
  blocks.open.fill(Number.NaN)
  blocks.sums.fill(0)
  blocks.counts.fill(0)
}

function length(level: number): number {
  return BLOCK_MS[level] as number
}
