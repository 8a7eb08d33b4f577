import { bytes, percent } from '../../lib/units.ts'
import { drawFrame } from '../paint/frame.ts'
import { gauge } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawSegments, segment } from '../paint/segments.ts'
import { sparkline } from '../paint/sparkline.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { drawStale } from './freshness.ts'
import { largeChart } from './large-chart.ts'
import { type MemoryData, ofSegments } from './memory-data.ts'
import type { PanelView } from './panel.ts'
import { headFigure } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const BELOW = 11
const LABEL = 11
const PARTS = [
  ['used', 'memory_used_bytes', 'memory_total_bytes', 'what programs cannot have'],
  ['available', 'memory_available_bytes', 'memory_total_bytes', 'what they could have without swapping'],
  ['cached', 'memory_cached_bytes', 'memory_total_bytes', 'files kept, given back when needed'],
  ['free', 'memory_free_bytes', 'memory_total_bytes', 'used by nothing at all'],
  ['swap', 'swap_used_bytes', 'swap_total_bytes', 'moved to disk'],
] as const
const STALLS = [
  ['stalled', 'pressure_memory_some_ratio', 'some task waited for memory'],
  ['all', 'pressure_memory_full_ratio', 'every task waited for memory'],
] as const

/** Memory in full: a large chart, and what it is made of. */
export function paintMemoryFull(surface: Surface, data: MemoryData, look: Look, view: PanelView): void {
  surface.clear()
  const { metrics, wallMs, severity, fresh } = data
  const below = Math.min(BELOW, Math.floor(surface.rows / 2))
  const headline = [
    ...ofSegments(metrics.value('memory_used_bytes'), metrics.value('memory_total_bytes')),
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
  const { content } = drawFrame(surface.area(0, surface.rows - below, surface.columns, below), look, {
    key: '',
    title: 'Parts',
    focused: false,
  })
  const width = Math.max(8, Math.min(40, content.columns - LABEL - 60))
  for (const [y, [name, partKey, wholeKey, help]] of PARTS.entries()) {
    const part = metrics.value(partKey)
    const whole = metrics.value(wholeKey)
    content.text(0, y, name, TEXT)
    if (part === undefined || whole === undefined || whole === 0) {
      content.text(LABEL, y, name === 'swap' ? 'this machine has no swap' : look.glyphs.loading, DIM)
      continue
    }
    gauge(content, LABEL, y, width, part / whole, { tone: name === 'used' || name === 'swap' ? 'mem' : 'mem2' }, look)
    const { figure, unit } = bytes(part)
    drawSegments(content, LABEL + width, y, [
      segment(percent(part / whole, 0).figure.padStart(5), TEXT),
      segment(' %', DIM),
      segment(figure.padStart(8), TEXT),
      segment(` ${unit.padEnd(5)}  ${help}`, DIM),
    ])
  }
  for (const [index, [name, key, help]] of STALLS.entries()) {
    const y = PARTS.length + 1 + index
    const value = metrics.value(key)
    content.text(0, y, name, TEXT)
    if (value === undefined) {
      content.text(LABEL, y, 'not told by this kernel', DIM)
      continue
    }
    sparkline(
      content,
      LABEL,
      y,
      metrics.window(key, { endMs: wallMs, stepMs: 5000, count: width, by: 'mean' }),
      1,
      'mem2',
      look,
    )
    drawSegments(content, LABEL + width, y, [
      segment(percent(value, 1).figure.padStart(5), TEXT),
      segment(` %${' '.repeat(14)}  ${help}`, DIM),
    ])
  }
  drawStale(content, content.rows - 1, fresh, look)
}
