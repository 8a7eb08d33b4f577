import type { ProcessEntry } from './entry.ts'

/** For each entry the index of its parent, -1 for roots: whose parent is not there, or is the process itself. */
export function parentsOf(entries: readonly ProcessEntry[]): Int32Array {
  const byPid = new Map<number, number>()
  for (let index = 0; index < entries.length; index++) {
    const { pid, mark } = entries[index] as ProcessEntry
    // A pid may be used again while the one that had it before is still shown.
    if (mark !== 'ended' || !byPid.has(pid)) byPid.set(pid, index)
  }
  const parents = Int32Array.from(entries, ({ pid, ppid }) => (pid === ppid ? -1 : (byPid.get(ppid) ?? -1)))
  cutCircles(parents)
  return parents
}

/** A table that is read while pids are used again may say that two are each other's ancestors: one of them becomes a root. */
function cutCircles(parents: Int32Array): void {
  /** The walk in which an entry was seen first. */
  const seen = new Int32Array(parents.length).fill(-1)
  for (let start = 0; start < parents.length; start++) {
    let at = start
    while (at >= 0 && seen[at] === -1) {
      seen[at] = start
      const parent = parents[at] as number
      if (parent >= 0 && seen[parent] === start) parents[at] = -1
      at = parents[at] as number
    }
  }
}

/** Those that match and all their ancestors. */
export function withAncestors<Entry extends ProcessEntry>(
  entries: readonly Entry[],
  matches: (entry: Entry) => boolean,
): readonly Entry[] {
  const parents = parentsOf(entries)
  const kept = new Uint8Array(entries.length)
  for (let index = 0; index < kept.length; index++) {
    if (kept[index] === 1 || !matches(entries[index] as Entry)) continue
    for (let at = index; at >= 0 && kept[at] === 0; at = parents[at] as number) kept[at] = 1
  }
  return entries.filter((_, index) => kept[index] === 1)
}
