import { fadeOver } from './fade.ts'
import { IN_BLOCK, type Memory } from './memory.ts'
import { BIN_LINEAR, BINS, BINS_PER_E } from './parameters.ts'

/**
 * Counts of an anchor's residuals (in units of the volatility of their moment) in bins that are even near zero and logarithmic far out.
 * Older ones fade by forward decay (Cormode et al. 2009): a residual counts the more the later it comes, and all counts are halved
 * whenever that has doubled, so a sample touches one bin.
 */
const MOST = 30_000

/** How much a residual of this moment counts, with this half-life in steps. */
function unitAt(cell: number, halfLife: number): number {
  const first = Math.min(64, Math.max(2, MOST / (3 * halfLife)))
  return Math.round(first / fadeOver(cell % halfLife, halfLife))
}

/** Lets the counts fade from the cell before to this one. */
export function fadeBins({ u16 }: Memory, block: number, before: number, cell: number, halfLife: number): void {
  const times = Math.floor(cell / halfLife) - Math.floor(before / halfLife)
  if (times <= 0) return
  const start = 2 * (block + IN_BLOCK.bins)
  for (let i = start; i < start + BINS; i++) u16[i] = times > 15 ? 0 : u16[i]! >> times
}

export function countResidual({ u16 }: Memory, block: number, cell: number, halfLife: number, residual: number): void {
  const exact = Math.floor(Math.asinh(residual / BIN_LINEAR) * BINS_PER_E) + BINS / 2
  const bin = 2 * (block + IN_BLOCK.bins) + Math.min(BINS - 1, Math.max(0, exact))
  u16[bin] = Math.min(0xffff, u16[bin]! + unitAt(cell, halfLife))
}

/** A quantile of the residuals, evenly within a bin; 0 while there are none. */
export function residualQuantile({ u16 }: Memory, block: number, level: number): number {
  const start = 2 * (block + IN_BLOCK.bins)
  let total = 0
  for (let i = 0; i < BINS; i++) total += u16[start + i]!
  if (total === 0) return 0
  let left = level * total
  let position = BINS / 2
  for (let i = 0; i < BINS; i++) {
    const count = u16[start + i]!
    if (count === 0) continue
    if (left <= count) return residualAt(i + left / count)
    left -= count
    position = i + 1
  }
  return residualAt(position)
}

const residualAt = (position: number) => Math.sinh((position - BINS / 2) / BINS_PER_E) * BIN_LINEAR
