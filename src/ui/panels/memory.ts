import { bytesOf, percent } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { contentOf, drawFrame } from '../paint/frame.ts'
import { gauge, shownRatio } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { history, PERCENT_AXIS, timeAxis, timeChart, timeLabels, valueAxis } from '../paint/timechart.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { Sight } from '../sight.ts'
import { severityOf } from './cpu-data.ts'
import { drawStale, freshness, freshText, isStale, shownSeries } from './freshness.ts'
import { type MemoryData, ofSegments, swapTraffic, usedSegments } from './memory-data.ts'
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

/** Figures at the right end of the row of swap, from most to least. What is on the move matters more than how much there is. */
function swapFigures(metrics: SeriesView): Segment[][] {
  const total = metrics.value('swap_total_bytes') ?? 0
  const share = [
    segment(percent(metrics.value('swap_used_ratio') ?? 0, 0).figure.padStart(4), TEXT),
    segment(' %', DIM),
  ]
  const amount = [segment('  '), ...ofSegments(metrics.value('swap_used_bytes'), total)]
  const traffic = swapTraffic(metrics).map((figures) => [...share, segment('  '), ...figures])
  const most = traffic[0] ?? share
  return [[...most, ...amount], ...traffic, ...(traffic.length === 0 ? [share] : [])]
}

function swapRow(surface: Surface, y: number, { series, swapSeverity }: MemoryData, look: Look): void {
  const total = series.see((metrics) => sizeOf(metrics.value('swap_total_bytes')))
  if (total === 'unknown') return
  if (total === 'none') {
    surface.text(0, y, 'swap none', DIM)
    return
  }
  const room = surface.columns - SWAP - LEAST_GAUGE
  const figures = series.see(
    (metrics) => swapFigures(metrics).find((candidate) => segmentsWidth(candidate) <= room) ?? [],
  )
  surface.text(0, y, 'swap', DIM)
  const x = drawRight(surface, surface.columns, y, figures, SWAP)
  if (x === undefined) return
  const ratio = series.see((metrics) => shownRatio(metrics.value('swap_used_ratio') ?? 0, x - SWAP))
  gauge(surface, SWAP, y, x - SWAP, ratio, { tone: severityToken(swapSeverity, 'mem') }, look)
}

function sizeOf(bytes: number | undefined): 'unknown' | 'none' | 'some' {
  return bytes === undefined ? 'unknown' : bytes === 0 ? 'none' : 'some'
}

/** `swap 20 %`, or what is on the move, where swap has no row of its own. */
function shortSwap(metrics: SeriesView, columns: number): Segment[] {
  const swap = metrics.value('swap_used_ratio')
  if (swap === undefined) return []
  const candidates = [
    ...swapTraffic(metrics).map((figures) => [segment('swap ', DIM), ...figures]),
    [...pair('swap', percent(swap, 0).figure, 2), segment(' %', DIM)],
  ]
  return candidates.find((candidate) => segmentsWidth(candidate) <= columns) ?? []
}

function headlines({ series, fresh, severity, limited }: MemoryData, look: Look): Segment[][] {
  return series.see((metrics) => {
    const share = headFigure(metrics.value('memory_used_ratio'), 'mem', severity, look, isStale(fresh))
    const amount = usedSegments(metrics, limited)
    return [look.boxed ? [...share, segment('   '), ...amount] : [...amount, segment('  '), ...share], share]
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
      axis: timeLabels(axis, gutter, columns, view.paused, look),
    })
  })
  const below = content.rows >= 5 ? 2 : 1
  const rows = content.rows - below
  if (rows < 1) return
  if (gutter > 0) valueAxis(content, rows, 3, PERCENT_AXIS)
  series.piece((own) => {
    const chart = content.area(gutter, 0, columns, rows)
    chart.clear()
    const values = history(own, 'memory_used_ratio', axis)
    timeChart(chart, values, axis, { hue: 'mem', max: 1, chart: 'area', ...(boxed && { limit: 1 }) }, look)
  })
  series.piece((own) => {
    const lines = content.area(0, rows, content.columns, below)
    lines.clear()
    if (!drawStale(lines, 0, fresh, look)) drawBreakdown(lines, gutter, below === 1, own, look)
    if (below === 2) swapRow(lines, 1, { ...data, series: own }, look)
  })
}

function drawBreakdown(surface: Surface, gutter: number, withSwap: boolean, series: Sight, look: Look): void {
  const { columns } = surface
  const [line, swap] = series.see((metrics) => {
    const moving = withSwap && swapTraffic(metrics).length > 0
    // What comes back from swap tells more than what is cached.
    const parts = breakdown(metrics, moving ? Math.floor(columns / 2) - 1 : columns)
    return [parts, withSwap ? shortSwap(metrics, columns - segmentsWidth(parts) - 1) : []] as const
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
    return {
      series: new Sight(shownSeries(frame.metrics, known), frame.wallMs),
      fresh: freshText(known),
      severity: severityOf(frame, 'memory_'),
      swapSeverity: severityOf(frame, 'swap_'),
      limited: container !== undefined && memoryLimitBytes !== undefined,
    }
  },
  paint,
  charted: true,
  paintFull: paintMemoryFull,
}
