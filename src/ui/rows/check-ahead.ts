import { latency, span } from '../../lib/units.ts'
import { answered, type CheckStatus } from '../../model/check.ts'
import { crossings } from '../../model/crossings.ts'
import type { Ahead } from '../../model/forecast.ts'
import { crossingWords } from '../../model/forecast-words.ts'
import type { Frame } from '../../model/frame.ts'
import { parseSeriesKey, seriesKey } from '../../model/series.ts'
import type { Look } from '../paint/look.ts'
import { shortSpan } from '../panels/check/definition.ts'
import { latencyFigure, latencyLimit, SECONDS_FROM } from '../panels/check/latency.ts'
import type { Token } from '../theme/tokens.ts'

const STEP_MS = 30_000
/** Eight minutes: what comes after them says little of how long an answer will take. */
const STEPS = 16
/** It heads for what it would reach if it went on rising for so many times as long as something can be said. */
const GOES_ON = 4
const CHECK_LATENCY = 'check_latency_seconds'

/** What is said of the minutes to come, as parts of which the first ones matter most. */
export interface CheckAhead {
  readonly tone: Token
  /** `over 500 ms for the next 8 min`. */
  readonly text: string
  /** `690 – 1 150 ms` */
  readonly range: string
  /** `not heading for its timeout of 3 s`; where it is on the way there, `below its timeout of 3 s for 8 min`. */
  readonly timeout: string
}

/** What is expected of the latency of a check; undefined while nothing can be said, and while it does not answer. */
export function checkAhead({ metrics, wallMs }: Frame, check: CheckStatus, look: Look): CheckAhead | undefined {
  const { definition, state, failing, last } = check
  const asks = state === 'up' || state === 'degraded'
  if (!asks || failing > 0 || last === undefined || !answered(last.outcome)) return undefined
  const key = seriesKey(CHECK_LATENCY, { check: definition.name })
  const all = metrics.ahead(key, { endMs: wallMs, stepMs: STEP_MS, count: STEPS })
  const ahead = all && known(all)
  if (ahead === undefined) return undefined
  const limit = latencyLimit(check)
  return {
    ...(limit === undefined ? plain(ahead) : against(ahead, limit)),
    range: rangeText(ahead, look),
    timeout: timeoutText(ahead, definition.timeoutMs),
  }
}

/** The steps of which something can be said; undefined for none. */
function known({ mean, low, high }: Ahead): Ahead | undefined {
  const end = mean.findIndex(Number.isNaN)
  if (end === 0) return undefined
  const count = end < 0 ? mean.length : end
  return { mean: mean.subarray(0, count), low: low.subarray(0, count), high: high.subarray(0, count) }
}

/** How far ahead the end of so many steps is. */
function spanOf(steps: number): string {
  return span((Math.max(1, steps) * STEP_MS) / 1000)
}

function plain({ mean }: Ahead): Pick<CheckAhead, 'tone' | 'text'> {
  const usual = mean.reduce((sum, value) => sum + value, 0) / mean.length
  return { tone: 'unknown', text: `around ${timeText(usual)} for the next ${spanOf(mean.length)}` }
}

function against({ mean, high }: Ahead, limit: number): Pick<CheckAhead, 'tone' | 'text'> {
  const isOver = (value: number) => value > limit
  const words = timeText(limit)
  const over = isOver(mean[0] ?? Number.NaN)
  const turns = mean.findIndex((value) => isOver(value) !== over)
  const tone = over || turns >= 0 ? 'warn' : 'unknown'
  if (turns >= 0)
    return { tone, text: over ? `under ${words} again in ${spanOf(turns)}` : `over ${words} in ${spanOf(turns)}` }
  const certain = over || !high.some(isOver)
  return {
    tone,
    text: `${certain ? '' : 'likely '}${over ? 'over' : 'under'} ${words} for the next ${spanOf(mean.length)}`,
  }
}

function rangeText({ low, high }: Ahead, { glyphs }: Look): string {
  const most = Math.max(...high)
  const inSeconds = most >= SECONDS_FROM
  const figure = (seconds: number) => latencyFigure(seconds, inSeconds)
  return `${figure(Math.min(...low))} ${glyphs.dash} ${figure(most)} ${inSeconds ? 's' : 'ms'}`
}

function timeoutText({ mean, high }: Ahead, timeoutMs: number): string {
  const words = `its timeout of ${shortSpan(timeoutMs)}`
  const reached = mean.findIndex((value) => value * 1000 >= timeoutMs)
  if (reached >= 0) return `reaches ${words} in ${spanOf(reached)}`
  if (high.some((value) => value * 1000 >= timeoutMs)) return `may reach ${words}`
  const [first = 0] = mean
  const rise = (mean.at(-1) ?? first) - first
  const heads = rise > 0 && (first + rise * GOES_ON) * 1000 >= timeoutMs
  return heads ? `below ${words} for ${spanOf(mean.length)}` : `not heading for ${words}`
}

/** `500 ms`, `1.5 s`. */
function timeText(seconds: number): string {
  const { figure, unit } = latency(seconds)
  return `${Number(figure)} ${unit}`
}

/** `certificate ends 3 Dec`, of a check whose certificate does within a month; else undefined. */
export function certificateAhead({ forecasts }: Frame, { definition }: CheckStatus): string | undefined {
  const own = crossings(forecasts).find(
    ({ family, series }) => family === 'check' && parseSeriesKey(series).labels.check === definition.name,
  )
  return own && crossingWords({ ...own, eta: own.time.eta })
}
