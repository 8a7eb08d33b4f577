import { textWidth, truncate } from '../../lib/text.ts'
import { crossings } from '../../model/crossings.ts'
import type { LimitFamily, LimitForecast, TimeToLimit } from '../../model/forecast.ts'
import { limitWords, shortLimit } from '../../model/forecast-words.ts'
import type { Look } from '../paint/look.ts'
import { levelToken } from '../paint/verdict.ts'
import type { Sight } from '../sight.ts'
import type { Hue, Token } from '../theme/tokens.ts'

/** What the panel of what is ahead needs of a frame. */
export interface AheadData {
  readonly forecasts: readonly LimitForecast[]
  readonly series: Sight
  /** Now, to the minute: what decides whether a clock time is of today. */
  readonly nowMs: number
}

const HUES: Readonly<Record<LimitFamily, Hue>> = {
  disk: 'disk',
  memory: 'mem',
  process: 'mem',
  check: 'svc',
  kernel: 'svc',
}

/** Below what will be reached: what is far, what is there, and what no time can be said of. */
const ORDER: readonly TimeToLimit['kind'][] = ['heading', 'reached', 'too soon', 'steady', 'unknown']

/**
 * The rows of the list. At home what will be reached within a month, soonest first; in full all that is watched, these first, so that a
 * row keeps its place.
 */
export function aheadRows(forecasts: readonly LimitForecast[], full: boolean): readonly LimitForecast[] {
  const near: readonly LimitForecast[] = crossings(forecasts)
  if (!full) return near
  const rest = forecasts.filter((forecast) => !near.includes(forecast))
  return [...near, ...rest.toSorted((a, b) => ORDER.indexOf(a.time.kind) - ORDER.indexOf(b.time.kind))]
}

/** The hue of the resource; of a process' handles that of what is counted. */
function hueOf({ family, series }: LimitForecast): Hue {
  return family === 'process' && !series.includes('memory') ? 'svc' : HUES[family]
}

/** What a moment is drawn in: its severity, else the hue with a deeper range. */
export function momentTokens(forecast: LimitForecast): { readonly range: Token; readonly likely: Token } {
  if (forecast.severity !== undefined) {
    const tone = levelToken(forecast.severity)
    return { range: tone, likely: tone }
  }
  const hue = hueOf(forecast)
  return { range: `${hue}2`, likely: hue }
}

/** Whose limit and which, on so many columns: the limit is never cut, a long name is. */
export function nameText({ subject, ...forecast }: LimitForecast, columns: number, look: Look): string {
  const long = `${subject} ${limitWords(forecast)}`
  if (textWidth(long) <= columns) return long
  const limit = shortLimit(forecast.limit)
  return `${truncate(subject, columns - textWidth(limit) - 1, look.glyphs.ellipsis)} ${limit}`
}
