import type { Clock } from '../../lib/clock.ts'
import type { Line, LineKind } from '../line.ts'
import type { Disk } from './disk.ts'

/** Below this share of a file system that is free, what is measured is written once a minute; above the second all of it again. */
export const SHORT = 0.05
const ENOUGH = 0.06
const LOOK_MS = 30_000
const MINUTE_MS = 60_000

/** How much room there is, and what is left out where there is little. */
export interface SpaceWatch {
  /** Whether there is little. */
  readonly short: boolean
  /** Asks the file system, if it was not asked lately. A file system that does not tell has room. */
  look(): Promise<void>
  /** Whether a line is left out: measured values after the first of their minute, while space is short. */
  thins(line: Line): boolean
}

export function createSpaceWatch(disk: Disk, folder: string, clock: Clock): SpaceWatch {
  let lookedMono = Number.NEGATIVE_INFINITY
  let short = false
  /** The line of each kind that stands for its minute: several may be of one moment. */
  const kept = new Map<LineKind, number>()

  return {
    get short() {
      return short
    },
    async look() {
      if (clock.monoMs() - lookedMono < LOOK_MS) return
      lookedMono = clock.monoMs()
      try {
        const free = await disk.free(folder)
        short = free !== undefined && free < (short ? ENOUGH : SHORT)
      } catch {
        // The folder is gone, or its disk is: the write says what is wrong.
        short = false
      }
    },
    thins({ kind, t }) {
      if (!short || (kind !== 'metrics' && kind !== 'processes')) return false
      const before = kept.get(kind)
      if (before !== undefined && before !== t && Math.floor(before / MINUTE_MS) === Math.floor(t / MINUTE_MS))
        return true
      kept.set(kind, t)
      return false
    },
  }
}
