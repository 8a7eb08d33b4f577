import { count, latency } from '../../../lib/units.ts'
import { answered, type CheckStatus } from '../../../model/check.ts'
import { seriesKey } from '../../../model/series.ts'
import type { Look } from '../../paint/look.ts'
import { niceTop } from '../../paint/scale.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import type { TimeAxis } from '../../paint/time-axis.ts'
import { future } from '../../paint/timechart.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { paintPageChart } from '../page-chart.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type CheckData, isLocal, outcomeOf, pastAbsence, selectCheck } from './data.ts'
import { holdMs, type ResultSteps, resultSteps } from './history.ts'

const DIM = style('dim')
const TEXT = style('text')
/** Latency has the hue of the picture: `svc` is grey, and a page without any hue is harder to read. */
const HUE = 'cpu'
/** From this share of its limit on the chart goes up to the limit. */
const NEAR = 0.35
/** Latencies from here on are told in seconds. */
export const SECONDS_FROM = 10

/** What the last answer was measured against: `under 500 ms`. */
const WANTED = /^under ([\d.]+) (ms|s)$/

/**
 * Seconds above which it is slow; undefined for none. Told by its settings, where types have it in one of two places; no other setting is
 * looked at. Else by what was expected of its last answer.
 */
export function latencyLimit({ definition: { settings }, last }: CheckStatus): number | undefined {
  const { expect } = settings
  const set =
    settings.latency ?? (typeof expect === 'object' && expect !== null && 'latency' in expect && expect.latency)
  if (typeof set === 'number') return set / 1000
  const wanted = last?.outcome.expectations?.find(({ name }) => name === 'latency')?.wanted ?? ''
  const [, figure, unit] = WANTED.exec(wanted) ?? []
  return figure === undefined ? undefined : Number(figure) / (unit === 'ms' ? 1000 : 1)
}

function latencyKey({ name }: CheckStatus['definition']): string {
  return seriesKey('check_latency_seconds', { check: name })
}

/** The steps of an axis; what is older than the results that are kept is read from the series. */
function stepsOf(status: CheckStatus, { sight }: CheckData, { stepMs, nowColumn }: TimeAxis): ResultSteps {
  const { definition, results } = status
  const steps = 2 * nowColumn
  const newest = sight.see((_, wallMs) => Math.floor(wallMs / stepMs))
  const request = { endMs: newest * stepMs, stepMs, count: steps, holdMs: Math.max(holdMs(definition), stepMs) }
  const found = resultSteps(results, request)
  const oldestMs = results[0]?.wallMs
  if (oldestMs === undefined || oldestMs <= (newest - steps + 1) * stepMs) return found
  const key = latencyKey(definition)
  const before = sight.window(key, { endMs: sight.wallMs, stepMs, count: steps, by: 'mean' })
  const first = Math.floor(oldestMs / stepMs) - (newest - steps + 1)
  return { ...found, latencyS: found.latencyS.map((value, at) => (at < first ? (before[at] ?? Number.NaN) : value)) }
}

/** Figures of one unit: `812` ms, `12.4` s. */
export function latencyFigure(seconds: number, inSeconds: boolean): string {
  if (inSeconds) return seconds.toFixed(1)
  return seconds >= 0.9995 ? count(seconds * 1000) : latency(seconds).figure
}

