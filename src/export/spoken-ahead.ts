import { type Crossing, isSoon, nextCrossings } from '../model/crossings.ts'
import { crossingWords, etaText, limitText } from '../model/forecast-words.ts'
import type { Frame } from '../model/frame.ts'

/** A forecast that is not made for so long is withdrawn; one that comes and goes is said once. */
const WITHDRAWN_MS = 60_000

/** A crossing that was said, by its series and limit: how it was called, and when it was last expected. */
export interface SaidAhead {
  readonly name: string
  readonly seenMs: number
}

export type SaidCrossings = Readonly<Record<string, SaidAhead>>

function keyOf({ series, threshold }: Pick<Crossing, 'series' | 'threshold'>): string {
  return `${series} ${threshold}`
}

/** `will be 95 % full`, `will reach its 2 GiB limit`. */
function verbOf({ family, limit }: Pick<Crossing, 'family' | 'limit'>): string {
  if (family === 'disk' && limit.endsWith('%')) return `will be ${limit} full`
  if (limit.endsWith('all memory')) return 'will take all memory'
  return `will reach ${limit.endsWith('limit') ? 'its ' : ''}${limit}`
}

/** `/var will be 95 % full in 3 h 10 m, vacuum-logs writes 38 MB/s`. */
function crossingText(crossing: Crossing): string {
  const { subject, family, time, cause } = crossing
  const { eta } = time
  const who = cause === undefined ? '' : `, ${cause}`
  if (family === 'check') return `${subject} ${crossingWords({ ...crossing, eta })}${who}`
  return `${subject} ${verbOf(crossing)} in ${etaText(eta.likely)}${who}`
}

/** What will reach its limit within a day, soonest first, a sentence each. */
export function aheadTexts({ forecasts }: Frame): readonly string[] {
  return nextCrossings(forecasts).filter(isSoon).map(crossingText)
}

/**
 * What is new of what will reach a limit, and what of that which was said does not come. What has been reached, or is not watched any
 * more, is other news. It is told again only after it was withdrawn.
 */
export function aheadChanges(
  { forecasts, wallMs }: Frame,
  before: SaidCrossings,
): { readonly lines: readonly string[]; readonly said: SaidCrossings } {
  const all = new Map(forecasts.map((forecast) => [keyOf(forecast), forecast]))
  const said: Record<string, SaidAhead> = {}
  const lines: string[] = []
  for (const [key, { name, seenMs }] of Object.entries(before)) {
    const kind = all.get(key)?.time.kind
    if (kind === undefined || kind === 'reached') continue
    if (kind === 'heading') said[key] = { name, seenMs: wallMs }
    else if (wallMs - seenMs < WITHDRAWN_MS) said[key] = { name, seenMs }
    else lines.push(`not expected any more: ${name}`)
  }
  for (const crossing of nextCrossings(forecasts).filter(isSoon)) {
    const key = keyOf(crossing)
    if (said[key] !== undefined) continue
    said[key] = { name: limitText(crossing), seenMs: wallMs }
    lines.push(crossingText(crossing))
  }
  return { lines, said }
}
