import { BLOCK_MS } from './blocks.ts'

/** How many turning points are kept. */
const POINTS = 12
/** Share of the memory in which a swing gets e times smaller to the one who looks for the smallest. */
const FADE = 1 / 4
/** Times are kept as whole numbers of the shortest block: 32 bits of them reach for centuries. */
const UNIT_MS = BLOCK_MS[0] as number
/** Bytes that turning points take of a buffer: a multiple of 4. */
export const SWINGS_BYTES = 4 * (1 + 2 * POINTS)

/**
 * Turning points of a series, ups and downs by turns, oldest first; the last one is where it is going now. When there are too many, the
 * smallest swing goes, so what stays are the largest ones of the last hours (Edelsbrunner's persistence; "rainflow" in the testing of materials).
 */
export interface Swings {
  /** How many there are. */
  readonly size: Int32Array
  readonly times: Int32Array
  readonly values: Float32Array
}

/** The turning points that lie in a buffer, from byte `at` on; zeroed bytes are none. */
export function swingsIn(buffer: ArrayBuffer, at: number): Swings {
  return {
    size: new Int32Array(buffer, at, 1),
    times: new Int32Array(buffer, at + 4, POINTS),
    values: new Float32Array(buffer, at + 4 + 4 * POINTS, POINTS),
  }
}

export function createSwings(): Swings {
  return swingsIn(new ArrayBuffer(SWINGS_BYTES), 0)
}

export function countOf({ size }: Swings): number {
  return size[0] as number
}

/** When a turning point was, in milliseconds. */
export function timeAt({ times }: Swings, index: number): number {
  return (times[index] as number) * UNIT_MS
}

export function valueAt({ values }: Swings, index: number): number {
  return values[index] as number
}

/**
 * Takes the next value, at the end of a block; forgets what is older than `memoryMs`. True when there are other turning points than
 * before, apart from the last one.
 */
export function swing(swings: Swings, endMs: number, mean: number, memoryMs: number): boolean {
  const value = Math.fround(mean)
  // A clock that went back makes nothing of what it told before.
  if (countOf(swings) > 0 && endMs < timeAt(swings, countOf(swings) - 1)) remove(swings, 0, countOf(swings))
  let old = 0
  while (old + 1 < countOf(swings) && endMs - timeAt(swings, old + 1) > memoryMs) old++
  if (old > 0) remove(swings, 0, old)
  let last = countOf(swings) - 1
  if (last === 0 && value === valueAt(swings, 0)) return old > 0
  if (last > 0 && goesOn(valueAt(swings, last - 1), valueAt(swings, last), value)) {
    put(swings, last, endMs, value)
    return old > 0
  }
  if (last + 1 === POINTS) {
    drop(swings, endMs, memoryMs * FADE)
    last = countOf(swings) - 1
  }
  put(swings, last + 1, endMs, value)
  swings.size[0] = last + 2
  return true
}

function put({ times, values }: Swings, index: number, atMs: number, value: number): void {
  times[index] = Math.round(atMs / UNIT_MS)
  values[index] = value
}

function goesOn(before: number, last: number, value: number): boolean {
  return last >= before ? value >= last : value <= last
}

/** Makes room for the point of `nowMs`. The smallest swing goes: both its ends, or the oldest point when it is the first one. Of two alike the older one is the smaller. */
function drop(swings: Swings, nowMs: number, fadeMs: number): void {
  let smallest = 0
  let size = Number.POSITIVE_INFINITY
  for (let i = 0; i < countOf(swings) - 1; i++) {
    const fade = Math.exp((timeAt(swings, i + 1) - nowMs) / fadeMs)
    const swung = fade * Math.abs(valueAt(swings, i + 1) - valueAt(swings, i))
    if (swung < size) {
      size = swung
      smallest = i
    }
  }
  remove(swings, smallest, smallest === 0 ? 1 : 2)
}

function remove(swings: Swings, from: number, count: number): void {
  swings.times.copyWithin(from, from + count)
  swings.values.copyWithin(from, from + count)
  swings.size[0] = countOf(swings) - count
}
