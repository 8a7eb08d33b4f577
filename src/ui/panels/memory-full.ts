import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { segment } from '../paint/segments.ts'
import type { Surface } from '../screen/surface.ts'
import { drawFacts, type Fact, factColumns } from './facts.ts'
import { drawStale } from './freshness.ts'
import { largeChart } from './large-chart.ts'
import { type MemoryData, usedSegments } from './memory-data.ts'
import { partFacts, swapFacts } from './memory-facts.ts'
import type { PanelView } from './panel.ts'
import { headFigure } from './words.ts'

const LABEL = 12
const FIGURE = 16
const MOST_BAR = 24
/** What the small charts beside the figures show. */
const SPAN_MS = 120_000
const LEAST_CHART = 7
/** Columns between two halves that have no box. */
const GAP = 2

/** Memory in full: a large chart, what it is made of, and swap. */
export function paintMemoryFull(surface: Surface, data: MemoryData, look: Look, view: PanelView): void {
  surface.clear()
  const { series, severity, fresh, limited } = data
  const metrics = series.all()
  const { wallMs } = series
  const parts = partFacts(metrics)
  const frame = look.boxed ? 2 : 1
  const below = Math.max(3, Math.min(parts.length + frame, surface.rows - LEAST_CHART))
  const headline = [
    ...usedSegments(metrics, limited),
    segment('   '),
    ...headFigure(metrics.value('memory_used_ratio'), 'mem', severity, look),
  ]
  largeChart(
    surface.area(0, 0, surface.columns, surface.rows - below),
    {
      key: '2',
      title: 'Memory',
      hue: 'mem',
      headline,
      metrics,
      series: 'memory_used_ratio',
      wallMs,
      max: 1,
      label: (value) => `${Math.round(value * 100)} %`,
    },
    look,
    view,
    view.focused,
  )
  const gap = look.boxed ? 0 : GAP
  const left = Math.floor((surface.columns - gap) / 2)
  const list = (x: number, columns: number, title: string, facts: readonly Fact[]) => {
    const { content } = drawFrame(surface.area(x, surface.rows - below, columns, below), look, {
      key: '',
      title,
      focused: false,
    })
    const widths = factColumns(content.columns, LABEL, FIGURE, MOST_BAR)
    drawFacts(content, 0, facts, widths, metrics, { wallMs, spanMs: SPAN_MS }, look)
    return content
  }
  const content = list(0, left, 'Parts', parts)
  list(left + gap, surface.columns - left - gap, 'Swap and waiting', swapFacts(metrics))
  drawStale(content, content.rows - 1, fresh, look)
}
