import { percent } from '../../lib/units.ts'
import { seriesKey } from '../../model/series.ts'
import { drawFrame } from '../paint/frame.ts'
import { gauge } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, segment } from '../paint/segments.ts'
import { sparkline } from '../paint/sparkline.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { type CpuData, coreRatios } from './cpu-data.ts'
import { drawStale } from './freshness.ts'
import { largeChart } from './large-chart.ts'
import type { PanelView } from './panel.ts'
import { headFigure } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const BELOW = 12
const MODES = [
  ['user', 'cpu_user_ratio', 'programs'],
  ['system', 'cpu_system_ratio', 'the kernel for them'],
  ['wait', 'cpu_iowait_ratio', 'idle, a disk is awaited'],
  ['irq', 'cpu_irq_ratio', 'interrupts'],
  ['steal', 'cpu_steal_ratio', 'taken by the hypervisor'],
  ['stalled', 'pressure_cpu_some_ratio', 'some task waited for a core'],
] as const

/** CPU in full: a large chart, every core, and how the time was spent. */
export function paintCpuFull(surface: Surface, data: CpuData, look: Look, view: PanelView): void {
  surface.clear()
  const { metrics, wallMs, severity } = data
  const below = Math.min(BELOW, Math.floor(surface.rows / 2))
  const top = surface.area(0, 0, surface.columns, surface.rows - below)
  const headline = headFigure(metrics.value('cpu_used_ratio'), 'cpu', severity, look)
  largeChart(
    top,
    {
      key: '1',
      title: 'CPU',
      hue: 'cpu',
      headline,
      note: [segment('all cores', DIM)],
      metrics,
      series: 'cpu_used_ratio',
      wallMs,
      max: 1,
      label: (value) => `${Math.round(value * 100)} %`,
    },
    look,
    view,
    view.focused,
  )
  const left = Math.floor(surface.columns / 2)
  paintCores(surface.area(0, surface.rows - below, left, below), data, look)
  paintModes(surface.area(left, surface.rows - below, surface.columns - left, below), data, look)
}

function paintCores(surface: Surface, data: CpuData, look: Look): void {
  const { metrics, wallMs, fresh } = data
  const cores = coreRatios(metrics)
  const { content } = drawFrame(surface, look, {
    key: '',
    title: 'Cores',
    focused: false,
    headlines: [[segment(`${cores.length} online`, DIM)]],
  })
  // Two and more cores a row where there are more of them than rows.
  const across = Math.max(1, Math.ceil(cores.length / Math.max(1, content.rows)))
  const width = Math.floor((content.columns + 2) / across)
  for (const [core, ratio] of cores.entries()) {
    const cell = content.area((core % across) * width, Math.floor(core / across), width - 2, 1)
    const label = String(core).padStart(String(cores.length - 1).length)
    drawSegments(cell, 0, 0, [segment(label, DIM)])
    const figure = Number.isNaN(ratio) ? look.glyphs.loading : percent(ratio, 0).figure
    drawRight(cell, cell.columns, 0, [segment(figure.padStart(3), TEXT), segment(' %', DIM)], label.length + 1)
    const room = cell.columns - label.length - 1 - 6
    const chart = Math.floor(room / 2)
    if (chart >= 4) {
      const values = metrics.window(seriesKey('core_used_ratio', { cpu: String(core) }), {
        endMs: wallMs,
        stepMs: 2000,
        count: chart,
        by: 'mean',
      })
      sparkline(cell, label.length + 1, 0, values, 1, 'cpu2', look)
    }
    const offset = label.length + 1 + (chart >= 4 ? chart + 1 : 0)
    gauge(cell, offset, 0, cell.columns - 6 - offset, ratio, { tone: 'cpu' }, look)
  }
  drawStale(content, content.rows - 1, fresh, look)
}

function paintModes(surface: Surface, { metrics, wallMs }: CpuData, look: Look): void {
  const loads = ['load_1m', 'load_5m', 'load_15m'].map((name) => metrics.value(name)?.toFixed(2) ?? look.glyphs.loading)
  const { content } = drawFrame(surface, look, {
    key: '',
    title: 'Time',
    focused: false,
    headlines: [[segment('load ', DIM), segment(loads.join(' '), TEXT)]],
  })
  for (const [y, [name, key, help]] of MODES.entries()) {
    const value = metrics.value(key)
    content.text(0, y, name, TEXT)
    if (value === undefined) {
      content.text(9, y, 'not told by this kernel', DIM)
      continue
    }
    const columns = Math.max(0, Math.min(20, content.columns - 9 - 8))
    sparkline(
      content,
      9,
      y,
      metrics.window(key, { endMs: wallMs, stepMs: 5000, count: columns, by: 'mean' }),
      1,
      'cpu2',
      look,
    )
    drawSegments(content, 9 + columns, y, [segment(percent(value, 1).figure.padStart(6), TEXT), segment(' %', DIM)])
    content.fitted(9 + columns + 10, y, help, DIM, content.columns, look.glyphs.ellipsis)
  }
  const tasks = [
    ['tasks', 'processes_count'],
    ['running', 'processes_running'],
    ['blocked', 'processes_blocked'],
    ['users', 'users_count'],
  ] as const
  const line = tasks.flatMap(([word, key]) => {
    const value = metrics.value(key)
    return value === undefined ? [] : [segment(`${word} `, DIM), segment(`${value}  `, TEXT)]
  })
  drawSegments(content, 0, MODES.length + 1, line)
}
