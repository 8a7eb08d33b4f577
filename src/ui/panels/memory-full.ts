import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import type { Surface } from '../screen/surface.ts'
import { crossingOf } from './chart-crossing.ts'
import { drawFacts, type Fact, factColumns } from './facts.ts'
import { drawStale } from './freshness.ts'
import { fittingHeadline } from './headline.ts'
import { largeChart } from './large-chart.ts'
import { findLimit, untilSegments } from './limit-times.ts'
import { MEMORY_LIMIT, MEMORY_SERIES, type MemoryData, usedSegments } from './memory-data.ts'
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
  const { series, severity, fresh, limited, forecasts } = data
  const metrics = series.all()
  const { wallMs } = series
  const parts = partFacts(metrics, forecasts)
  const frame = look.boxed ? 2 : 1
  const below = Math.max(3, Math.min(parts.length + frame, surface.rows - LEAST_CHART))
  const amount = usedSegments(metrics, limited)
  const share = headFigure(metrics.value(MEMORY_SERIES), 'mem', severity, look)
  const limit = findLimit(forecasts, MEMORY_SERIES, MEMORY_LIMIT)
  const crossing = crossingOf(limit, wallMs)
  const [long = [], short = []] = untilSegments(limit, look)
  const headline = fittingHeadline([[long, amount, share], [short, amount, share], [short, share], [share]], {
    columns: surface.columns,
    title: 'Memory',
  })
  largeChart(
    surface.area(0, 0, surface.columns, surface.rows - below),
    {
      key: '2',
      title: 'Memory',
      hue: 'mem',
      headline,
      metrics,
      series: MEMORY_SERIES,
      wallMs,
      max: 1,
      ...(crossing && { limit: MEMORY_LIMIT, crossing }),
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
  list(left + gap, surface.columns - left - gap, 'Swap and waiting', swapFacts(metrics, forecasts, look))
  drawStale(content, content.rows - 1, fresh, look)
}
