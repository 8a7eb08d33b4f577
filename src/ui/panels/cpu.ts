import { percent } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { coreStrip, coreStripColumns } from '../paint/cores.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { history, timeAxis, timeChart, timeLabels, valueAxis } from '../paint/timechart.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { type CpuData, coreRatios, severityOf } from './cpu-data.ts'
import { paintCpuFull } from './cpu-full.ts'
import { drawStale, freshness, freshText, isStale, shownSeries } from './freshness.ts'
import type { Panel, PanelView } from './panel.ts'
import { headFigure, pair } from './words.ts'

const GUTTER = 4

/** The line below the chart: how the time was spent. Words are shortened before they are dropped. */
export function modeSegments(metrics: SeriesView, columns: number): Segment[] {
  const figure = (key: string, digits: 0 | 1 = 0) => {
    const value = metrics.value(key)
    return value === undefined ? undefined : percent(value, digits).figure
  }
  const stalled = metrics.value('pressure_cpu_some_ratio')
  const share = stalled === undefined ? undefined : percent(stalled).figure
  const parts = (system: string): Segment[][] => [
    pair('user', figure('cpu_user_ratio'), 2),
    pair(system, figure('cpu_system_ratio'), 2),
    pair('wait', figure('cpu_iowait_ratio'), 2),
    pair('steal', figure('cpu_steal_ratio'), 2),
    share === undefined ? [] : [...pair('stalled', share, 3), segment(' %', style('dim'))],
  ]
  const short = parts('sys').filter((_, index) => index !== 3)
  for (const [candidate, gap] of [
    [parts('system'), '  '],
    [parts('sys'), '  '],
    [short, '  '],
    [short, ' '],
  ] as const) {
    const shown = candidate.filter((part) => part.length > 0)
    const line = shown.flatMap((part, index) => (index === 0 ? part : [segment(gap), ...part]))
    if (segmentsWidth(line) <= columns) return line
  }
  return []
}

function paint(surface: Surface, data: CpuData, look: Look, view: PanelView): void {
  surface.clear()
  const { metrics, fresh, wallMs } = data
  const used = metrics.value('cpu_used_ratio')
  const boxed = look.boxed
  const inner = surface.columns - (boxed ? 4 : 2)
  const cores = coreRatios(metrics)
  const strip = coreStripColumns(cores.length, boxed)
  const gutter = boxed ? GUTTER : 0
  const chartColumns = Math.max(4, inner - gutter - (strip > 0 ? strip + 2 : 0))
  const axis = timeAxis(chartColumns, view.spanMs, wallMs)
  const { content } = drawFrame(surface, look, {
    key: '1',
    title: 'CPU',
    hue: 'cpu',
    focused: view.focused,
    headlines: [headFigure(used, 'cpu', data.severity, look, isStale(fresh))],
    axis: timeLabels(axis, gutter, chartColumns, view.paused, look),
  })
  const rows = content.rows - 1
  if (rows < 1) return
  if (gutter > 0)
    valueAxis(content, rows, 3, [
      { at: 1, text: '100' },
      { at: 0, text: '0' },
      { at: 0.5, text: '50' },
    ])
  timeChart(
    content.area(gutter, 0, chartColumns, rows),
    history(metrics, 'cpu_used_ratio', axis),
    axis,
    { hue: 'cpu', max: 1, chart: 'area' },
    look,
  )
  if (strip > 0) coreStrip(content.area(content.columns - strip, 0, strip, rows), cores, boxed, look)
  if (drawStale(content, rows, fresh, look)) return
  const modes = modeSegments(metrics, inner - gutter)
  drawSegments(content, gutter, rows, modes.length > 0 ? modes : [segment(look.glyphs.loading, style('dim'))])
}

/** Processor time: history, cores, how it was spent. */
export const cpu: Panel<CpuData> = {
  id: 'cpu',
  key: '1',
  title: 'CPU',
  hue: 'cpu',
  sources: ['cpu', 'load'],
  select: (frame: Frame) => {
    const known = freshness(frame, 'cpu')
    return {
      metrics: shownSeries(frame.metrics, known),
      tick: frame.tick,
      wallMs: frame.wallMs,
      fresh: freshText(known),
      severity: severityOf(frame, 'cpu_used_ratio'),
    }
  },
  paint,
  paintFull: paintCpuFull,
}
