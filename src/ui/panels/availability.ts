import { percent } from '../../lib/units.ts'
import type { CheckStatus } from '../../model/check.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'

const DIM = style('dim')
const TEXT = style('text')
/** A share of less time than this says nothing: what just started and failed once is not up for 0 % of a day. */
const LEAST_KNOWN_MS = 300_000

/** Whether it has been asked for so long that a share of the time means something. */
export function isLongKnown({ results, changes, last }: CheckStatus): boolean {
  const newest = last?.wallMs ?? results.at(-1)?.wallMs ?? 0
  const oldest = Math.min(results[0]?.wallMs ?? newest, changes.at(-1)?.wallMs ?? newest)
  return newest - oldest >= LEAST_KNOWN_MS
}

/** `99.94 %`; all of it is dim, and no more than the whole is ever rounded up to it. */
export function availabilitySegments(ratio: number | undefined): Segment[] {
  if (ratio === undefined) return []
  if (ratio >= 1) return [segment('100 %', DIM)]
  const { figure, unit } = percent(Math.floor(ratio * 10_000) / 10_000, 2)
  return [segment(figure, TEXT), segment(` ${unit}`, DIM)]
}
