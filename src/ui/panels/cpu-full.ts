import { count, often } from '../../lib/units.ts'
import type { SeriesView } from '../../model/frame.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { areMany, coreRows, paintCores } from './cores-full.ts'
import { type CpuData, frequencySegments, isThrottled } from './cpu-data.ts'
import { drawFacts, type Fact, factColumns } from './facts.ts'
import { drawStale } from './freshness.ts'
import { cpuHeat, heatTone } from './heat.ts'
import { largeChart } from './large-chart.ts'
import type { PanelView } from './panel.ts'
import { celsius, coresWord, headFigure, share } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const WARN = style('warn', { bold: true })
const BELOW = 17
const LEAST_CHART = 8
const LABEL = 12
const FIGURE = 9
const MOST_BAR = 20
/** What the small charts beside the figures show. */
const SPAN_MS = 120_000
const TIME_COLUMNS = 44

const MODES = [
  ['user', 'cpu_user_ratio', 'programs'],
  ['system', 'cpu_system_ratio', 'the kernel for them'],
  ['wait', 'cpu_iowait_ratio', 'idle, a disk is awaited'],
  ['irq', 'cpu_irq_ratio', 'interrupts'],
  ['steal', 'cpu_steal_ratio', 'taken by the hypervisor'],
  ['stalled', 'pressure_cpu_some_ratio', 'some task waited for a core'],
] as const
const EVENTS = [
  ['switches', 'context_switches_per_second', 'from one task to another'],
  ['forks', 'forks_per_second', 'processes and threads made'],
  ['interrupts', 'interrupts_per_second', 'served by the kernel'],
] as const
const TASKS = [
  ['running', 'processes_running', 'tasks that run or could run'],
  ['blocked', 'processes_blocked', 'tasks that wait for a disk'],
  ['tasks', 'processes_count', 'threads included'],
] as const

/** CPU in full: a large chart, every core, how the time was spent and what the kernel was busy with. */
export function paintCpuFull(surface: Surface, data: CpuData, look: Look, view: PanelView): void {
  surface.clear()
  const metrics = data.series.all()
  const { wallMs } = data.series
  const { columns, rows } = surface
  const cores = metrics.keys('core_used_ratio').length
  if (areMany(cores)) {
    // The grid takes the whole width; chart and figures share what is left above it.
    const grid = coreRows(cores, columns, rows - LEAST_CHART, look)
    const time = columns >= 2 * TIME_COLUMNS ? Math.max(TIME_COLUMNS, Math.floor(columns * 0.4)) : 0
    paintChart(surface.area(0, 0, columns - time, rows - grid), data, metrics, look, view)
    if (time > 0) paintTime(surface.area(columns - time, 0, time, rows - grid), data, metrics, look)
    paintCores(surface.area(0, rows - grid, columns, grid), metrics, wallMs, look)
    return
  }
  const below = Math.min(BELOW, Math.floor(rows / 2))
  const left = Math.floor(columns / 2)
  paintChart(surface.area(0, 0, columns, rows - below), data, metrics, look, view)
  paintCores(surface.area(0, rows - below, left, below), metrics, wallMs, look)
  paintTime(surface.area(left, rows - below, columns - left, below), data, metrics, look)
}

function paintChart(surface: Surface, data: CpuData, metrics: SeriesView, look: Look, view: PanelView): void {
  const { severity, quotaCores, series } = data
  const headline = headFigure(metrics.value('cpu_used_ratio'), 'cpu', severity, look)
  const note = quotaCores === undefined ? 'all cores' : `of ${coresWord(quotaCores)}`
  largeChart(
    surface,
    {
      key: '1',
      title: 'CPU',
      hue: 'cpu',
      headline,
      note: [segment(note, DIM)],
      metrics,
      series: 'cpu_used_ratio',
      wallMs: series.wallMs,
      max: 1,
      label: (value) => `${Math.round(value * 100)} %`,
    },
    look,
    view,
    view.focused,
  )
}

function paintTime(surface: Surface, data: CpuData, metrics: SeriesView, look: Look): void {
  const loads = ['load_1m', 'load_5m', 'load_15m'].map((name) => metrics.value(name)?.toFixed(2) ?? look.glyphs.loading)
  const { content } = drawFrame(surface, look, {
    key: '',
    title: 'Time',
    focused: false,
    headlines: [[segment('load ', DIM), segment(loads.join(' '), TEXT)]],
  })
  const columns = factColumns(content.columns, LABEL, FIGURE, MOST_BAR)
  const time = { wallMs: data.series.wallMs, spanMs: SPAN_MS }
  drawFacts(content, 0, cpuFacts(metrics, data, look), columns, metrics, time, look)
  drawStale(content, content.rows - 1, data.fresh, look)
}

/** What is known of the processors' time, most important first. */
function cpuFacts(metrics: SeriesView, { heat: severity }: CpuData, look: Look): Fact[] {
  const facts: Fact[] = []
  const add = (label: string, figure: Segment[], rest: Omit<Fact, 'label' | 'figure'> = {}) => {
    if (figure.length > 0) facts.push({ label, labelStyle: TEXT, figure, ...rest })
  }
  for (const [label, key, help] of MODES) {
    const value = metrics.value(key)
    // Without pressure stall information the kernel is old, or was told not to count it.
    if (value === undefined && label === 'stalled') add(label, [segment('this kernel does not tell', DIM)])
    else if (value !== undefined) add(label, share(value, TEXT, 1), { chart: { key, least: 1, tone: 'cpu2' }, help })
  }
  const quota = metrics.value('cgroup_cpu_throttled_ratio')
  if (quota !== undefined)
    add('quota', share(quota, quota > 0 ? WARN : TEXT, 1), {
      chart: { key: 'cgroup_cpu_throttled_ratio', least: 1, tone: 'cpu2' },
      help: 'of its periods it was used up in',
    })
  const running = metrics.value('processes_running')
  if (running !== undefined) add('running', [segment(`${count(running)}  `, TEXT)], taskChart(TASKS[0]))
  for (const [label, key, help] of EVENTS) {
    const value = metrics.value(key)
    if (value === undefined) continue
    const { figure, unit } = often(value)
    add(label, [segment(figure, TEXT), segment(unit, DIM)], { chart: { key, least: 10, tone: 'cpu2' }, help })
  }
  const throttled = isThrottled(metrics) ? [segment('throttled  ', WARN)] : []
  add('frequency', [...throttled, ...frequencySegments(metrics)])
  const heat = cpuHeat(metrics)
  if (heat !== undefined)
    add('heat', celsius(heat.celsius, look, style(heatTone(heat, severity), { bold: heat.near })), {
      chart: { key: 'cpu_temperature_celsius', least: heat.limit ?? 100, tone: 'svc2' },
      help: heat.limit === undefined ? 'of the hottest processor' : `too hot from ${heat.limit.toFixed(0)} on`,
    })
  for (const task of TASKS.slice(1)) {
    const value = metrics.value(task[1])
    if (value !== undefined) add(task[0], [segment(`${count(value)}  `, TEXT)], taskChart(task))
  }
  return facts
}

function taskChart([, key, help]: (typeof TASKS)[number]): Pick<Fact, 'chart' | 'help'> {
  return { chart: { key, least: 4, tone: 'cpu2' }, help }
}