function headlines(status: CheckStatus, limit: number | undefined, inSeconds: boolean): (readonly Segment[])[] {
  const { last, latency: usual } = status
  const outcome = last?.outcome
  if (outcome === undefined) return []
  const unit = segment(inSeconds ? ' s' : ' ms', DIM)
  const pair = (word: string, value: number) => [
    segment(`${word} `, DIM),
    segment(`${latencyFigure(value, inSeconds).padStart(3)}  `, TEXT),
  ]
  const median = usual === undefined ? [] : pair('median', usual.p50)
  const most = usual === undefined ? [] : pair('95 %', usual.p95)
  const value = answered(outcome) ? outcome.latencyS : undefined
  const slow = value !== undefined && limit !== undefined && value > limit
  const now =
    value === undefined
      ? [
          segment(
            outcome.state === 'up' ? '' : answered(outcome) ? (outcome.reason ?? 'no answer') : 'no answer',
            style(outcome.state === 'unknown' ? 'unknown' : 'crit', { bold: true }),
          ),
        ]
      : [segment(latencyFigure(value, inSeconds).padStart(3), style(slow ? 'warn' : HUE, { bold: true })), unit]
  return [[...median, ...most, segment('now ', DIM), ...now], [...median, segment('now ', DIM), ...now], now]
}

function sentenceOf(data: CheckData, look: Look): string | undefined {
  const { status } = data
  const absence = pastAbsence(data, look.glyphs)
  if (status === undefined || absence !== undefined) return absence
  if (status.results.some(({ latencyS }) => !Number.isNaN(latencyS))) return undefined
  if (outcomeOf(data)?.noLatency && isLocal(status)) return 'looked at on this host, not asked: there is no latency'
  return 'no answer whose latency could be measured'
}

function paintLatency(surface: Surface, data: CheckData, look: Look, view: PanelView): void {
  surface.clear()
  const { status, sight } = data
  const sentence = sentenceOf(data, look)
  const limit = status && latencyLimit(status)
  const past = (status?.results ?? []).flatMap(({ latencyS }) => (Number.isNaN(latencyS) ? [] : [latencyS]))
  const inSeconds = Math.max(0, ...past) >= SECONDS_FROM
  const scale = inSeconds ? 1 : 1000
  const last = outcomeOf(data)
  const steps = (axis: TimeAxis) => status && stepsOf(status, data, axis)
  paintPageChart(
    surface,
    {
      key: checkLatency.key,
      title: checkLatency.title,
      hue: HUE,
      note: [segment(inSeconds ? 's' : 'ms', DIM)],
      headlines: status === undefined || sentence !== undefined ? [] : headlines(status, limit, inSeconds),
      values: (axis) => steps(axis)?.latencyS ?? new Float64Array(2 * axis.nowColumn).fill(Number.NaN),
      now: last !== undefined && answered(last) ? last.latencyS : undefined,
      ahead: (axis) => status && future(sight, latencyKey(status.definition), axis),
      top: (past, expected) => {
        const most = Math.max(past, expected)
        return niceTop(Math.max(most, limit !== undefined && most >= NEAR * limit ? limit : 0) * scale) / scale
      },
      ...(limit !== undefined && { limit }),
      label: (value) => (value * scale >= 10 ? count(value * scale) : String(Number((value * scale).toFixed(3)))),
      pastOnly: true,
      crest: (axis) => {
        const values = steps(axis)?.latencyS
        const slow = (at: number) => limit !== undefined && (values?.[at] ?? 0) > limit
        return (column) => (slow(2 * column) || slow(2 * column + 1) ? 'warn' : undefined)
      },
      over: (plot, axis) => markFailures(plot, steps(axis)?.states ?? [], look),
      sentence,
    },
    sight.wallMs,
    look,
    view,
  )
}

/** A mark at the bottom of the columns in which it was down: there is a gap above them. */
function markFailures(plot: Surface, states: ResultSteps['states'], { glyphs }: Look): void {
  const crit = style('crit')
  for (let column = 0; 2 * column < states.length; column++)
    if (states[2 * column] === 'down' || states[2 * column + 1] === 'down')
      plot.put(column, plot.rows - 1, glyphs.failed, crit)
}

/** How long answers took, against the limit that was set; where it did not answer there is a gap. */
export const checkLatency: Panel<CheckData> = {
  id: 'check-latency',
  key: '1',
  title: 'Latency',
  hue: HUE,
  sources: [],
  charted: true,
  select: selectCheck,
  paint: paintLatency,
}
