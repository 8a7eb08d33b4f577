import { dayOfMonth, moment } from '../../lib/units.ts'
import type { Eta } from '../../model/forecast.ts'
import { style } from '../screen/style.ts'
import type { Look } from './look.ts'
import { type Segment, segment } from './segments.ts'

const DIM = style('dim')
const TEXT = style('text')

/** A stretch of time on a chart: history left of `now`, what is expected right of it, both to the same scale. */
export interface TimeAxis {
  readonly columns: number
  /** Column of the `now` line; history fills the columns left of it. All columns for a stretch of the past, on which there is no now. */
  readonly nowColumn: number
  /** One value is this long; two values a cell. */
  readonly stepMs: number
  readonly endMs: number
  /** It is so wide that its labels are clock times. */
  readonly clocks?: boolean
}

/** A value a tick is all there is. */
const LEAST_STEP_MS = 1000
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Two thirds of the columns are history; all but the column of now where nothing is forecast (`pastOnly`). */
export function timeAxis(columns: number, spanMs: number, endMs: number, pastOnly = false): TimeAxis {
  const nowColumn = Math.max(1, pastOnly ? columns - 1 : Math.floor((columns * 2) / 3))
  const stepMs = Math.max(LEAST_STEP_MS, Math.ceil(spanMs / (nowColumn * 2) / 100) * 100)
  return { columns, nowColumn, stepMs, endMs }
}

/** Values that an axis has right of now. */
export function stepsAhead({ columns, nowColumn }: Pick<TimeAxis, 'columns' | 'nowColumn'>): number {
  return 2 * Math.max(0, columns - nowColumn - 1)
}

/** Beyond a day nothing is forecast, and nothing remembered: no axis is widened further for a crossing. */
export const WIDEST_S = 86_400
/** Of the columns right of now the moment of a crossing takes so many at the most: what follows is seen, too. */
const SHOWN = 0.8
/** Steps of a widened axis, times a power of ten: far enough apart that a time that wavers a little does not stretch the axis. */
const STEPS = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const

/** How much time a person wants to see. */
export interface Zoom {
  readonly spanMs: number
  /** What it was before they zoomed in this panel: so many times more or less they want than would be shown by itself. */
  readonly zoomedFromMs?: number | undefined
}

/**
 * The axis of a chart on which a crossing is seen up to its latest moment, or to the likely one where the latest is too far: the plain one
 * where it is there already, else a wider one whose future is as long as that takes. The plain one where there is no crossing.
 */
export function axisFor(
  columns: number,
  { spanMs, zoomedFromMs = spanMs }: Zoom,
  endMs: number,
  eta: Eta | undefined,
): TimeAxis {
  const untilMs = eta === undefined ? Number.POSITIVE_INFINITY : 1000 * shownUntil(eta)
  const plain = timeAxis(columns, zoomedFromMs, endMs)
  const nowColumn = Math.floor((columns * 3) / 7)
  const steps = stepsAhead({ columns, nowColumn })
  if (untilMs > 1000 * WIDEST_S || untilMs <= SHOWN * stepsAhead(plain) * plain.stepMs || nowColumn < 1 || steps < 1)
    return timeAxis(columns, spanMs, endMs)
  const wantedMs = Math.max(LEAST_STEP_MS, untilMs / (SHOWN * steps))
  const power = 10 ** Math.floor(Math.log10(wantedMs))
  const ownMs = power * (STEPS.find((step) => step * power >= wantedMs) ?? 10)
  const mostMs = Math.max(ownMs, (1000 * WIDEST_S) / (SHOWN * steps))
  const stepMs = Math.round(Math.min(mostMs, Math.max(LEAST_STEP_MS, (ownMs * spanMs) / zoomedFromMs)))
  return { columns, nowColumn, stepMs, endMs, clocks: true }
}

function shownUntil({ likely, latest = Number.POSITIVE_INFINITY }: Eta): number {
  return latest <= WIDEST_S ? latest : likely
}

