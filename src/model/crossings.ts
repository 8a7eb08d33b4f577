import type { LimitForecast, TimeToLimit, TrackRecord } from './forecast.ts'
import { FAR_S } from './forecast-words.ts'
import type { SeriesView } from './frame.ts'

/** What nothing reaches a limit within, when it is said that nothing does. */
const CLEAR_S = 86_400
const NOTHING = 'nothing reaches a limit within 24 h'
const NOTHING_ELSE = 'nothing else reaches a limit within 24 h'
/** Said where not everything can be told. */
export const NOTHING_KNOWN = 'nothing is known to reach a limit within 24 h'

/** A limit that its series heads for. */
export type Crossing = LimitForecast & { readonly time: Extract<TimeToLimit, { readonly kind: 'heading' }> }

function isCrossing(forecast: LimitForecast): forecast is Crossing {
  return forecast.time.kind === 'heading'
}

/** What will be reached within a month, soonest first: later moments are no news. */
export function crossings(forecasts: readonly LimitForecast[]): readonly Crossing[] {
  return forecasts.filter(isCrossing).filter(({ time }) => time.eta.likely < FAR_S)
}

/** Of each series the limit that it reaches first: who knows when 95 % are full need not be told of 100 %. */
export function nextCrossings(forecasts: readonly LimitForecast[]): readonly Crossing[] {
  const said = new Set<string>()
  return crossings(forecasts).filter(({ series }) => {
    const isFirst = !said.has(series)
    said.add(series)
    return isFirst
  })
}

/** Whether somebody should know of it now: it may be reached within a day, or is said to be urgent. */
export function isSoon({ time, severity }: Crossing): boolean {
  return severity !== undefined || time.eta.earliest < CLEAR_S
}

/** What can be said of the next day as a whole. */
export interface Outlook {
  /** `nothing reaches a limit within 24 h`, and less of it where that is less sure. */
  readonly text: string
  /** What it does not hold for. */
  readonly but?: string
}

/**
 * What is said where nothing is soon: only what was judged. Undefined while some limit is not: what is too soon to say is said, what
 * nobody has looked at long enough yet is not passed over. A series that was never measured (inodes where there are none) has no limit.
 */
export function outlook(forecasts: readonly LimitForecast[], metrics: Pick<SeriesView, 'last'>): Outlook | undefined {
  const isJudged = ({ time }: LimitForecast) => time.kind === 'steady' || time.kind === 'heading'
  if (!forecasts.some(isJudged) || forecasts.some((forecast) => isOpen(forecast, metrics))) return undefined
  const moving = forecasts.filter(({ time }) => time.kind === 'too soon').map(({ subject }) => subject)
  if (moving.length > 0) return { text: NOTHING_KNOWN, but: `too soon to say of ${[...new Set(moving)].join(', ')}` }
  return { text: forecasts.some(({ time }) => time.kind === 'reached') ? NOTHING_ELSE : NOTHING }
}

/** Whether a limit is one that will be judged, but has not been seen often enough. */
function isOpen({ series, time }: LimitForecast, metrics: Pick<SeriesView, 'last'>): boolean {
  return time.kind === 'unknown' && metrics.last(series) !== undefined
}

/** How good all forecasts were together, each by how long it was judged; undefined while none was. A series with two limits counts once. */
export function recordOfAll(forecasts: readonly LimitForecast[]): TrackRecord | undefined {
  const records = new Map(forecasts.flatMap(({ series, record }) => (record ? [[series, record] as const] : [])))
  let overS = 0
  let sum = 0
  let inside = 0
  for (const record of records.values()) {
    overS = Math.max(overS, record.overS)
    sum += record.overS
    inside += record.overS * record.inside
  }
  return sum > 0 ? { overS, inside: inside / sum } : undefined
}

/** How many limits are of each kind beside those that are headed for: `7 steady`, `1 too soon to say`, `2 not known yet`. */
export function otherCounts(forecasts: readonly LimitForecast[], metrics: Pick<SeriesView, 'last'>): readonly string[] {
  const counted = (kind: TimeToLimit['kind'], word: string) => {
    const count = forecasts.filter(
      (forecast) => forecast.time.kind === kind && (kind !== 'unknown' || isOpen(forecast, metrics)),
    ).length
    return count === 0 ? [] : [`${count} ${word}`]
  }
  return [
    ...counted('reached', 'reached'),
    ...counted('too soon', 'too soon to say'),
    ...counted('steady', 'steady'),
    ...counted('unknown', 'not known yet'),
  ]
}
