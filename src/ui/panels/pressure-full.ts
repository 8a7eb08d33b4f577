import type { Frame, SeriesView } from '../../model/frame.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Sight } from '../sight.ts'
import { drawFacts, type Fact, factColumns } from './facts.ts'
import { drawStale } from './freshness.ts'
import { batteryFacts, gpuFacts, powerFacts, sensorFacts } from './heat-facts.ts'
import type { PanelView } from './panel.ts'
import { clockFacts, limitFacts, stallFacts } from './waiting-facts.ts'

interface Data {
  readonly series: Sight
  readonly fresh: string
  readonly heat: string
  readonly limits: string
  readonly forecasts: Frame['forecasts']
}

interface Section {
  readonly key: string
  readonly title: string
  readonly facts: readonly Fact[]
  /** Said where nothing is known of it. */
  readonly none: string
  /** Columns of the figures and, at the most, of the bars, where they are not as everywhere. */
  readonly figure?: number
  readonly bar?: number
}

const DIM = style('dim')
const FIGURE = 16
const MOST_BAR = 32
/** Beside the gauges of limits stands how many of how many. */
const LIMIT_FIGURE = 6
const LIMIT_BAR = 12
const LEAST_LABEL = 14
const MOST_LABEL = 24
const SPAN_MS = 600_000
const GAP = 2
/** A list that is longer than its box goes on beside itself while a column keeps so much. */
const LEAST_COLUMNS = 27

/** Everything that is known of waiting, heat, power and limits; of what is not known, the reason. */
export function paintPressureFull(surface: Surface, data: Data, look: Look, view: PanelView): void {
  surface.clear()
  const metrics = data.series.all()
  const left: Section[] = [
    { key: '9', title: 'Waiting', facts: stallFacts(metrics, true), none: 'this kernel does not tell what waits' },
    { key: '', title: 'Heat', facts: sensorFacts(metrics, look), none: 'no thermal sensors here' },
  ]
  const right: Section[] = [
    {
      key: '',
      title: 'Limits',
      facts: limitFacts({ metrics, severities: data.limits, forecasts: data.forecasts }, 0, look),
      none: 'no limits are told here',
      figure: LIMIT_FIGURE,
      bar: LIMIT_BAR,
    },
    {
      key: '',
      title: 'Clock, users',
      facts: clockFacts(metrics),
      none: 'nobody here knows whether the clock is right',
    },
    {
      key: '',
      title: 'Graphics',
      facts: gpuFacts(metrics, look, true),
      none: 'no graphics processor that can be asked',
    },
    {
      key: '',
      title: 'Power',
      facts: [...batteryFacts(metrics), ...powerFacts(metrics)],
      none: 'no battery, fan or power meter here',
    },
  ]
  const gap = look.boxed ? 0 : GAP
  const half = Math.floor((surface.columns - gap) / 2)
  stack(surface.area(0, 0, half, surface.rows), left, data, metrics, look, view)
  stack(surface.area(half + gap, 0, surface.columns - half - gap, surface.rows), right, data, metrics, look, view)
}

/** Sections one below the other, each as high as it needs; the last takes what is left. */
function stack(
  surface: Surface,
  sections: readonly Section[],
  data: Data,
  metrics: SeriesView,
  look: Look,
  view: PanelView,
): void {
  const around = look.boxed ? 2 : 1
  let y = 0
  for (const [index, section] of sections.entries()) {
    const others = (sections.length - 1 - index) * (around + 1)
    const wanted = Math.max(1, section.facts.length) + around
    const left = surface.rows - y
    const rows = index === sections.length - 1 ? left : Math.max(around + 1, Math.min(wanted, left - others))
    if (rows > around) paintSection(surface.area(0, y, surface.columns, rows), section, data, metrics, look, view)
    y += rows
  }
}

function paintSection(
  surface: Surface,
  { key, title, facts, none, figure = FIGURE, bar = MOST_BAR }: Section,
  { series, fresh }: Data,
  metrics: SeriesView,
  look: Look,
  view: PanelView,
): void {
  const { content } = drawFrame(surface, look, {
    key,
    title,
    focused: view.focused && key !== '',
    ...(key !== '' && { headlines: [[segment('last 10 min', DIM)]] }),
  })
  if (facts.length === 0) {
    const sentence = fresh === 'loading' ? look.glyphs.loading : none
    content.fitted(0, 0, sentence, DIM, content.columns, look.glyphs.ellipsis)
    return
  }
  const most = Math.max(1, Math.floor((content.columns + GAP) / LEAST_COLUMNS))
  const across = Math.min(most, Math.ceil(facts.length / content.rows))
  const width = Math.floor((content.columns + GAP) / across)
  const shown = facts.slice(0, across * content.rows)
  // What does not fit is counted.
  const missing = facts.length - shown.length
  const longest = Math.max(LEAST_LABEL, ...facts.map(({ label }) => label.length + 1))
  const label = Math.min(MOST_LABEL, longest, width - figure - GAP)
  for (let column = 0; column < across; column++) {
    const part = content.area(
      column * width,
      0,
      column === across - 1 ? content.columns - column * width : width - GAP,
      content.rows,
    )
    const rows = shown.slice(column * content.rows, (column + 1) * content.rows)
    const widths = factColumns(part.columns, label, figure, bar)
    drawFacts(part, 0, rows, widths, metrics, { wallMs: series.wallMs, spanMs: SPAN_MS }, look)
  }
  if (missing > 0) drawMore(content, missing + 1)
  if (key !== '') drawStale(content, content.rows - 1, fresh, look)
}

function drawMore(content: Surface, missing: number): void {
  const y = content.rows - 1
  content.fill(' ', 0, 0, y, content.columns, 1)
  content.text(0, y, `and ${missing} more`, DIM)
}
