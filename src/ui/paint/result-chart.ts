import type { PastResult } from '../../model/check.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Token } from '../theme/tokens.ts'
import type { Look } from './look.ts'
import { maximum, sparkline } from './sparkline.ts'

const FAILED = style('crit')

export interface ResultLook {
  /** Seconds. */
  readonly least: number
  readonly slow: (result: PastResult) => boolean
  readonly body?: Token
}

/**
 * The small chart of the last results of a check, one a cell, the newest at the right end of `columns`: latencies to the scale of their
 * own recent maximum, which is at least `least` seconds, in `body` (a service's own unless said); a failed one is a dot in crit. `slow`: those
 * that took too long have the colour of a warning.
 */
export function resultChart(
  surface: Surface,
  x: number,
  y: number,
  columns: number,
  results: readonly PastResult[],
  { least, slow, body = 'svc2' }: ResultLook,
  look: Look,
): void {
  const shown = columns <= 0 ? [] : results.slice(-columns)
  const from = x + columns - shown.length
  const values = shown.map(({ state, latencyS }) => (state === 'down' ? Number.NaN : latencyS))
  const most = maximum(values, least)
  for (const [index, result] of shown.entries()) {
    if (result.state === 'down') surface.put(from + index, y, look.glyphs.failed, FAILED)
    else {
      const tone = slow(result) ? 'warn' : body
      sparkline(surface, from + index, y, [values[index] as number], most, tone, look)
    }
  }
}
