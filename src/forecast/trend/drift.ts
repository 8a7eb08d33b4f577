import { BLOCK_MS, type Blocks, blockAt, closedMs, KEPT } from './blocks.ts'

/** A straight line through the last blocks of a level. Times in milliseconds. */
export interface Drift {
  readonly level: number
  /** How long it was looked at. */
  readonly spanMs: number
  /** Rise a millisecond. */
  readonly rate: number
  /** Its standard error. */
  readonly error: number
  /** Variance that the path gathers a millisecond besides the line. */
  readonly wander: number
  /** Standard deviation of the blocks about the line. */
  readonly scatter: number
  /** The line at `atMs`, the end of the last block, less the base. */
  readonly value: number
  readonly atMs: number
  /** Moves from the first third to the second, from there to the last one, and the standard error of their difference. */
  readonly early: number
  readonly late: number
  readonly bend: number
}

/** Numbers of blocks that a line is put through, most first, and the t beyond which its slope is not chance. */
export const SPANS: readonly (readonly [count: number, t: number])[] = [
  [16, 5],
  [11, 6.5],
  [8, 9],
]
/** The number of the look that saw a line: looks are counted by level, and on it by how many blocks they have. */
export function lookOf({ level, spanMs }: Pick<Drift, 'level' | 'spanMs'>): number {
  const blocks = spanMs / (BLOCK_MS[level] as number)
  return level * SPANS.length + SPANS.findIndex(([count]) => count === blocks)
}

/** The level and the number of blocks of a look. */
export function partsOf(look: number): { readonly level: number; readonly count: number } {
  const [count] = SPANS[look % SPANS.length] as readonly [number, number]
  return { level: Math.floor(look / SPANS.length), count }
}

/** Least share of its short-term variance that a path is taken to gather in the long run: white noise gathers none, but 15 moves do not prove that. */
const LEAST = 0.2
const values = new Float64Array(KEPT)

/**
 * Least squares through the last `count` blocks of a level. The error of the slope comes from the long-run variance of the moves beside it
 * (Newey & West 1987, one lag): blocks of noise give back what they took, those of a random walk do not, and each is judged as what it is.
 * Undefined with more than a quarter of the blocks missing, or the first or the last one.
 */
export function driftOf(blocks: Blocks, level: number, count: number): Drift | undefined {
  if (!gather(blocks, level, count)) return undefined
  const centre = (count - 1) / 2
  let mean = 0
  let slope = 0
  for (let i = 0; i < count; i++) {
    mean += values[i] as number
    slope += (i - centre) * (values[i] as number)
  }
  mean /= count
  slope /= (count * (count * count - 1)) / 12
  let squares = 0
  for (let i = 0; i < count; i++) squares += ((values[i] as number) - mean - (i - centre) * slope) ** 2
  const variance = varianceOf(count, slope, 0)
  const third = Math.round(count / 3)
  const [first, middle, last] = [meanOf(0, third), meanOf(third, count - third), meanOf(count - third, count)]
  const blockMs = BLOCK_MS[level] as number
  return {
    level,
    spanMs: count * blockMs,
    rate: slope / blockMs,
    error: Math.sqrt(variance / (count - 1)) / blockMs,
    wander: variance / blockMs,
    scatter: Math.sqrt(squares / (count - 2)),
    value: mean + slope * (centre + 0.5),
    atMs: closedMs(blocks, level),
    early: middle - first,
    late: last - middle,
    bend: Math.sqrt((varianceOf(count, slope, curveOf(count)) * count) / 3),
  }
}

/** Long-run variance of the moves from block to block beside a line, or a parabola. */
function varianceOf(count: number, slope: number, curve: number): number {
  const middle = count / 2
  let short = 0
  let lagged = 0
  let before = 0
  for (let i = 1; i < count; i++) {
    const move = (values[i] as number) - (values[i - 1] as number) - slope - 2 * curve * (i - middle)
    short += move * move
    lagged += move * before
    before = move
  }
  return Math.max(short + 2 * lagged, LEAST * short) / (count - (curve === 0 ? 2 : 3))
}

/** The quadratic term of the parabola through the values, by orthogonal polynomials. */
function curveOf(count: number): number {
  const centre = (count - 1) / 2
  const mean = (count * count - 1) / 12
  let sum = 0
  let squares = 0
  for (let i = 0; i < count; i++) {
    const second = (i - centre) ** 2 - mean
    sum += second * (values[i] as number)
    squares += second * second
  }
  return sum / squares
}

/** Puts the last blocks into `values`, oldest first, what is missing between its neighbours; false where too much is. */
function gather(blocks: Blocks, level: number, count: number): boolean {
  let known = -1
  let missing = 0
  for (let i = 0; i < count; i++) {
    const value = blockAt(blocks, level, count - 1 - i)
    if (Number.isNaN(value)) {
      if (i === 0 || ++missing > count / 4) return false
      continue
    }
    for (let j = known + 1; j < i; j++)
      values[j] = (values[known] as number) + ((value - (values[known] as number)) * (j - known)) / (i - known)
    values[i] = value
    known = i
  }
  return known === count - 1
}

function meanOf(from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i] as number
  return sum / (to - from)
}
