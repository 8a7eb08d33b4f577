/**
 * A number of 32 bits that a name always has: FNV-1a over its UTF-16 code units (draft-eastlake-fnv), and the last mixing of MurmurHash3,
 * without which names that differ in their last letter only would stand close together.
 */
export function nameHash(name: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Where in every interval a check starts, 0 ≤ share < 1: the same after each restart. */
export function phaseOf(name: string): number {
  return nameHash(name) / 2 ** 32
}

/** Both clocks at one moment, in milliseconds. Turns are counted on the monotonic one: a jump of the wall clock moves nothing. */
export interface Anchor {
  readonly wallMs: number
  readonly monoMs: number
}

/** The turns of one check: turn `n` is at the wall time `(n + phase) × interval`, as the clocks stood to each other at the anchor. */
export interface Turns {
  /** The last turn at or before a monotonic time. */
  at(monoMs: number): number
  /** When a turn is, monotonic. */
  mono(turn: number): number
}

/** Sums of times that large are not exact; a turn this near has come. */
const SLACK_MS = 0.5

export function turnsOf(name: string, intervalMs: number, anchor: Anchor): Turns {
  const originMono = anchor.monoMs - anchor.wallMs + phaseOf(name) * intervalMs
  return {
    at: (monoMs) => Math.floor((monoMs + SLACK_MS - originMono) / intervalMs),
    mono: (turn) => originMono + turn * intervalMs,
  }
}
