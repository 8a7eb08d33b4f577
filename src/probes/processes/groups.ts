import type { ProcessQuery, TreePlace } from '../../model/processes.ts'
import type { Arranged, RowKeys, Standing } from './arranged.ts'
import type { ProcessEntry } from './entry.ts'
import { Group, type Grouping } from './group.ts'
import { type Compare, sorted } from './order.ts'

interface GroupRow<Entry extends ProcessEntry> {
  readonly group: Group<Entry>
  /** The process; absent for the row of the group itself. */
  readonly entry?: Entry
  readonly last: boolean
}

/** Groups of processes by what they have in common, by name; who has none of it is the last. */
export function groupsOf<Entry extends ProcessEntry>(entries: readonly Entry[], by: Grouping): readonly Group<Entry>[] {
  const members = new Map<string, Entry[]>()
  for (const entry of entries) {
    const name = String(entry.known(by) ?? '')
    const group = members.get(name)
    if (group === undefined) members.set(name, [entry])
    else group.push(entry)
  }
  // By name, so that equal ones do not change places when somebody comes or goes.
  const names = [...members.keys()].sort((a, b) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1))
  return names.map((name) => new Group(by, name, members.get(name) as Entry[]))
}

/** How the groups and the processes of one are put in order. */
export interface GroupOrders<Entry extends ProcessEntry> {
  readonly groups: (groups: readonly Group<Entry>[]) => Compare
  readonly members: (entries: readonly Entry[]) => Compare
}

/** Groups, and below those that are open their processes. */
export class Groups<Entry extends ProcessEntry> implements Arranged<Entry | Group<Entry>> {
  private readonly rows: GroupRow<Entry>[] = []
  private readonly open: RowKeys

  constructor(
    entries: readonly Entry[],
    by: Exclude<ProcessQuery['arrange'], 'list' | 'tree'>,
    orders: GroupOrders<Entry>,
    open: RowKeys,
  ) {
    this.open = open
    const groups = groupsOf(entries, by)
    const compare = orders.groups(groups)
    const order = sorted(groups.length, (a, b) => Number(groups[a]?.none) - Number(groups[b]?.none) || compare(a, b))
    order.forEach((index, at) => {
      const group = groups[index] as Group<Entry>
      this.rows.push({ group, last: at === order.length - 1 })
      if (!open.hasGroup(group.name)) return
      const { members } = group
      sorted(members.length, orders.members(members)).forEach((member, row) => {
        this.rows.push({ group, entry: members[member] as Entry, last: row === members.length - 1 })
      })
    })
  }

  get length(): number {
    return this.rows.length
  }

  at(index: number): Standing<Entry | Group<Entry>> {
    const { group, entry } = this.rows[index] as GroupRow<Entry>
    return entry === undefined ? { kind: 'group', entry: group } : { kind: 'process', entry }
  }

  place(index: number): TreePlace {
    const { group, entry, last } = this.rows[index] as GroupRow<Entry>
    if (entry !== undefined) return { depth: 1, lines: [], last, below: 0, folded: false }
    return { depth: 0, lines: [], last, below: group.members.length, folded: !this.open.hasGroup(group.name) }
  }

  indexOf(wanted: ProcessEntry): number {
    const own = this.rows.findIndex(({ entry }) => entry === wanted)
    if (own >= 0) return own
    return this.rows.findIndex(({ group }) => (group.members as readonly ProcessEntry[]).includes(wanted))
  }
}
