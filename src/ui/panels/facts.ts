import type { SeriesView } from '../../model/frame.ts'
import { gauge } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { maximum, sparkline } from '../paint/sparkline.ts'
import { type Style, style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Token } from '../theme/tokens.ts'

/** One thing that is known, as a row: `cpu heat  ▄▄▄▅▅▅  58 °C`. Plain data, so that two can be compared. */
export interface Fact {
  readonly label: string
  readonly labelStyle?: Style
  /** Its past; the top of the small chart is the highest value, but not less than `least`. */
  readonly chart?: { readonly key: string; readonly least: number; readonly tone: Token }
  /** Its share of something that ends, and where the forecast of it does, in hundredths: no gauge shows more. */
  readonly gauge?: { readonly percent: number; readonly tone: Token; readonly soonPercent?: number | undefined }
  readonly figure: readonly Segment[]
  /** When it comes to its limit, from most to least: right of the figure where there is room, else left of it, in place of some of the bar. */
  readonly until?: readonly (readonly Segment[])[]
  /** What it means, where there is room. */
  readonly help?: string
}

/** Columns of the rows of one list. */
export interface FactColumns {
  readonly label: number
  /** For the chart or the gauge, without the empty column on its right; 0 for none. */
  readonly bar: number
  readonly figure: number
}

export interface FactTime {
  readonly wallMs: number
  /** What a small chart shows. */
  readonly spanMs: number
}

const DIM = style('dim')
const LEAST_STEP_MS = 1000
/** A shorter bar says nothing. */
const LEAST_BAR = 4

/** The columns of facts that take a width: what label and figure leave is the bar's, up to `mostBar`. */
export function factColumns(columns: number, label: number, figure: number, mostBar = columns): FactColumns {
  const bar = Math.min(mostBar, columns - label - figure)
  return { label, bar: bar >= LEAST_BAR ? bar : 0, figure }
}

/** Draws facts from a row on, one a row, as many as there are rows; returns how many were drawn. */
export function drawFacts(
  surface: Surface,
  y: number,
  facts: readonly Fact[],
  columns: FactColumns,
  series: Pick<SeriesView, 'window'>,
  time: FactTime,
  look: Look,
): number {
  const shown = facts.slice(0, Math.max(0, surface.rows - y))
  for (const [index, fact] of shown.entries()) drawFact(surface, y + index, fact, columns, series, time, look)
  return shown.length
}

function drawFact(
  surface: Surface,
  y: number,
  fact: Fact,
  { label, bar, figure }: FactColumns,
  series: Pick<SeriesView, 'window'>,
  { wallMs, spanMs }: FactTime,
  look: Look,
): void {
  surface.fitted(0, y, fact.label, fact.labelStyle ?? DIM, label - 1, look.glyphs.ellipsis)
  const right = Math.min(surface.columns, label + bar + figure)
  const told = besides(fact).find((candidate) => right + 2 + segmentsWidth(candidate.shown) <= surface.columns)
  const x = drawRight(surface, right, y, told?.timed === true ? fact.figure : timedFigure(fact, right - label), label)
  // A figure that needs more columns than the others takes them from its own bar.
  const room = Math.min(bar, (x ?? right) - label - 1)
  if (room >= LEAST_BAR && fact.gauge !== undefined) drawGauge(surface, label, y, room, fact.gauge, look)
  if (room >= LEAST_BAR && fact.chart !== undefined) {
    const stepMs = Math.max(LEAST_STEP_MS, Math.ceil(spanMs / bar / LEAST_STEP_MS) * LEAST_STEP_MS)
    const values = series.window(fact.chart.key, { endMs: wallMs, stepMs, count: room, by: 'mean' })
    sparkline(surface, label, y, values, maximum(values, fact.chart.least), fact.chart.tone, look)
  }
  if (told !== undefined) drawSegments(surface, right + 2, y, told.shown)
}

/** What may stand right of a figure, from most to least, and whether the time to the limit is in it. A sentence that is cut says nothing. */
function besides({ help, until = [] }: Fact): { readonly shown: readonly Segment[]; readonly timed: boolean }[] {
  const sentence = help === undefined ? [] : [segment(help, DIM)]
  return [
    ...until.map((time) => ({ shown: help === undefined ? time : [...sentence, segment('  '), ...time], timed: true })),
    ...until.map((time) => ({ shown: time, timed: true })),
    ...(help === undefined ? [] : [{ shown: sentence, timed: false }]),
  ]
}

/** The figure with the time to the limit left of it, where that leaves a bar. */
function timedFigure({ figure, until = [] }: Fact, room: number): readonly Segment[] {
  const short = until.at(-1)
  if (short === undefined) return figure
  const timed = [...short, segment('  '), ...figure]
  return room - segmentsWidth(timed) - 1 >= LEAST_BAR ? timed : figure
}

function drawGauge(
  surface: Surface,
  x: number,
  y: number,
  width: number,
  { percent, tone, soonPercent }: NonNullable<Fact['gauge']>,
  look: Look,
): void {
  const soon = soonPercent === undefined ? undefined : soonPercent / 100
  gauge(surface, x, y, width, percent / 100, { tone, soon }, look)
}
