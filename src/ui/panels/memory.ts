import { bytesOf, percent } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { drawFrame } from '../paint/frame.ts'
import { gauge } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { history, timeAxis, timeChart, timeLabels, valueAxis } from '../paint/timechart.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { severityOf } from './cpu-data.ts'
import { drawStale, freshness, freshText, isStale, shownSeries } from './freshness.ts'
import { type MemoryData, ofSegments } from './memory-data.ts'
import { paintMemoryFull } from './memory-full.ts'
import type { Panel, PanelView } from './panel.ts'
import { headFigure, pair, severityToken } from './words.ts'

const GUTTER = 4
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
  return segmentsWidth(long) <= columns ? long : segmentsWidth(short) <= columns ? short : []
}

function swapRow(surface: Surface, y: number, { metrics, swapSeverity }: MemoryData, look: Look): void {
  const total = metrics.value('swap_total_bytes')
  if (total === undefined) return
  if (total === 0) {
    surface.text(0, y, 'swap none', DIM)
    return
  }
  const ratio = metrics.value('swap_used_ratio') ?? 0
  surface.text(0, y, 'swap', DIM)
  const figures = [
    segment(percent(ratio, 0).figure.padStart(4), TEXT),
    segment(' %  ', DIM),
    ...ofSegments(metrics.value('swap_used_bytes'), total),
  ]
  const x = drawRight(surface, surface.columns, y, figures, 5)
  if (x !== undefined) gauge(surface, 5, y, x - 5, ratio, { tone: severityToken(swapSeverity, 'mem') }, look)
}

function paint(surface: Surface, data: MemoryData, look: Look, view: PanelView): void {
  surface.clear()
  const { metrics, fresh, wallMs, severity } = data
  const { boxed } = look
  const inner = surface.columns - (boxed ? 4 : 2)
  const gutter = boxed ? GUTTER : 0
  const columns = Math.max(4, inner - gutter)
  const axis = timeAxis(columns, view.spanMs, wallMs)
  const share = headFigure(metrics.value('memory_used_ratio'), 'mem', severity, look, isStale(fresh))
  const amount = ofSegments(metrics.value('memory_used_bytes'), metrics.value('memory_total_bytes'))
  const { content } = drawFrame(surface, look, {
    key: '2',
    title: 'Memory',
    hue: 'mem',
    focused: view.focused,
    headlines: [boxed ? [...share, segment('   '), ...amount] : [...amount, segment('  '), ...share], share],
    axis: timeLabels(axis, gutter, columns, view.paused, look),
  })
  const below = content.rows >= 5 ? 2 : 1
  const rows = content.rows - below
  if (rows < 1) return
  if (gutter > 0)
    valueAxis(content, rows, 3, [
      { at: 1, text: '100' },
      { at: 0, text: '0' },
      { at: 0.5, text: '50' },
    ])
  timeChart(
    content.area(gutter, 0, columns, rows),
    history(metrics, 'memory_used_ratio', axis),
    axis,
    { hue: 'mem', max: 1, chart: 'area', ...(boxed && { limit: 1 }) },
    look,
  )
  if (!drawStale(content, rows, fresh, look)) {
    const line = breakdown(metrics, inner)
    const x = Math.max(0, Math.min(gutter, inner - segmentsWidth(line)))
    drawSegments(content, x, rows, line.length > 0 ? line : [segment(look.glyphs.loading, DIM)])
    if (below === 1) {
      const swap = metrics.value('swap_used_ratio')
      if (swap !== undefined)
        drawRight(
          content,
          content.columns,
          rows,
          [...pair('swap', percent(swap, 0).figure, 2), segment(' %', DIM)],
          segmentsWidth(line) + 1,
        )
    }
  }
  if (below === 2) swapRow(content, rows + 1, data, look)
}

/** Memory and swap: history, what it is used for. */
export const memory: Panel<MemoryData> = {
  id: 'memory',
  key: '2',
  title: 'Memory',
  hue: 'mem',
  sources: ['memory'],
  select: (frame: Frame) => {
    const known = freshness(frame, 'memory')
    return {
      metrics: shownSeries(frame.metrics, known),
      tick: frame.tick,
      wallMs: frame.wallMs,
      fresh: freshText(known),
      severity: severityOf(frame, 'memory_'),
      swapSeverity: severityOf(frame, 'swap_'),
    }
  },
  paint,
  paintFull: paintMemoryFull,
}
