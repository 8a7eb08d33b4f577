import { bytesOf, percent } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { contentOf, drawFrame } from '../paint/frame.ts'
import { gauge, shownRatio } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { timeAxis, timeLabels } from '../paint/time-axis.ts'
import { future, history, PERCENT_AXIS, timeChart, valueAxis } from '../paint/timechart.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { Sight } from '../sight.ts'
import { severityOf } from './cpu-data.ts'
import { drawStale, freshness, freshText, isStale, shownSeries } from './freshness.ts'
import { findLimit, forecastEnd, NOTHING_AHEAD, untilSegments } from './limit-times.ts'
import {
  MEMORY_LIMIT,
  MEMORY_SERIES,
  type MemoryData,
  ofSegments,
  SWAP_LIMIT,
  SWAP_SERIES,
  swapTraffic,
  usedSegments,
} from './memory-data.ts'
import { paintMemoryFull } from './memory-full.ts'
import type { Panel, PanelView } from './panel.ts'
import { headFigure, pair, severityToken } from './words.ts'

const GUTTER = 4
/** Columns of the word swap, and what its gauge needs at least. */
const SWAP = 5
const LEAST_GAUGE = 4
const DIM = style('dim')
const TEXT = style('text')

function breakdown(metrics: SeriesView, columns: number): Segment[] {
  const total = metrics.value('memory_total_bytes')
  const cached = metrics.value('memory_cached_bytes')
  const free = metrics.value('memory_free_bytes')
  if (total === undefined || cached === undefined || free === undefined) return []
  const { unit } = bytesOf(0, total)
  const figure = (value: number) => bytesOf(value, total).part
  const width = figure(total).length
  const stalled = metrics.value('pressure_memory_some_ratio')
  const short = [
    ...pair('cached', figure(cached), width),
    segment('  '),
    ...pair('free', figure(free), width),
    segment(` ${unit}`, DIM),
  ]
  const long =
    stalled === undefined
      ? short
      : [...short, segment('  '), ...pair('stalled', percent(stalled).figure, 3), segment(' %', DIM)]
  const least = [...pair('free', figure(free), width), segment(` ${unit}`, DIM)]
  return [long, short, least].find((line) => segmentsWidth(line) <= columns) ?? []
}

/**
 * Figures at the right end of the row of swap, from most to least. What is on the move matters more than how much there is, and when it
 * will be full more than both.
 */
function swapFigures(metrics: SeriesView, [long = [], short = []]: readonly (readonly Segment[])[]): Segment[][] {
  const total = metrics.value('swap_total_bytes') ?? 0
  const share = [segment(percent(metrics.value(SWAP_SERIES) ?? 0, 0).figure.padStart(4), TEXT), segment(' %', DIM)]
  const amount = [segment('  '), ...ofSegments(metrics.value('swap_used_bytes'), total)]
  const traffic = swapTraffic(metrics).map((figures) => [...share, segment('  '), ...figures])
  const most = traffic[0] ?? share
  const figures = [[...most, ...amount], ...traffic, ...(traffic.length === 0 ? [share] : [])]
  if (short.length === 0) return figures
  const until = (before: readonly Segment[], time: readonly Segment[]) => [...before, segment('  '), ...time]
  return [until([...most, ...amount], long), ...[...figures, share].map((before) => until(before, short)), share]
}

function swapRow(surface: Surface, y: number, { series, swapSeverity, forecasts }: MemoryData, look: Look): void {
  const total = series.see((metrics) => sizeOf(metrics.value('swap_total_bytes')))
  if (total === 'unknown') return
  if (total === 'none') {
    surface.text(0, y, 'swap none', DIM)
    return
  }
  const room = surface.columns - SWAP - LEAST_GAUGE
  const until = untilSegments(findLimit(forecasts, SWAP_SERIES, SWAP_LIMIT), look)
  const figures = series.see(
    (metrics) => swapFigures(metrics, until).find((candidate) => segmentsWidth(candidate) <= room) ?? [],
  )
  surface.text(0, y, 'swap', DIM)
  const x = drawRight(surface, surface.columns, y, figures, SWAP)
  if (x === undefined) return
  const [ratio, soon] = series.see((metrics) => {
    const used = metrics.value(SWAP_SERIES) ?? 0
    const end = forecastEnd(forecasts, SWAP_SERIES, used)
    return [shownRatio(used, x - SWAP), end === undefined ? undefined : Math.round(end * 1000) / 1000]
  })
  gauge(surface, SWAP, y, x - SWAP, ratio, { tone: severityToken(swapSeverity, 'mem'), soon }, look)
}

function sizeOf(bytes: number | undefined): 'unknown' | 'none' | 'some' {
  return bytes === undefined ? 'unknown' : bytes === 0 ? 'none' : 'some'
}

