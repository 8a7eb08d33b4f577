import { valueText } from '../../alerts/wording.ts'
import type { SeriesView } from '../../model/frame.ts'
import { parseSeriesKey } from '../../model/series.ts'

const STEP_MS = 5000
/** The last half minute is compared with the ten minutes before the last one. */
const NOW_STEPS = 6
const GAP_STEPS = 6
const USUAL_STEPS = 120
const COUNT = NOW_STEPS + GAP_STEPS + USUAL_STEPS
/** Three minutes have to be known. */
const LEAST_KNOWN = 36
/** A normal distribution's standard deviation, as a multiple of its median absolute deviation. */
const MAD_TO_SIGMA = 1.4826
/** So many of its usual deviations away is no chance any more. */
const LEAST_SIGMAS = 5
/** Back from now, what is further away than this belongs to the jump. */
const ONSET_SIGMAS = 3
/** Of a metric, no more series than these are looked at. */
const MOST_SERIES = 32

/** A series worth naming: what a person calls it, and what is too little to speak of, in its unit. */
interface Named {
  readonly metric: string
  /** `{}` stands for the value of its label. */
  readonly name: string
  readonly least: number
  /** It has to be so many times its usual value, or that much less, where it has no upper end. */
  readonly times?: number
}

const NAMED: readonly Named[] = [
  { metric: 'cpu_used_ratio', name: 'cpu', least: 0.15 },
  { metric: 'cpu_steal_ratio', name: 'cpu stolen', least: 0.05 },
  { metric: 'load_1m', name: 'load', least: 1, times: 2 },
  { metric: 'pressure_cpu_some_ratio', name: 'stalled for cpu', least: 0.1 },
  { metric: 'memory_used_ratio', name: 'memory', least: 0.05 },
  { metric: 'swap_used_ratio', name: 'swap', least: 0.05 },
  { metric: 'swap_in_bytes_per_second', name: 'read back from swap', least: 1e6, times: 2 },
  { metric: 'pressure_memory_some_ratio', name: 'stalled for memory', least: 0.05 },
  { metric: 'pressure_io_some_ratio', name: 'stalled for disks', least: 0.1 },
  { metric: 'disk_busy_ratio', name: '{} busy', least: 0.2 },
  { metric: 'disk_read_bytes_per_second', name: '{} reads', least: 5e6, times: 2 },
  { metric: 'disk_write_bytes_per_second', name: '{} writes', least: 5e6, times: 2 },
  { metric: 'network_receive_bytes_per_second', name: '{} receives', least: 1e6, times: 2 },
  { metric: 'network_transmit_bytes_per_second', name: '{} sends', least: 1e6, times: 2 },
  { metric: 'tcp_established_sockets', name: 'tcp connections', least: 50, times: 2 },
  { metric: 'tcp_resent_ratio', name: 'tcp resent', least: 0.02 },
  { metric: 'check_latency_seconds', name: '{} latency', least: 0.05, times: 2 },
]

/** A series that left its usual range. */
export interface Jump {
  readonly series: string
  /** `sda writes`. */
  readonly subject: string
  /** `rose from 0.4 MB/s to 38.0 MB/s`. */
  readonly text: string
  /** Wall time at which it left, to a few seconds. */
  readonly wallMs: number
  readonly rose: boolean
  /** How far, 0..1: a sixth for what is just out of the usual range, nearly 1 for what is nothing like it. */
  readonly size: number
}

/**
 * Series worth naming whose mean of the last half minute is far from what they were in the ten minutes before, largest first. Robust: the
 * usual range is median and median absolute deviation, so that a peak among the past hides nothing. Costs a few milliseconds.
 */
export function jumpsOf(view: SeriesView, wallMs: number): readonly Jump[] {
  const jumps = NAMED.flatMap((named) =>
    view
      .keys(named.metric)
      .slice(0, MOST_SERIES)
      .flatMap((series) => jumpOf(view, series, named, wallMs) ?? []),
  )
  return jumps.sort((a, b) => b.size - a.size)
}

function jumpOf(view: SeriesView, series: string, named: Named, wallMs: number): Jump | undefined {
  const label = Object.values(parseSeriesKey(series).labels)[0] ?? ''
  // What a machine tells itself is no traffic.
  if (label === 'lo') return undefined
  const values = view.window(series, { endMs: wallMs, stepMs: STEP_MS, count: COUNT, by: 'mean' })
  const usual = values.subarray(0, USUAL_STEPS).filter((value) => !Number.isNaN(value))
  const last = values.subarray(-NOW_STEPS).filter((value) => !Number.isNaN(value))
  if (usual.length < LEAST_KNOWN || last.length === 0) return undefined
  const middle = median(usual)
  const now = last.reduce((sum, value) => sum + value, 0) / last.length
  const apart = Math.abs(now - middle)
  // What hardly ever moves would jump at every breath: it is let be unsteady by a little.
  const sigma = Math.max(
    MAD_TO_SIGMA * median(usual.map((value) => Math.abs(value - middle))),
    named.least / LEAST_SIGMAS,
  )
  if (apart < named.least || apart < LEAST_SIGMAS * sigma) return undefined
  if (named.times !== undefined && Math.max(now, middle) < named.times * Math.min(now, middle)) return undefined
  return {
    series,
    subject: named.name.replace('{}', label),
    text: `${now > middle ? 'rose' : 'fell'} from ${valueText(named.metric, middle)} to ${valueText(named.metric, now)}`,
    wallMs: onsetMs(values, middle, ONSET_SIGMAS * sigma, wallMs),
    rose: now > middle,
    size: 1 - LEAST_SIGMAS / (apart / sigma + 1),
  }
}

/** The beginning of the first of the last steps that are out of the usual range. */
function onsetMs(values: Float64Array, middle: number, reach: number, wallMs: number): number {
  let at = values.length - 1
  const isOut = (value: number) => Number.isNaN(value) || Math.abs(value - middle) > reach
  while (at > USUAL_STEPS && isOut(values[at - 1] as number)) at--
  return Math.min(wallMs, (Math.floor(wallMs / STEP_MS) - (values.length - 1 - at)) * STEP_MS)
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort()
  const half = sorted.length >> 1
  const upper = sorted[half] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2
}
