import { MOST_RESULTS } from '../../model/check.ts'
import type { Day } from './days.ts'
import { withReadable } from './file.ts'

/**
 * The days whose results of checks are among the newest that are kept: mostly the last one or two, for a check that is asked once an hour a
 * whole week of them. By the heads of their roll-ups alone; days are told oldest first, and known by when they begin.
 */
export async function daysOfResults(days: readonly Day[]): Promise<ReadonlySet<number>> {
  const wanted = new Set<number>()
  const found = new Map<string, number>()
  for (const { dayMs, roll } of days.toReversed()) {
    if (roll === undefined) continue
    const checks = (await withReadable(roll, async ({ head }) => head.checks)) ?? []
    for (const { check, results } of checks) {
      const newer = found.get(check) ?? 0
      if (results > 0 && newer < MOST_RESULTS) wanted.add(dayMs)
      found.set(check, newer + results)
    }
  }
  return wanted
}
