import type { ProcessRow } from '../../model/processes.ts'
import { type Restarts, withRestarts } from '../restarts.ts'

/** What a check remembers of its processes. */
export interface SeenProcesses {
  /** The instances there were last, `pid:startTicks`. */
  readonly keys: ReadonlySet<string>
  readonly restarts: Restarts
}

/**
 * Counts starts of the main process: the oldest instance, when it is one that was not there the last time any was. Workers that come and
 * go, or grow old after their elders, are no restart; nor are the first ones that are seen.
 */
export function seeProcesses(
  before: SeenProcesses | undefined,
  rows: readonly ProcessRow[],
  nowMono: number,
): SeenProcesses {
  const oldest = oldestOf(rows)
  const restarted = before !== undefined && oldest !== undefined && !before.keys.has(keyOf(oldest))
  return {
    keys: oldest === undefined && before !== undefined ? before.keys : new Set(rows.map(keyOf)),
    restarts: withRestarts(before?.restarts ?? [], restarted && before.keys.size > 0 ? 1 : 0, nowMono),
  }
}

export function oldestOf(rows: readonly ProcessRow[]): ProcessRow | undefined {
  return rows.reduce<ProcessRow | undefined>(
    (oldest, row) => (oldest === undefined || row.startedMs < oldest.startedMs ? row : oldest),
    undefined,
  )
}

function keyOf({ pid, startTicks }: ProcessRow): string {
  return `${pid}:${startTicks}`
}
