import { hertz, percent } from '../../lib/units.ts'
import type { SeriesView } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { drawFrame } from '../paint/frame.ts'
import { gauge } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, type Segment, segment } from '../paint/segments.ts'
import { sparkline } from '../paint/sparkline.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { coreRatios } from './cpu-data.ts'

const BAR = style('cpu')
const BUSY = style('cpu', { bold: true })
const DIM = style('dim')
const TEXT = style('text')
/** From here on a figure takes the hue of its core. */
const OUTSTANDING = 0.5
/** Up to here a core has a gauge of its own. */
const GAUGES = 32
/** Numbers of cores stand left of a row of them. */
const LABEL = 4
/** A bar, its figure and the gap to the next. */
const CELL = 6

/** Rows that many cores take with their frame: those of the grid if they are no more than `most`, else those of bars alone. */
export function coreRows(count: number, columns: number, most: number, look: Look): number {
  const inner = columns - (look.boxed ? 4 : 2)
  const around = look.boxed ? 2 : 1
  const grid = Math.ceil(count / perRow(inner)) + 1 + around
  return grid <= most ? grid : Math.min(most, Math.ceil(count / barsAcross(inner)) + 1 + around)
}

/** Whether there are so many cores that they are a grid. */
export function areMany(count: number): boolean {
  return count > GAUGES
}

function perRow(columns: number): number {
  return columns >= LABEL + 16 * CELL - 2 ? 16 : 8
}

function barsAcross(columns: number): number {
  return Math.max(16, Math.floor((columns - LABEL) / 16) * 16)
}

/** All cores: a gauge each, or of many a grid with a bar and a figure each; where that has no room, bars alone and the busiest by name. */
export function paintCores(surface: Surface, metrics: SeriesView, wallMs: number, look: Look): void {
  const cores = coreRatios(metrics)
  const { content } = drawFrame(surface, look, {
    key: '',
    title: 'Cores',
    focused: false,
    headlines: [[...range(metrics, cores.length), segment(`${cores.length} online`, DIM)]],
  })
  if (!areMany(cores.length)) paintGauges(content, cores, metrics, wallMs, look)
  else if (Math.ceil(cores.length / perRow(content.columns)) < content.rows) paintGrid(content, cores, look)
  else paintBars(content, cores, look)
}

/** `2.1 – 3.9 GHz  `, where cores are told apart. */
function range(metrics: SeriesView, count: number): Segment[] {
  const known = Array.from({ length: count }, (_, core) => frequencyOf(metrics, core)).filter(
    (value) => value !== undefined,
  )
  if (known.length === 0) return []
  const [least, most] = [hertz(Math.min(...known)), hertz(Math.max(...known))]
  const low = least.unit === most.unit ? least.figure : `${least.figure} ${least.unit}`
  const figures = low === most.figure ? low : `${low} to ${most.figure}`
  return [segment(figures, TEXT), segment(` ${most.unit}   `, DIM)]
}

function frequencyOf(metrics: SeriesView, core: number): number | undefined {
  return metrics.value(seriesKey('core_frequency_hertz', { cpu: String(core) }))
}

/** `0 ▁▂▃ ━━━━╸────  42 %  3.4 GHz`: two and more cores a row where there are more of them than rows. */
function paintGauges(
  content: Surface,
  cores: readonly number[],
  metrics: SeriesView,
  wallMs: number,
  look: Look,
): void {
  const across = Math.max(1, Math.ceil(cores.length / Math.max(1, content.rows)))
  const width = Math.floor((content.columns + 2) / across)
  const label = String(cores.length - 1).length + 1
  for (const [core, ratio] of cores.entries()) {
    const cell = content.area((core % across) * width, Math.floor(core / across), width - 2, 1)
    drawSegments(cell, 0, 0, [segment(String(core).padStart(label - 1), DIM)])
    const figure = Number.isNaN(ratio) ? look.glyphs.loading : percent(ratio, 0).figure
    const share = [segment(figure.padStart(4), ratio >= OUTSTANDING ? BUSY : TEXT), segment(' %', DIM)]
    const frequency = width >= 30 ? frequencySegments(frequencyOf(metrics, core)) : []
    const right = drawRight(cell, cell.columns, 0, [...share, ...frequency], label) ?? label
    const chart = Math.floor((right - label) / 2) - 1
    if (chart >= 4) {
      const key = seriesKey('core_used_ratio', { cpu: String(core) })
      const values = metrics.window(key, { endMs: wallMs, stepMs: 2000, count: chart, by: 'mean' })
      sparkline(cell, label, 0, values, 1, 'cpu2', look)
    }
    const offset = label + (chart >= 4 ? chart + 1 : 0)
    gauge(cell, offset, 0, right - offset, ratio, { tone: 'cpu' }, look)
  }
}

function frequencySegments(value: number | undefined): Segment[] {
  if (value === undefined) return []
  const { figure, unit } = hertz(value)
  return [segment(figure.padStart(5), TEXT), segment(` ${unit}`, DIM)]
}

/** `240  ▇ 88  ▁  3  …`: sixteen a row, the first one's number left of them. */
function paintGrid(content: Surface, cores: readonly number[], look: Look): void {
  const across = perRow(content.columns)
  for (let column = 0; column < across; column++)
    drawRight(content, LABEL + column * CELL + CELL - 2, 0, [segment(`+${column}`, DIM)])
  for (const [core, share] of cores.entries()) {
    const y = Math.floor(core / across) + 1
    const x = LABEL + (core % across) * CELL
    if (core % across === 0) content.text(0, y, String(core).padStart(LABEL - 1), DIM)
    drawBar(content, x, y, share, look)
    const figure = Number.isNaN(share) ? '' : percent(share, 0).figure
    content.text(x + 1, y, figure.padStart(3), share >= OUTSTANDING ? BUSY : TEXT)
  }
}

/** `  0 ▁▁▂▇▁ …`: a column a core, and below them who is busy. */
function paintBars(content: Surface, cores: readonly number[], look: Look): void {
  const across = barsAcross(content.columns)
  const rows = Math.ceil(cores.length / across)
  for (const [core, share] of cores.entries()) {
    const y = Math.floor(core / across)
    if (core % across === 0) content.text(0, y, String(core).padStart(LABEL - 1), DIM)
    drawBar(content, LABEL + (core % across), y, share, look)
  }
  if (rows >= content.rows) return
  let x = content.text(0, rows, 'busiest', DIM) + 2
  const order = (core: number) => cores[core] ?? -1
  const busiest = [...cores.keys()].filter((core) => !Number.isNaN(cores[core])).sort((a, b) => order(b) - order(a))
  for (const core of busiest) {
    const figure = percent(order(core), 0).figure
    const text = [segment(`${core} `, DIM), segment(figure.padStart(3), BUSY), segment(' %', DIM)]
    if (x + String(core).length + 6 > content.columns) break
    x += drawSegments(content, x, rows, text) + 2
  }
}

function drawBar(content: Surface, x: number, y: number, share: number, { glyphs: { ramp } }: Look): void {
  if (Number.isNaN(share)) return
  const level = Math.min(ramp.length - 1, Math.floor(Math.min(1, Math.max(0, share)) * ramp.length))
  content.put(x, y, ramp[level] as string, BAR)
}
