import { AT, type Memory } from './memory.ts'
import { WINDOWS } from './parameters.ts'

const LONGEST = WINDOWS[WINDOWS.length - 1] as number
/** Where the ranks of each window begin. */
const STARTS = WINDOWS.map((_, i) => WINDOWS.slice(0, i).reduce<number>((sum, window) => sum + window, 0))

/** Takes a value as the newest. `count` is how many came before. A window's places in the ring are kept in the order of their values. */
export function remember({ f32, u8 }: Memory, count: number, value: number): void {
  const place = count % LONGEST
  f32[AT.values + place] = value
  for (let w = 0; w < WINDOWS.length; w++) {
    const window = WINDOWS[w]!
    const start = STARTS[w]!
    if (count < window) settle(f32, u8, start, count + 1, count, place)
    else {
      const leaving = (count - window) % LONGEST
      let rank = 0
      while (u8[start + rank] !== leaving) rank++
      settle(f32, u8, start, window, rank, place)
    }
  }
}

/** Changes the newest of `count` values. */
export function correct({ f32, u8 }: Memory, count: number, value: number): void {
  const place = (count - 1) % LONGEST
  f32[AT.values + place] = value
  for (let w = 0; w < WINDOWS.length; w++) {
    const start = STARTS[w]!
    let rank = 0
    while (u8[start + rank] !== place) rank++
    settle(f32, u8, start, Math.min(count, WINDOWS[w]!), rank, place)
  }
}

/** Moves what stands at `rank`, now `place`, to where its value belongs. */
function settle(f32: Float32Array, u8: Uint8Array, start: number, length: number, rank: number, place: number): void {
  const value = f32[AT.values + place]!
  let r = rank
  for (; r > 0 && f32[AT.values + u8[start + r - 1]!]! > value; r--) u8[start + r] = u8[start + r - 1]!
  for (; r < length - 1 && f32[AT.values + u8[start + r + 1]!]! < value; r++) u8[start + r] = u8[start + r + 1]!
  u8[start + r] = place
}

/** A quantile of the values of a window, between the nearest two (type 7 of Hyndman & Fan 1996). */
export function recentQuantile({ f32, u8 }: Memory, count: number, window: number, level: number): number {
  const start = STARTS[window]!
  const position = level * (Math.min(count, WINDOWS[window]!) - 1)
  const rank = Math.floor(position)
  const below = f32[AT.values + u8[start + rank]!]!
  if (rank === position) return below
  return below + (position - rank) * (f32[AT.values + u8[start + rank + 1]!]! - below)
}