/** `swap 20 %`, or what is on the move, or when it will be full, where swap has no row of its own. */
function shortSwap(metrics: SeriesView, until: readonly (readonly Segment[])[], columns: number): Segment[] {
  const swap = metrics.value(SWAP_SERIES)
  if (swap === undefined) return []
  const candidates = [
    ...until.map((time) => [segment('swap ', DIM), ...time]),
    ...swapTraffic(metrics).map((figures) => [segment('swap ', DIM), ...figures]),
    [...pair('swap', percent(swap, 0).figure, 2), segment(' %', DIM)],
  ]
  return candidates.find((candidate) => segmentsWidth(candidate) <= columns) ?? []
}

function headlines({ series, fresh, severity, limited, forecasts }: MemoryData, look: Look): Segment[][] {
  const until = untilSegments(findLimit(forecasts, MEMORY_SERIES, MEMORY_LIMIT), look)
  return series.see((metrics) => {
    const share = headFigure(metrics.value(MEMORY_SERIES), 'mem', severity, look, isStale(fresh))
    const amount = usedSegments(metrics, limited)
    const figures = look.boxed ? [...share, segment('   '), ...amount] : [...amount, segment('  '), ...share]
    const timed = (time: readonly Segment[], rest: readonly Segment[]) => [...time, segment('  '), ...rest]
    const [, short = []] = until
    return [
      ...until.map((time) => timed(time, figures)),
      ...(short.length > 0 ? [timed(short, share)] : []),
      figures,
      share,
    ]
  })
}

function paint(surface: Surface, data: MemoryData, look: Look, view: PanelView): void {
  const { series, fresh } = data
  const { boxed } = look
  const content = contentOf(surface, look)
  const gutter = boxed ? GUTTER : 0
  const columns = Math.max(4, content.columns - gutter)
  const axis = timeAxis(columns, view.spanMs, series.wallMs)
  if (series.isFirst) surface.clear()
  series.piece((own) => {
    drawFrame(surface, look, {
      key: '2',
      title: 'Memory',
      hue: 'mem',
      focused: view.focused,
      headlines: headlines({ ...data, series: own }, look),
      axis: timeLabels(axis, gutter, view.paused, look),
    })
  })
  const below = content.rows >= 5 ? 2 : 1
  const rows = content.rows - below
  if (rows < 1) return
  if (gutter > 0) valueAxis(content, rows, 3, PERCENT_AXIS)
  series.piece((own) => {
    const chart = content.area(gutter, 0, columns, rows)
    chart.clear()
    const values = history(own, MEMORY_SERIES, axis)
    const ahead = future(own, MEMORY_SERIES, axis)
    timeChart(chart, values, axis, { hue: 'mem', max: 1, ahead, chart: 'area', ...(boxed && { limit: 1 }) }, look)
  })
  series.piece((own) => {
    const lines = content.area(0, rows, content.columns, below)
    lines.clear()
    if (!drawStale(lines, 0, fresh, look)) drawBreakdown(lines, gutter, below === 1, { ...data, series: own }, look)
    if (below === 2) swapRow(lines, 1, { ...data, series: own }, look)
  })
}

function drawBreakdown(
  surface: Surface,
  gutter: number,
  withSwap: boolean,
  { series, forecasts }: MemoryData,
  look: Look,
): void {
  const { columns } = surface
  const until = untilSegments(findLimit(forecasts, SWAP_SERIES, SWAP_LIMIT), look)
  const [line, swap] = series.see((metrics) => {
    const moving = withSwap && (until.length > 0 || swapTraffic(metrics).length > 0)
    // What comes back from swap tells more than what is cached.
    const parts = breakdown(metrics, moving ? Math.floor(columns / 2) - 1 : columns)
    return [parts, withSwap ? shortSwap(metrics, until, columns - segmentsWidth(parts) - 1) : []] as const
  })
  const x = Math.max(0, Math.min(gutter, columns - segmentsWidth(line)))
  drawSegments(surface, x, 0, line.length > 0 ? line : [segment(look.glyphs.loading, DIM)])
  drawRight(surface, columns, 0, swap, segmentsWidth(line) + 1)
}

/** Memory and swap: history, what it is used for. */
export const memory: Panel<MemoryData> = {
  id: 'memory',
  key: '2',
  title: 'Memory',
  hue: 'mem',
  sources: ['memory', 'vmstat'],
  select: (frame: Frame) => {
    const known = freshness(frame, 'memory')
    const { container, memoryLimitBytes } = frame.host
    const forecasts = known.state === 'stale' ? NOTHING_AHEAD : frame.forecasts
    const ahead = (series: string, limit: number) => findLimit(forecasts, series, limit)?.severity ?? ''
    return {
      series: new Sight(shownSeries(frame.metrics, known), frame.wallMs),
      fresh: freshText(known),
      severity: severityOf(frame, 'memory_') || ahead(MEMORY_SERIES, MEMORY_LIMIT),
      swapSeverity: severityOf(frame, 'swap_') || ahead(SWAP_SERIES, SWAP_LIMIT),
      forecasts,
      limited: container !== undefined && memoryLimitBytes !== undefined,
    }
  },
  paint,
  charted: true,
  paintFull: paintMemoryFull,
}
