import { type ProcessId, type ProcessRow, rowKey, type TreePlace } from '../../../model/processes.ts'
import type { Watched } from '../../../model/watch.ts'

/** A row of the family: an instance to choose, a member of the shown one's family, or the words between the two. */
export type FamilyRow =
  | { readonly kind: 'instance'; readonly row: ProcessRow; readonly shown: boolean }
  | { readonly kind: 'member'; readonly row: ProcessRow; readonly self: boolean; readonly below: boolean }
  | { readonly kind: 'words'; readonly text: string }

interface Branch {
  readonly row: ProcessRow
  readonly depth: number
  readonly lines: readonly boolean[]
  readonly last: boolean
}

/** Where each row stands in the tree that parents make of them. Rows are in tree order: parents before what is below them. */
export function placed(rows: readonly ProcessRow[]): readonly ProcessRow[] {
  const branches = new Map<number, Branch>()
  const lastOf = new Map(rows.map((row) => [row.ppid, row.pid]))
  return rows.map((row) => {
    const parent = branches.get(row.ppid)
    const last = lastOf.get(row.ppid) === row.pid
    const branch: Branch =
      parent === undefined
        ? { row, depth: 0, lines: [], last: true }
        : { row, depth: parent.depth + 1, lines: [...parent.lines, !last], last }
    branches.set(row.pid, branch)
    const place: TreePlace = { depth: branch.depth, lines: branch.lines, last: branch.last, below: 0, folded: false }
    return { ...row, place }
  })
}

/** The process `id` and everything below it. */
export function itselfAndBelow(rows: readonly ProcessRow[], { pid }: ProcessId): readonly ProcessRow[] {
  const pids = new Set([pid])
  return rows.filter((row) => {
    if (row.pid !== pid && !pids.has(row.ppid)) return false
    pids.add(row.pid)
    return true
  })
}

/** Ancestors that are listed where there is little room. */
const ANCESTORS = 2

/** The family without its far ancestors, which are the system's more often than its own. */
function near(rows: readonly ProcessRow[], { pid }: ProcessId): readonly ProcessRow[] {
  return rows.slice(Math.max(0, rows.findIndex((row) => row.pid === pid) - ANCESTORS))
}

/** What the panel lists: of several instances each, then the family of the shown one; `whole`: with all of its ancestors. */
export function familyRows(watched: Watched | undefined, whole: boolean): readonly FamilyRow[] {
  if (watched?.state !== 'running') return []
  const { detail, instances } = watched
  const shownKey = detail && rowKey(detail.row)
  const several = instances.length > 1
  const choices: FamilyRow[] = several
    ? instances.map((row) => ({ kind: 'instance', row, shown: rowKey(row) === shownKey }))
    : []
  if (detail === undefined) return choices
  const below = new Set(itselfAndBelow(detail.family, detail.id).map(({ pid }) => pid))
  const members: FamilyRow[] = placed(whole ? detail.family : near(detail.family, detail.id)).map((row) => ({
    kind: 'member',
    row,
    self: row.pid === detail.id.pid,
    below: below.has(row.pid),
  }))
  return several && members.length > 0
    ? [...choices, { kind: 'words', text: `family of ${detail.id.pid}` }, ...members]
    : [...choices, ...members]
}
