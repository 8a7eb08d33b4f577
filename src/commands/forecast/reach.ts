import type { AskedLimit } from '../../export/outlook.ts'

/** How much further than a limit is looked, and how much further than usual for that. */
const BEYOND = 1.1
const MOST_WIDER = 6

/** A little more than the time until a limit is reached at the latest, where that is not so far that nothing else could be seen; else 0. */
export function crossedMs(limit: AskedLimit | undefined, usualMs: number): number {
  if (limit?.time.kind !== 'heading') return 0
  const { likely, latest } = limit.time.eta
  const far = [latest, likely].map((seconds) => (seconds ?? Number.POSITIVE_INFINITY) * 1000 * BEYOND)
  return far.find((ms) => ms <= usualMs * MOST_WIDER) ?? 0
}
