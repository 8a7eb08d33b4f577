import { LEAST_SAMPLES, tooFewText } from '../../export/outlook.ts'
import { forecastSeries } from '../../forecast/batch.ts'
import { safeText, truncate } from '../../lib/text.ts'

/** What became of a line: an answer to write, or what is wrong with it. */
export type Answered = { readonly answer: object } | { readonly problem: string }

/** Far beyond what anybody can say something of. */
const MOST_STEPS = 100_000
const LEVELS = [80, 95] as const
const QUOTED = 40

/**
 * Answers one line of the protocol: `{"id","freq_s","period","horizon","levels":[80,95],"values":[...]}` with
 * `{"id","mean":[horizon],"lo80":[],"hi80":[],"lo95":[],"hi95":[]}`, or `{"id","error"}` where the values are too few.
 */
export function answerLine(line: string): Answered {
  let said: unknown
  try {
    said = JSON.parse(line)
  } catch {
    return { problem: `expected a JSON object, got ${quoted(line)}` }
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    return { problem: `expected a JSON object, got ${quoted(line)}` }
  const { id, freq_s: stepS, period, horizon, levels, values } = said as Record<string, unknown>
  if (typeof id !== 'string' && typeof id !== 'number') return { problem: `id: expected a text, got ${shown(id)}` }
  if (typeof stepS !== 'number' || !(stepS > 0))
    return { problem: `freq_s: expected seconds above 0, got ${shown(stepS)}` }
  if (period !== undefined && period !== null && !isWhole(period, 0))
    return { problem: `period: expected a number of steps, got ${shown(period)}` }
  if (!isWhole(horizon, 1) || horizon > MOST_STEPS)
    return { problem: `horizon: expected 1 to ${MOST_STEPS} steps, got ${shown(horizon)}` }
  const level = levelProblem(levels)
  if (level !== undefined) return { problem: level }
  if (!Array.isArray(values)) return { problem: `values: expected a list, got ${shown(values)}` }
  const wrong = values.findIndex((value) => value !== null && typeof value !== 'number')
  if (wrong >= 0) return { problem: `values[${wrong}]: expected a number or null, got ${shown(values[wrong])}` }
  const known = values.filter((value) => value !== null).length
  if (known < LEAST_SAMPLES) return { answer: { id, error: tooFewText(known) } }
  const { mean, lo80, hi80, lo95, hi95 } = forecastSeries({
    values: values.map((value: number | null) => value ?? Number.NaN),
    stepS,
    period: typeof period === 'number' ? period : undefined,
    horizon,
  })
  return { answer: { id, mean, lo80, hi80, lo95, hi95 } }
}

function levelProblem(levels: unknown): string | undefined {
  if (levels === undefined || levels === null) return undefined
  const other = Array.isArray(levels) ? levels.find((level) => !LEVELS.some((known) => known === level)) : levels
  return other === undefined ? undefined : `levels: expected 80 and 95, got ${shown(other)}`
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least
}

function shown(value: unknown): string {
  return value === undefined || value === null
    ? 'nothing'
    : quoted(typeof value === 'string' ? value : JSON.stringify(value))
}

function quoted(text: string): string {
  return `"${truncate(safeText(text, 500), QUOTED)}"`
}
