import type { AlertRecord } from '../../../model/alert.ts'
import { eventName, type LogEvent } from '../../../model/event.ts'
import { type Entry, parseEventFilter } from '../../../model/event-filter.ts'
import type { Frame } from '../../../model/frame.ts'
import type { LogView } from '../../views.ts'
import type { Filtered } from '../filter-note.ts'

/** A row of the log. */
export interface LogRow extends Entry {
  /** Names the entry as long as it is kept. */
  readonly key: string
  /** It tells of the beginning of what goes on still. */
  readonly going: boolean
  /** It speaks for an incident: how many other alerts are folded into it, or listed below it. */
  readonly incident?: { readonly id: string; readonly others: number; readonly opened: boolean }
  /** It is one of those, listed below: the last of them, or one before it. */
  readonly member?: 'last' | 'inner'
}

/** The log as it is listed. */
export interface ListedLog extends Filtered {
  /** Newest first; those of an incident below the one that speaks for it. */
  readonly rows: readonly LogRow[]
  /** Alerts that fire. */
  readonly firing: number
}

const byId = new WeakMap<readonly AlertRecord[], ReadonlyMap<string, AlertRecord>>()

/** Alerts by their ids. The same map for the same records. */
export function recordsById(records: readonly AlertRecord[]): ReadonlyMap<string, AlertRecord> {
  const known = byId.get(records) ?? new Map(records.map((record) => [record.alert.id, record]))
  byId.set(records, known)
  return known
}

function keyOf(event: LogEvent): string {
  return `${event.level} ${eventName(event)}`
}

const isTurn = ({ level }: LogEvent) => level === 'critical' || level === 'warning'

/** Every event with its alert; the newest turn to the worse of an alert that fires is what goes on. */
function entriesOf({ events, records }: Pick<Frame, 'events' | 'records'>): readonly LogRow[] {
  const alerts = recordsById(records)
  const told = new Set<string>()
  return events.map((event) => {
    const record = event.alert === undefined ? undefined : alerts.get(event.alert)
    const turned = record !== undefined && isTurn(event) && !told.has(record.alert.id)
    if (turned) told.add(record.alert.id)
    return { event, record, key: keyOf(event), going: turned && record.state === 'firing' }
  })
}

/** Something that a person did to an alert, which needs no sign of it. */
export const isMark = ({ kind }: LogEvent) => kind === 'acknowledged' || kind === 'silenced'

/** The incident that an entry is of: one has the id of its first alert. What people did is listed where they did it. */
function incidentOf({ event, record }: LogRow): string | undefined {
  return isMark(event) ? undefined : (record?.alert.incident ?? record?.alert.id)
}

/** Worst first; of the same the one that goes on, then the newest. */
function compare(a: LogRow, b: LogRow): number {
  if (a.going !== b.going) return a.going ? -1 : 1
  return Number(a.event.level !== 'critical') - Number(b.event.level !== 'critical') || b.event.wallMs - a.event.wallMs
}

/** Who speaks for an incident: the worst that goes on, else the worst. */
function headOf(group: readonly LogRow[]): LogRow | undefined {
  const [first = group[0]] = group.filter(({ event }) => isTurn(event)).sort(compare)
  return first
}

/** Alerts of one incident are one entry, where the one that speaks for them stands. */
function joined(entries: readonly LogRow[], opened: readonly string[]): readonly LogRow[] {
  const groups = new Map<string, LogRow[]>()
  for (const entry of entries) {
    const id = incidentOf(entry)
    if (id === undefined) continue
    const known = groups.get(id)
    if (known === undefined) groups.set(id, [entry])
    else known.push(entry)
  }
  const incidents = new Map([...groups].filter(([, group]) => new Set(group.map(({ event }) => event.alert)).size > 1))
  if (incidents.size === 0) return entries
  const heads = new Map([...incidents].map(([id, group]) => [id, headOf(group)]))
  return entries.flatMap((entry) => {
    const id = incidentOf(entry)
    const group = id === undefined ? undefined : incidents.get(id)
    if (id === undefined || group === undefined) return [entry]
    return heads.get(id) === entry ? incidentRows(id, entry, group, opened.includes(id)) : []
  })
}

function incidentRows(id: string, first: LogRow, group: readonly LogRow[], isOpen: boolean): LogRow[] {
  const others = new Set(group.map(({ event }) => event.alert)).size - 1
  const head: LogRow = { ...first, incident: { id, others, opened: isOpen } }
  const below = group.filter((other) => other !== first)
  const members = below.map((other, at): LogRow => ({ ...other, member: at === below.length - 1 ? 'last' : 'inner' }))
  return isOpen ? [head, ...members] : [head]
}

interface Known {
  readonly records: readonly AlertRecord[]
  readonly filter: string
  readonly opened: readonly string[]
  readonly listed: ListedLog
}

/** Lists made of a frame's events: they are asked for again and again, by the painter and by keys, and frames share them while nothing happens. */
const lists = new WeakMap<readonly LogEvent[], Known>()

/** The log as it is listed. What a filter leaves is listed plainly, incidents apart. The same list for the same events, alerts and view. */
export function listedLog(frame: Pick<Frame, 'events' | 'records'>, { filter, opened }: LogView): ListedLog {
  const { events, records } = frame
  const before = lists.get(events)
  if (before?.records === records && before.filter === filter && before.opened === opened) return before.listed
  const entries = entriesOf(frame)
  const { matches, error } = parseEventFilter(filter)
  const plain = matches === undefined || filter.trim() === ''
  const rows = plain ? joined(entries, opened) : entries.filter(matches)
  const listed: ListedLog = {
    rows,
    shown: plain ? entries.length : rows.length,
    total: entries.length,
    firing: records.filter(({ state }) => state === 'firing').length,
    ...(error !== undefined && { error }),
  }
  lists.set(events, { records, filter, opened, listed })
  return listed
}
