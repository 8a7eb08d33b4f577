import { findMatch, type Matcher, matcherText } from '../../lib/matcher.ts'
import { safeText } from '../../lib/text.ts'
import { latency } from '../../lib/units.ts'
import type { CheckOutcome, Expectation } from '../../model/check.ts'
import { degraded, up } from '../check.ts'

/** Of an answer, in an error or a fact. */
const SHOWN = 200

/** What a peer said, as errors quote it: its first line that says anything, in quotes, cut. Safe text. */
export function quoted(answer: string): string {
  const line = answer.split(/[\r\n]+/).find((text) => text.trim() !== '') ?? ''
  return `"${safeText(line.trim(), 100)}"`
}

/** What a peer said, for people: its first line, cut. Safe text. */
export function firstLine(answer: string): string {
  return safeText((answer.split(/[\r\n]+/).find((text) => text.trim() !== '') ?? '').trim(), SHOWN)
}

/** Whether an answer matches. Throws MatchTimeout. */
export function expectAnswer(matcher: Matcher, answer: string): Expectation {
  const match = findMatch(matcher, answer)
  return {
    name: 'answer',
    met: match !== undefined,
    found: safeText(match?.[0] ?? (firstLine(answer) || 'nothing'), SHOWN),
    wanted: safeText('text' in matcher ? `holds ${matcherText(matcher)}` : `matches ${matcherText(matcher)}`, SHOWN),
  }
}

/** `812 ms`, `1.24 s`. */
export function milliseconds(seconds: number): string {
  const { figure, unit } = latency(seconds)
  return `${figure} ${unit}`
}

/** An outcome of a service that answered as it should; `degraded` when that took longer than `limitMs`. */
export function inTime(
  latencyS: number,
  limitMs: number | undefined,
  rest: Omit<CheckOutcome, 'state' | 'reason' | 'error' | 'latencyS'>,
): CheckOutcome {
  if (limitMs === undefined) return up({ ...rest, latencyS })
  const found = milliseconds(latencyS)
  const wanted = `under ${milliseconds(limitMs / 1000)}`
  const met = latencyS * 1000 < limitMs
  const judged = {
    ...rest,
    latencyS,
    expectations: [{ name: 'latency', met, found, wanted }, ...(rest.expectations ?? [])],
  }
  return met ? up(judged) : degraded('slow', `took ${found}, expected ${wanted}`, judged)
}
