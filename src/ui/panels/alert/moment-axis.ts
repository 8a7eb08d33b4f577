import type { AlertRecord } from '../../../model/alert.ts'
import type { Eta } from '../../../model/forecast.ts'
import { axisFor, type TimeAxis, timeAxis } from '../../paint/time-axis.ts'
import type { PanelView } from '../panel.ts'

/** The least of the past that is shown. */
const LEAST_MS = 600_000
/** Of one that goes on so much is seen for each part of it that it lasts: what was before it stands beside it. */
const BEFORE = 1.5
/** What is seen at each side of one that is over, for each part that it lasted. */
const AROUND = 0.5
const LEAST_AROUND_MS = 150_000
/** A little air left of the beginning. */
const AIR = 1.1
const LEAST_STEP_MS = 1000

/**
 * The axis of the chart around the moment of an alert: of one that goes on up to now, from before its beginning on, and ahead where
 * something is expected; of one that is over the stretch around it, without a now. Zoom is taken as a part of that.
 */
export function momentAxis(
  columns: number,
  { alert: { sinceMs }, endedMs }: AlertRecord,
  { spanMs, zoomedFromMs = spanMs }: Pick<PanelView, 'spanMs' | 'zoomedFromMs'>,
  wallMs: number,
  { eta, ahead }: { readonly eta: Eta | undefined; readonly ahead: boolean },
): TimeAxis {
  const zoom = spanMs / zoomedFromMs
  if (endedMs !== undefined) {
    const around = Math.max(LEAST_AROUND_MS, AROUND * (endedMs - sinceMs))
    const wantedMs = (endedMs - sinceMs + 2 * around) * zoom
    const endMs = (sinceMs + endedMs + wantedMs) / 2
    if (endMs >= wallMs) return { ...timeAxis(columns, wantedMs, wallMs, true), clocks: true }
    return { columns, nowColumn: columns, stepMs: stepOf(wantedMs, columns), endMs, clocks: true }
  }
  const lastedMs = wallMs - sinceMs
  const wantedMs = Math.max(LEAST_MS, BEFORE * lastedMs)
  if (!ahead) return { ...timeAxis(columns, wantedMs * zoom, wallMs, true), clocks: true }
  const axis = axisFor(columns, { spanMs: wantedMs * zoom, zoomedFromMs: wantedMs }, wallMs, eta)
  const least = zoom === 1 ? stepOf(AIR * lastedMs, axis.nowColumn) : LEAST_STEP_MS
  return { ...axis, stepMs: Math.max(axis.stepMs, least), clocks: true }
}

/** Two values a cell. */
function stepOf(spanMs: number, columns: number): number {
  return Math.max(LEAST_STEP_MS, Math.ceil(spanMs / (2 * columns) / 100) * 100)
}