/** The column in which a moment so many seconds after now lies; it may be beyond the last one. */
export function columnAhead({ nowColumn, stepMs, endMs }: TimeAxis, seconds: number): number {
  const firstMs = (Math.floor(endMs / stepMs) + 1) * stepMs
  const steps = Math.floor((endMs + 1000 * Math.max(0, seconds) - firstMs) / stepMs)
  return nowColumn + 1 + Math.max(0, Math.floor(steps / 2))
}

/** `10 min`, `1 h`, `30 s`: a span in one unit. */
function spanText(ms: number): string {
  const minutes = ms / MINUTE_MS
  if (minutes < 1) return `${Math.round(ms / 1000)} s`
  if (minutes < 120) return `${Math.round(minutes)} min`
  return `${Math.round(minutes / 60)} h`
}

/** To five minutes where that is less than a label is exact: `+30 min` of an hour, though the column of now is none of them. */
function roundSpan(ms: number): number {
  const step = 5 * MINUTE_MS
  return ms < 3 * step ? ms : Math.round(ms / step) * step
}

export interface TimeLabel {
  /** Content column of its first character. */
  readonly x: number
  readonly segments: Segment[]
}

/** What stands in the bottom border below a chart whose first column is content column `x`. */
export function timeLabels(axis: TimeAxis, x: number, past: boolean, look: Look): TimeLabel[] {
  if (axis.clocks) return clockLabels(axis, x, past)
  const { columns, nowColumn, stepMs } = axis
  const start = `${look.glyphs.minus}${spanText(nowColumn * 2 * stepMs)}`
  const end = `+${spanText(roundSpan(stepsAhead(axis) * stepMs))}`
  const labels = [
    { x, segments: [segment(start, DIM)] },
    { x: x + nowX(axis, past), segments: [nowLabel(past, DIM)] },
  ]
  if (columns - nowColumn - 1 > end.length + 6)
    labels.push({ x: x + columns - end.length - 1, segments: [segment(end, DIM)] })
  return labels
}

function nowLabel(past: boolean, packed: number): Segment {
  return segment(past ? 'then' : 'now', packed)
}

/** Column of the label of now on the chart; at its right end it may not stand out of the chart. */
function nowX({ columns, nowColumn }: TimeAxis, past: boolean): number {
  return Math.min(nowColumn - 1, columns - (past ? 4 : 3))
}

const HOUR = 60
/** Minutes between two clock times. */
const CLOCK_MINUTES = [1, 2, 5, 10, 15, 30, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR] as const
/** From one clock time to the next at the least, in columns. */
const APART = 12
const CLOCK = 5
/** Columns that stay free beside `now`. */
const AIR = 3

/** Clock times at round moments, each in the middle of its column, and now among them; midnight is the day that begins. */
function clockLabels(axis: TimeAxis, x: number, past: boolean): TimeLabel[] {
  const { columns, nowColumn, stepMs, endMs } = axis
  const columnMs = 2 * stepMs
  const hasNow = nowColumn < columns
  const now = { x: x + nowX(axis, past), segments: [nowLabel(past, TEXT)] }
  const minutes = CLOCK_MINUTES.find((every) => every * MINUTE_MS >= APART * columnMs)
  const everyMs = minutes === undefined ? DAY_MS : minutes * MINUTE_MS
  const midnightMs = new Date(endMs).setHours(0, 0, 0, 0)
  const labels: TimeLabel[] = []
  const firstMs = endMs - nowColumn * columnMs
  for (let at = Math.ceil((firstMs - midnightMs) / everyMs); ; at++) {
    const atMs = midnightMs + at * everyMs
    const column =
      atMs > endMs ? columnAhead(axis, (atMs - endMs) / 1000) : nowColumn + Math.floor((atMs - endMs) / columnMs)
    const text = new Date(atMs).getHours() + new Date(atMs).getMinutes() === 0 ? dayOfMonth(atMs) : moment(atMs, atMs)
    const left = column - (CLOCK >> 1)
    if (left + text.length > columns) break
    const start = x + left
    const free = !hasNow || start + text.length + AIR <= now.x || start >= now.x + 3 + AIR
    if (left >= 0 && free) labels.push({ x: start, segments: [segment(text, DIM)] })
  }
  return (hasNow ? [...labels, now] : labels).sort((a, b) => a.x - b.x)
}
