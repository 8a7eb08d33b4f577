import { percent } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, segment } from '../paint/segments.ts'
import { maximum, sparkline } from '../paint/sparkline.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Token } from '../theme/tokens.ts'
import { drawStale, freshness, freshText, shownSeries } from './freshness.ts'
import type { Panel, PanelView } from './panel.ts'

export interface PressureData {
  readonly metrics: SeriesView
  readonly tick: number
  readonly wallMs: number
  readonly fresh: string
}

const ROWS: readonly { readonly key: string; readonly label: string; readonly tone: Token }[] = [
  { key: 'pressure_cpu_some_ratio', label: 'cpu stalled', tone: 'cpu2' },
  { key: 'pressure_memory_some_ratio', label: 'mem stalled', tone: 'mem2' },
  { key: 'pressure_memory_full_ratio', label: 'mem, all', tone: 'mem2' },
  { key: 'pressure_io_some_ratio', label: 'io stalled', tone: 'disk2' },
  { key: 'pressure_io_full_ratio', label: 'io, all', tone: 'disk2' },
]
const LABEL = 13
const FIGURE = 8
/** A tenth of the time is the least top: below it nothing waits that a person would feel. */
const LEAST_TOP = 0.1
const DIM = style('dim')
const TEXT = style('text')

function paint(surface: Surface, { metrics, fresh, wallMs }: PressureData, look: Look, view: PanelView): void {
  surface.clear()
  const { content } = drawFrame(surface, look, {
    key: '9',
    title: 'Waiting',
    focused: view.focused,
    headlines: [[segment('share of time, last 10 min', DIM)]],
  })
  const columns = content.columns - LABEL - FIGURE
  const each = Math.max(1, Math.floor(content.rows / ROWS.length))
  let y = each - 1
  for (const { key, label, tone } of ROWS) {
    if (y >= content.rows) break
    const value = metrics.value(key)
    content.text(0, y, label, DIM)
    if (value === undefined)
      content.text(LABEL, y, fresh === 'loading' ? look.glyphs.loading : 'this kernel does not tell', DIM)
    else {
      const values = metrics.window(key, {
        endMs: wallMs,
        stepMs: Math.max(1000, Math.ceil(600_000 / Math.max(1, columns) / 1000) * 1000),
        count: Math.max(0, columns),
        by: 'mean',
      })
      sparkline(content, LABEL, y, values, maximum(values, LEAST_TOP), tone, look)
      drawRight(content, content.columns, y, [segment(percent(value, 1).figure.padStart(5), TEXT), segment(' %', DIM)])
    }
    y += each
  }
  drawStale(content, content.rows - 1, fresh, look)
}

/** How long tasks were held up (PSI), by resource. */
export const pressure: Panel<PressureData> = {
  id: 'pressure',
  key: '9',
  title: 'Waiting',
  sources: ['pressure'],
  select: (frame: Frame) => {
    const known = freshness(frame, 'pressure')
    return {
      metrics: shownSeries(frame.metrics, known),
      tick: frame.tick,
      wallMs: frame.wallMs,
      fresh: freshText(known),
    }
  },
  paint,
}
