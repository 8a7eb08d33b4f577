import { bytesOf, rates } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Sight } from '../sight.ts'

const DIM = style('dim')
const TEXT = style('text')
const WARN = style('warn', { bold: true })
/** Less is a page now and then that somebody wanted back: no figure would show it. */
const LEAST_TRAFFIC = 50_000
/** So much comes back from swap while tasks wait for memory that they do little else. */
const THRASHING_IN = 1e6
const THRASHING_STALLED = 0.1

/** What is limited, and where the built-in rules begin to warn. */
export const MEMORY_SERIES = 'memory_used_ratio'
export const MEMORY_LIMIT = 0.9
export const SWAP_SERIES = 'swap_used_ratio'
export const SWAP_LIMIT = 0.8

/** What the memory panel needs of a frame. */
export interface MemoryData {
  readonly series: Sight
  readonly fresh: string
  readonly severity: string
  readonly swapSeverity: string
  /** None while the values are old. */
  readonly forecasts: Frame['forecasts']
  /** The memory is what a container's limit leaves. */
  readonly limited: boolean
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

/** `1.4 of 2.0 GiB limit`: of the memory there is, and so said where a limit makes it less. */
export function usedSegments(metrics: SeriesView, limited: boolean): Segment[] {
  const of = ofSegments(metrics.value('memory_used_bytes'), metrics.value('memory_total_bytes'))
  return limited && of.length > 0 ? [...of, segment(' limit', DIM)] : of
}

/**
 * `in 2.1  out 0.4 MB/s`, of what goes from and to swap that which does, and a shorter one with the way back alone; nothing while nothing
 * is on the move. A warning only when it holds up work.
 */
export function swapTraffic(metrics: SeriesView): Segment[][] {
  const back = metrics.value('swap_in_bytes_per_second') ?? 0
  const away = metrics.value('swap_out_bytes_per_second') ?? 0
  const { figures, unit } = rates([back, away])
  const packed = isThrashing(metrics) ? WARN : TEXT
  const end = segment(` ${unit}`, DIM)
  const way = (word: string, figure: string | undefined) => [segment(`${word} `, DIM), segment(figure ?? '', packed)]
  const comes = way('in', figures[0])
  const goes = way('out', figures[1])
  if (back < LEAST_TRAFFIC) return away < LEAST_TRAFFIC ? [] : [[...goes, end]]
  return away < LEAST_TRAFFIC
    ? [[...comes, end]]
    : [
        [...comes, segment('  '), ...goes, end],
        [...comes, end],
      ]
}

function isThrashing(metrics: SeriesView): boolean {
  const back = metrics.value('swap_in_bytes_per_second') ?? 0
  return back > THRASHING_IN && (metrics.value('pressure_memory_some_ratio') ?? 1) > THRASHING_STALLED
}
