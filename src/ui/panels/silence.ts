import type { Frame } from '../../model/frame.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Glyphs } from '../theme/glyphs.ts'

/** Lists are measured every two seconds, or more seldom; more than two and a half of those is a gap. */
const LEAST_GAP_MS = 5000
const GAP_TURNS = 2.5
/** The name under which the thread of checks tells how it is. */
const CHECKS = 'checks'

/**
 * Why a list may no longer be true, in words without a subject; undefined while it is. `measuredMs` is the wall time it was measured
 * at, undefined before the first time.
 */
export function silenceOf(frame: Frame, source: string, measuredMs: number | undefined): string | undefined {
  const failure = frame.failures[source]
  if (failure !== undefined) return `not measured: ${failure}`
  if (measuredMs === undefined) return undefined
  const age = frame.wallMs - measuredMs
  if (age <= Math.max(LEAST_GAP_MS, GAP_TURNS * (frame.paceMs[source] ?? 0))) return undefined
  const seconds = Math.floor(age / 1000)
  return isRestarting(frame) ? `measuring stopped ${seconds} s ago, starting again` : `no answer ${seconds} s`
}

/** Whether what measures this host is being started again. */
export function isRestarting({ health }: Frame): boolean {
  return health.some(({ name, state }) => name !== CHECKS && state === 'restarting')
}

/** Why the results of checks are old, in words without a subject; undefined while they are run. */
export function checksSilence({ health }: Frame): string | undefined {
  return health.some(({ name, state }) => name === CHECKS && state === 'restarting')
    ? 'checks stopped, starting again'
    : undefined
}

/** The same as a headline. */
export function silenceHeadline(silence: string, glyphs: Glyphs): readonly Segment[] {
  return [segment(`${glyphs.unknown} ${silence}`, style('unknown'))]
}
