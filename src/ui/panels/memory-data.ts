import { bytesOf } from '../../lib/units.ts'
import type { SeriesView } from '../../model/frame.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'

const DIM = style('dim')
const TEXT = style('text')

/** What the memory panel needs of a frame. */
export interface MemoryData {
  readonly metrics: SeriesView
  readonly tick: number
  readonly wallMs: number
  readonly fresh: string
  readonly severity: string
  readonly swapSeverity: string
}

/** `22.1 of 31.2 GiB`; empty when either is not known. */
export function ofSegments(part: number | undefined, whole: number | undefined): Segment[] {
  if (part === undefined || whole === undefined) return []
  const figures = bytesOf(part, whole)
  return [
    segment(figures.part.padStart(figures.whole.length), TEXT),
    segment(` of ${figures.whole} ${figures.unit}`, DIM),
  ]
}
