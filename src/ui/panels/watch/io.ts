import { percent, rate, rates } from '../../../lib/units.ts'
import { isDenied } from '../../../model/watch.ts'
import { drawFitted } from '../../paint/fitted.ts'
import { drawFrame } from '../../paint/frame.ts'
import type { Look } from '../../paint/look.ts'
import { niceTop } from '../../paint/scale.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../../paint/segments.ts'
import { maximum, sparkline } from '../../paint/sparkline.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Token } from '../../theme/tokens.ts'
import { lineOf } from '../page-chart.ts'
import type { Panel, PanelView } from '../panel.ts'
import { paintChart } from './chart.ts'
import { absence, detailOf, processValue, processWindow, selectWatch, type WatchData } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
/** Columns of the names: of all of them where there is room for charts behind the long ones, else of the short ones. */
const NAME = 15
const SHORT_NAME = 7
const WIDE_FROM = 48
/** A value of the small charts is this long. */
const STEP_MS = 5000
const LEAST_CHART = 4
/** From this share of its time on waiting stands out. */
const WAITS_MUCH = 0.1
/** Below that a chart of shares would show noise as mountains. */
const LEAST_SHARE = 0.02
const LEAST_RATE = 10_000
const PRESSURES = ['cpu', 'memory', 'io'] as const
const FIGURES = 16
const SHORT_FIGURES = 11

interface Flow {
  readonly name: string
  readonly series: string
  readonly kind: 'rate' | 'share'
  readonly tone: Token
  readonly chart: Token
}

const FLOWS: readonly Flow[] = [
  { name: 'read', series: 'read_bytes_per_second', kind: 'rate', tone: 'disk', chart: 'disk2' },
  { name: 'write', series: 'write_bytes_per_second', kind: 'rate', tone: 'disk', chart: 'disk2' },
  { name: 'waits for disk', series: 'wait_io_ratio', kind: 'share', tone: 'disk', chart: 'disk2' },
  { name: 'waits for cpu', series: 'wait_cpu_ratio', kind: 'share', tone: 'cpu', chart: 'cpu2' },
]

/** Why a figure is not there: it is somebody else's (traffic alone is kept secret), or the system does not tell it. */
function untold(data: WatchData, kind: Flow['kind'], { glyphs }: Look): string {
  // Rates need two measurements.
  if (processValue(data, 'cpu_ratio') === undefined) return glyphs.loading
  const files = detailOf(data)?.files
  return kind === 'rate' && isDenied(files) ? `not readable: ${files.denied}` : 'not told here'
}

/** Reading and writing stand before one unit. */
function figureOf({ series, kind, tone }: Flow, data: WatchData, look: Look): Segment[] {
  const value = processValue(data, series)
  if (value === undefined) return [segment(untold(data, kind, look), DIM)]
  if (kind === 'rate') {
    const both = ['read_bytes_per_second', series].map((name) => processValue(data, name) ?? Number.NaN)
    const { figures, unit } = rates([...both, processValue(data, 'write_bytes_per_second') ?? Number.NaN])
    return [segment(figures[1] ?? '', style(tone, { bold: true })), segment(` ${unit}`, DIM)]
  }
  const { figure, unit } = percent(value)
  return [segment(figure, value >= WAITS_MUCH ? style(tone, { bold: true }) : TEXT), segment(` ${unit} of time`, DIM)]
}

function drawFlow(surface: Surface, y: number, flow: Flow, data: WatchData, look: Look): void {
  surface.text(0, y, flow.name, TEXT)
  drawRight(surface, surface.columns, y, figureOf(flow, data, look), SHORT_NAME)
  const wide = surface.columns >= WIDE_FROM
  if ((!wide && flow.kind === 'share') || processValue(data, flow.series) === undefined) return
  const x = wide ? NAME : SHORT_NAME
  const count = surface.columns - x - (wide ? FIGURES : SHORT_FIGURES)
  if (count < LEAST_CHART) return
  const values = processWindow(data, flow.series, { endMs: data.wallMs, stepMs: STEP_MS, count, by: 'mean' })
  sparkline(surface, x, y, values, maximum(values, flow.kind === 'rate' ? LEAST_RATE : LEAST_SHARE), flow.chart, look)
}

/** `cgroup stalled  cpu 1.2  mem 0.0  io 3.4 %`: how much of the time tasks of its cgroup waited (PSI some). */
function pressureLine(data: WatchData, columns: number): Segment[] {
  const known = PRESSURES.flatMap((resource) => {
    const value = processValue(data, `cgroup_pressure_${resource}_ratio`)
    return value === undefined
      ? []
      : [
          [
            segment(`${resource === 'memory' ? 'mem' : resource} `, DIM),
            segment(percent(value).figure, value >= WAITS_MUCH ? style('warn') : TEXT),
          ],
        ]
  })
  if (known.length === 0) return []
  const figures = [...lineOf(known, columns), segment(' %', DIM)]
  const heads = ['cgroup stalled  ', 'stalled  ', '']
  const head = heads.find((text) => text.length + segmentsWidth(figures) <= columns)
  return head === undefined ? [] : [segment(head, TEXT), ...figures]
}

function paintRows(surface: Surface, data: WatchData, look: Look, view: PanelView): void {
  const { content } = drawFrame(surface, look, {
    key: watchIo.key,
    title: watchIo.title,
    hue: 'disk',
    focused: view.focused,
  })
  const sentence = absence(data, look.glyphs)
  if (sentence !== undefined) {
    drawFitted(content, 0, 0, [segment(sentence, DIM)], content.columns, look)
    return
  }
  for (const [y, flow] of FLOWS.slice(0, content.rows).entries()) drawFlow(content, y, flow, data, look)
  if (content.rows > FLOWS.length) drawSegments(content, 0, FLOWS.length, pressureLine(data, content.columns))
}

function paintFull(surface: Surface, data: WatchData, look: Look, view: PanelView): void {
  surface.clear()
  const below = FLOWS.length + 3
  const rows = surface.rows - below
  if (rows < 8) {
    paintRows(surface, data, look, view)
    return
  }
  const half = Math.floor(rows / 2)
  for (const [index, flow] of FLOWS.slice(0, 2).entries()) {
    const area = surface.area(0, index * half, surface.columns, index === 0 ? half : rows - half)
    paintChart(
      area,
      {
        key: '',
        title: flow.name,
        hue: 'disk',
        headlines: [figureOf(flow, data, look)],
        series: flow.series,
        top: (most, expected) => niceTop(Math.max(most, expected, LEAST_RATE)),
        label: (value) => {
          const { figure, unit } = rate(value)
          return value === 0 ? '0' : `${figure.replace(/\.0$/, '')} ${unit}`
        },
        figures: [],
        sentence: absence(data, look.glyphs),
      },
      data,
      look,
      { ...view, focused: false },
    )
  }
  paintRows(surface.area(0, rows, surface.columns, below), data, look, view)
}

/** What it reads and writes, and how long it waits for disks and cores. */
export const watchIo: Panel<WatchData> = {
  id: 'watch-io',
  key: '4',
  title: 'Reads, writes',
  hue: 'disk',
  sources: [],
  select: selectWatch,
  paint(surface, data, look, view) {
    surface.clear()
    paintRows(surface, data, look, view)
  },
  paintFull,
}
