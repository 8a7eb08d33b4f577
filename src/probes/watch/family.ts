import type { ProcessId, ProcessRow, TreePlace } from '../../model/processes.ts'
import type { ProcessDetail } from '../../model/watch.ts'
import type { ProcessEntry } from '../processes/entry.ts'
import type { FindRows } from './find.ts'

/** A process with ten thousand children is not told apart any more. */
const MOST_BELOW = 500

/**
 * Who started a process, and its family: its ancestors from the oldest on, itself, and everything below it (at most 500), in tree order and with
 * its place in that tree. Of a pid that was used again meanwhile only the one that lives counts.
 */
export function familyOf({ pid }: ProcessId, find: FindRows): Pick<ProcessDetail, 'family' | 'parent'> {
  const all: ProcessEntry[] = []
  find((entry) => {
    all.push(entry)
    return false
  }, [])
  const own = byPid(all, pid)
  const children = childrenBelow(all, pid)
  const places = new Map<number, TreePlace>()
  const above = own === undefined ? [] : ancestorsOf(own, all)
  for (const ancestor of above) places.set(ancestor, placeOf(0, [], true, 0))
  const below = placeBelow(
    pid,
    above.length,
    above.map(() => false),
    true,
    children,
    places,
  )
  for (const [depth, ancestor] of above.entries()) {
    // Of what is below an ancestor, only this branch is told.
    places.set(
      ancestor,
      placeOf(
        depth,
        above.slice(0, depth).map(() => false),
        true,
        above.length - depth + below,
      ),
    )
  }
  const rows = new Map(find((entry) => places.has(entry.pid), []).map((row) => [row.pid, row]))
  const family = [...places].flatMap(([each, place]): ProcessRow[] => {
    const row = rows.get(each)
    return row === undefined ? [] : [{ ...row, place }]
  })
  const parent = rows.get(own?.ppid ?? 0)
  return { family, ...(parent && { parent: { pid: parent.pid, name: parent.name } }) }
}

function byPid(all: readonly ProcessEntry[], pid: number): ProcessEntry | undefined {
  return all.find((entry) => entry.pid === pid)
}

/** Oldest first. */
function ancestorsOf(own: ProcessEntry, all: readonly ProcessEntry[]): number[] {
  const above: number[] = []
  for (let at = byPid(all, own.ppid); at !== undefined && !above.includes(at.pid); at = byPid(all, at.ppid)) {
    above.unshift(at.pid)
  }
  return above
}

/** Children of a process and of all below it. Thousands are passed over once a generation: to know everybody's children would cost far more. */
function childrenBelow(all: readonly ProcessEntry[], pid: number): Map<number, ProcessEntry[]> {
  const children = new Map<number, ProcessEntry[]>()
  let generation = new Set([pid])
  let found = 0
  while (generation.size > 0 && found < MOST_BELOW) {
    const next = new Set<number>()
    for (const entry of all) {
      if (!generation.has(entry.ppid)) continue
      const siblings = children.get(entry.ppid)
      if (siblings === undefined) children.set(entry.ppid, [entry])
      else siblings.push(entry)
      next.add(entry.pid)
      found++
    }
    for (const known of children.keys()) next.delete(known)
    generation = next
  }
  return children
}

function placeOf(depth: number, lines: readonly boolean[], last: boolean, below: number): TreePlace {
  return { depth, lines, last, below, folded: false }
}

/** Places a process and all below it; gives how many are below. */
function placeBelow(
  pid: number,
  depth: number,
  lines: readonly boolean[],
  last: boolean,
  children: ReadonlyMap<number, readonly ProcessEntry[]>,
  places: Map<number, TreePlace>,
): number {
  if (places.has(pid) || places.size >= MOST_BELOW + depth) return 0
  places.set(pid, placeOf(depth, lines, last, 0))
  const born = [...(children.get(pid) ?? [])].sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid)
  let below = 0
  for (const [index, child] of born.entries()) {
    const isLast = index === born.length - 1
    below += 1 + placeBelow(child.pid, depth + 1, [...lines, !last], isLast, children, places)
  }
  places.set(pid, placeOf(depth, lines, last, below))
  return below
}
