import { percent } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { ALL_CORES, coreStrip, coreStripColumns, coreStripSteps } from '../paint/cores.ts'
import { contentOf, drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { timeAxis, timeLabels } from '../paint/time-axis.ts'
import { future, history, PERCENT_AXIS, timeChart, valueAxis } from '../paint/timechart.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { Sight } from '../sight.ts'
import { type CpuData, coreRatios, frequencySegments, isThrottled, severityOf } from './cpu-data.ts'
import { paintCpuFull } from './cpu-full.ts'
import { drawStale, freshness, freshText, isStale, shownSeries } from './freshness.ts'
import { cpuHeat, heatSeverity, heatTone } from './heat.ts'
import type { Panel, PanelView } from './panel.ts'
import { lowBattery, smallWarnings } from './small-warnings.ts'
import { celsius, coresWord, headFigure, pair } from './words.ts'

const USED = 'cpu_used_ratio'
const GUTTER = 4
/** The mode that is dropped first. */
const STEAL = 3
/** Columns between what is on the left and on the right of a line. */
const GAP = 2

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
  // From most to least; mostly the first one fits, and this is asked with every frame.
  for (const [system, all, gap] of [
    ['system', true, '  '],
    ['sys', true, '  '],
    ['sys', false, '  '],
    ['sys', false, ' '],
  ] as const) {
    const line = joined(all ? parts(system) : parts(system).filter((_, index) => index !== STEAL), gap)
    if (segmentsWidth(line) <= columns) return line
  }
  return []
}

function joined(parts: readonly Segment[][], gap: string): Segment[] {
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [segment(gap), ...part]))
}

/** The right end of the line below the chart, from most to least, and what of it is a warning: that takes its room first. */
function heatSegments(metrics: SeriesView, severity: string, look: Look): { all: Segment[][]; urgent: Segment[][] } {
  const heat = cpuHeat(metrics)
  const near = heat !== undefined && (heat.near || severity !== '')
  const hot = heat === undefined ? [] : celsius(heat.celsius, look, style(heatTone(heat, severity), { bold: near }))
  const throttled = isThrottled(metrics) ? [segment('throttled', style('warn', { bold: true }))] : []
  const battery = lowBattery(metrics)
  const frequency = frequencySegments(metrics)
  const warnings = [battery, throttled, near ? hot : []]
  const urgent = warnings.some((part) => part.length > 0)
  return {
    all: [joined([battery, throttled, frequency, hot], '  '), joined([battery, throttled, hot], '  ')],
    urgent: urgent ? warnings.map((_, without) => joined(warnings.slice(without), '  ')) : [],
  }
}

/** The line below the chart: how the time was spent, and heat at its right end, the first thing to go. */
function drawFigures(line: Surface, data: CpuData, look: Look): void {
  const { columns } = line
  const [modes, right] = data.series.see((metrics) => {
    const { all, urgent } = heatSegments(metrics, data.heat, look)
    for (const warning of [...urgent, []]) {
      const width = segmentsWidth(warning)
      const spent = modeSegments(metrics, columns - (width > 0 ? width + GAP : 0))
      if (spent.length === 0) continue
      const room = columns - segmentsWidth(spent) - GAP
      return [spent, all.find((candidate) => segmentsWidth(candidate) <= room) ?? warning] as const
    }
    return [[], []] as const
  })
  drawSegments(line, 0, 0, modes.length > 0 ? modes : [segment(look.glyphs.loading, style('dim'))])
  drawRight(line, columns, 0, right)
}

function headlines(data: CpuData, look: Look): Segment[][] {
  const { series, severity, fresh, quotaCores, heat } = data
  return series.see((metrics) => {
    const share = headFigure(metrics.value('cpu_used_ratio'), 'cpu', severity, look, isStale(fresh))
    const whole = quotaCores === undefined ? share : [...share, segment(` of ${coresWord(quotaCores)}`, style('dim'))]
    const warnings = look.boxed ? [] : smallWarnings(metrics, heat, look)
    return [warnings.length === 0 ? whole : [...warnings, segment('  '), ...whole], whole, share]
  })
}

/** Busy shares of the cores, no finer than their bars show them. */
function shownCores(metrics: SeriesView, steps: number): number[] {
  const cores = coreRatios(metrics)
  // Of many the rest is told in percent.
  if (cores.length > ALL_CORES) return cores.map((share) => Math.round(share * 100) / 100)
  return cores.map((share) => Math.max(1, Math.round(share * steps)) / steps)
}

function paint(surface: Surface, data: CpuData, look: Look, view: PanelView): void {
  const { series, fresh } = data
  const boxed = look.boxed
  const content = contentOf(surface, look)
  const rows = content.rows - 1
  const strip = series.see((metrics) => coreStripColumns(metrics.keys('core_used_ratio').length, boxed))
  const gutter = boxed ? GUTTER : 0
  const chartColumns = Math.max(4, content.columns - gutter - (strip > 0 ? strip + 2 : 0))
  const axis = timeAxis(chartColumns, view.spanMs, series.wallMs)
  if (series.isFirst) surface.clear()
  series.piece((own) => {
    drawFrame(surface, look, {
      key: '1',
      title: 'CPU',
      hue: 'cpu',
      focused: view.focused,
      headlines: headlines({ ...data, series: own }, look),
      axis: timeLabels(axis, gutter, view.paused, look),
    })
  })
  if (rows < 1) return
  if (gutter > 0) valueAxis(content, rows, 3, PERCENT_AXIS)
  series.piece((own) => {
    const chart = content.area(gutter, 0, chartColumns, rows)
    chart.clear()
    const values = history(own, USED, axis)
    timeChart(chart, values, axis, { hue: 'cpu', max: 1, ahead: future(own, USED, axis), chart: 'area' }, look)
  })
  series.piece((own) => {
    const bars = content.area(content.columns - strip, 0, strip, rows)
    bars.clear()
    const cores = own.see((metrics) => shownCores(metrics, coreStripSteps(rows, boxed, look)))
    if (strip > 0) coreStrip(bars, cores, boxed, look)
  })
  if (drawStale(content, rows, fresh, look)) return
  series.piece((own) => {
    const line = content.area(gutter, rows, content.columns - gutter, 1)
    line.clear()
    drawFigures(line, { ...data, series: own }, look)
  })
}

/** Processor time: history, cores, how it was spent, heat. */
export const cpu: Panel<CpuData> = {
  id: 'cpu',
  key: '1',
  title: 'CPU',
  hue: 'cpu',
  sources: ['cpu', 'load', 'frequency', 'sensors'],
  select: (frame: Frame) => {
    const known = freshness(frame, 'cpu')
    const { container, cpuLimit } = frame.host
    return {
      series: new Sight(shownSeries(frame.metrics, known), frame.wallMs),
      fresh: freshText(known),
      severity: severityOf(frame, 'cpu_used_ratio'),
      heat: heatSeverity(frame),
      quotaCores: container === undefined ? undefined : cpuLimit,
    }
  },
  paint,
  charted: true,
  paintFull: paintCpuFull,
}
