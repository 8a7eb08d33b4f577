import { count, cpuTime, percent } from '../../../lib/units.ts'
import type { Look } from '../../paint/look.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Panel, PanelView } from '../panel.ts'
import { headFigure, pair } from '../words.ts'
import { paintChart } from './chart.ts'
import { absence, instancesOf, isAway, processValue, selectWatch, shownInstance, type WatchData } from './data.ts'
import { paintThreads } from './threads.ts'

const DIM = style('dim')
const TEXT = style('text')
/** Tops of the axis up to four cores, then every second core. What uses less than the least is told by the figures. */
const TOPS = [0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4] as const
/** From so many rows on the full view has the threads below the chart. */
const THREADS_FROM = 20

function topOf(most: number): number {
  return TOPS.find((top) => top >= most) ?? 2 * Math.ceil(most / 2)
}

/** `4.1 k/s`, `620/s`; with a width figures below a thousand are padded to it, so that what follows stays where it is. */
export function perSecond(word: string, value: number | undefined, width = 0): Segment[] {
  if (value === undefined) return []
  const thousands = value >= 999.5
  const figure = thousands ? (value / 1000).toFixed(value < 99_950 ? 1 : 0) : count(value).padStart(width)
  return [segment(`${word} `, DIM), segment(figure, TEXT), segment(thousands ? ' k/s' : '/s', DIM)]
}

function shares(data: WatchData): Segment[] {
  return (['user', 'system'] as const).flatMap((mode) => {
    const value = processValue(data, `cpu_${mode}_ratio`)
    return value === undefined ? [] : [...pair(mode, percent(value, 0).figure, 2), segment('  ')]
  })
}

function figures(data: WatchData): (readonly Segment[])[] {
  // Of several there is no one nice and no one time.
  const row = instancesOf(data) > 1 ? undefined : shownInstance(data.watched)
  const threads = processValue(data, 'threads') ?? row?.threads
  return [
    pair('threads', threads === undefined ? undefined : count(threads), 0),
    perSecond('switches', processValue(data, 'voluntary_context_switches_per_second'), 3),
    perSecond('forced', processValue(data, 'forced_context_switches_per_second'), 3),
    pair('nice', row === undefined ? undefined : String(row.nice), 0),
    pair('time', row === undefined ? undefined : cpuTime(row.cpuSeconds), 0),
  ]
}

function paintPart(surface: Surface, data: WatchData, look: Look, view: PanelView): void {
  const head = headFigure(processValue(data, 'cpu_ratio'), 'cpu', '', look)
  const instances = instancesOf(data)
  paintChart(
    surface,
    {
      key: watchCpu.key,
      title: watchCpu.title,
      hue: 'cpu',
      note: [segment(instances > 1 ? `of one core, all ${instances}` : 'of one core', DIM)],
      headlines: isAway(data) ? [] : [[...shares(data), ...head], head],
      series: 'cpu_ratio',
      top: (most, expected) => topOf(Math.max(most, expected)),
      label: (value) => String(Math.round(value * 100)),
      figures: figures(data),
      sentence: absence(data, look.glyphs),
    },
    data,
    look,
    view,
  )
}

function paintFull(surface: Surface, data: WatchData, look: Look, view: PanelView): void {
  surface.clear()
  const below = surface.rows >= THREADS_FROM ? Math.floor(surface.rows / 2) : 0
  paintPart(surface.area(0, 0, surface.columns, surface.rows - below), data, look, view)
  if (below > 0)
    paintThreads(surface.area(0, surface.rows - below, surface.columns, below), data, look, {
      ...view,
      focused: false,
      selected: 0,
      offset: 0,
    })
}

/** Processor time of the watched process, of one core, and how it is scheduled. */
export const watchCpu: Panel<WatchData> = {
  id: 'watch-cpu',
  key: '1',
  title: 'CPU',
  hue: 'cpu',
  sources: [],
  charted: true,
  select: selectWatch,
  paint(surface, data, look, view) {
    surface.clear()
    paintPart(surface, data, look, view)
  },
  paintFull,
}
