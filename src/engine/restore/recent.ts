import type { WindowRequest } from '../../model/frame.ts'
import type { RecentColumns } from '../../model/history.ts'

/** A line stands for the time since the one before it, but no longer than this: beyond that nothing was written. */
const MOST_MS = 25_000
const USUAL_MS = 10_000

/** What the last lines of an earlier run say of one series, oldest first; NaN where they say nothing. */
export interface Recent {
  readonly wallMs: Float64Array
  readonly values: Float64Array
}

/** The lines that were written before this run, whose oldest slot is at `oldestMs`. */
export function recentBefore({ wallMs, series }: RecentColumns, oldestMs: number): RecentColumns {
  const later = wallMs.findIndex((time) => time >= oldestMs)
  if (later < 0) return { wallMs, series }
  return {
    wallMs: wallMs.subarray(0, later),
    series: new Map([...series].map(([key, values]) => [key, values.subarray(0, later)])),
  }
}

/** Fills the steps of a window of which nothing is known yet, the first of them at `firstMs`. */
export function fillRecent(
  { wallMs, values }: Recent,
  { stepMs, by }: Pick<WindowRequest, 'stepMs' | 'by'>,
  firstMs: number,
  out: Float64Array,
): void {
  /** How many lines a step that was filled here is made of. */
  const lines = new Uint16Array(out.length)
  for (let index = wallMs.length - 1; index >= 0; index--) {
    const endMs = wallMs[index] as number
    if (endMs < firstMs) return
    const value = values[index] as number
    if (Number.isNaN(value)) continue
    const beforeMs = index === 0 ? endMs - USUAL_MS : Math.max(wallMs[index - 1] as number, endMs - MOST_MS)
    const last = Math.min(out.length - 1, Math.floor((endMs - firstMs) / stepMs))
    const first = Math.max(0, Math.min(last, Math.floor((beforeMs - firstMs) / stepMs) + 1))
    for (let step = first; step <= last; step++) {
      const known = lines[step] as number
      if (known === 0 ? !Number.isNaN(out[step]) : by === 'last') continue
      out[step] = known === 0 ? value : combined(by, out[step] as number, known, value)
      lines[step] = known + 1
    }
  }
}

function combined(by: WindowRequest['by'], before: number, count: number, value: number): number {
  return by === 'max' ? Math.max(before, value) : (before * count + value) / (count + 1)
}
