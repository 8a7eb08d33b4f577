import type { Frame, SeriesView } from '../../model/frame.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { Sight } from '../sight.ts'
import { drawFacts, type Fact, factColumns } from './facts.ts'
import { drawStale, freshness, freshText, shownSeries } from './freshness.ts'
import { heatSeverity } from './heat.ts'
import { batteryFacts, cpuHeatFacts, gpuFacts, onBattery, placeHeatFacts, powerFacts } from './heat-facts.ts'
import { NOTHING_AHEAD } from './limit-times.ts'
import type { Panel, PanelView } from './panel.ts'
import { paintPressureFull } from './pressure-full.ts'
import { clockTrouble, limitFacts, limitSeverities, stallFacts } from './waiting-facts.ts'

/** What the panel of waiting and heat needs of a frame. */
export interface PressureData {
  readonly series: Sight
  readonly fresh: string
  /** Severity of the alert on the processors' heat. */
  readonly heat: string
  readonly limits: string
  /** None while the values are old. */
  readonly forecasts: Frame['forecasts']
}

const LABEL = 14
const FIGURE = 10
const SPAN_MS = 600_000
/** A limit has a place on the home screen from here on. */
const LIMIT_FROM = 0.5
const DIM = style('dim')

/** What is worth a row, the most important first: what waits, what is wrong, heat, then what else is known. */
function homeFacts(metrics: SeriesView, data: PressureData, look: Look): Fact[] {
  const { heat, limits, forecasts } = data
  const battery = batteryFacts(metrics)
  const used = onBattery(metrics)
  return [
    ...stallFacts(metrics, false),
    ...clockTrouble(metrics),
    ...limitFacts({ metrics, severities: limits, forecasts }, LIMIT_FROM, look),
    ...cpuHeatFacts(metrics, heat, look),
    ...(used ? battery : []),
    ...placeHeatFacts(metrics, look),
    ...gpuFacts(metrics, look, false),
    ...(used ? [] : battery),
    ...powerFacts(metrics),
  ].map(({ help: _, ...fact }) => fact)
}

function paint(surface: Surface, data: PressureData, look: Look, view: PanelView): void {
  surface.clear()
  const { series, fresh } = data
  const { content } = drawFrame(surface, look, {
    key: '9',
    title: 'Waiting, heat',
    focused: view.focused,
    headlines: [[segment('last 10 min', DIM)]],
  })
  const facts = series.see((metrics) => homeFacts(metrics, data, look).slice(0, content.rows))
  if (facts.length === 0 && fresh === 'loading') content.text(0, 0, look.glyphs.loading, DIM)
  const columns = factColumns(content.columns, LABEL, FIGURE)
  drawFacts(content, 0, facts, columns, series, { wallMs: series.wallMs, spanMs: SPAN_MS }, look)
  drawStale(content, content.rows - 1, fresh, look)
}

/** How long tasks were held up (PSI), heat and power, and limits near their end. */
export const pressure: Panel<PressureData> = {
  id: 'pressure',
  key: '9',
  title: 'Waiting, heat',
  sources: ['pressure', 'sensors', 'battery', 'gpu', 'amdgpu', 'limits', 'clock'],
  select: (frame: Frame) => {
    const known = freshness(frame, 'pressure')
    return {
      series: new Sight(shownSeries(frame.metrics, known), frame.wallMs),
      fresh: freshText(known),
      heat: heatSeverity(frame),
      limits: limitSeverities(frame),
      forecasts: known.state === 'stale' ? NOTHING_AHEAD : frame.forecasts,
    }
  },
  paint,
  paintFull: paintPressureFull,
}
