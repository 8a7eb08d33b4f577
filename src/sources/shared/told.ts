import { NO_MARKS } from '../../model/alert.ts'
import type { AlertsTold } from '../../model/source.ts'
import type { GrownList, ListChange, ToldChange } from './protocol.ts'

/** What is judged of alerts, without who judged. */
export type Told = Omit<AlertsTold, 'by'>

/** What a newcomer knows. */
export const NOTHING_TOLD: Told = { alerts: [], records: [], events: [], marks: NO_MARKS }

/** What `apply` makes `after` of `before` with; undefined where both say the same. Parts are compared by identity. */
export function changeOf(before: Told, after: Told): ToldChange | undefined {
  const alerts = listChange(before.alerts, after.alerts, ({ id }) => id)
  const records = listChange(before.records, after.records, ({ alert }) => alert.id)
  const events = grown(before.events, after.events)
  const marks = before.marks === after.marks ? undefined : after.marks
  if (alerts === undefined && records === undefined && events === undefined && marks === undefined) return undefined
  return { ...(alerts && { alerts }), ...(records && { records }), ...(events && { events }), ...(marks && { marks }) }
}

/** What is told after a change. What did not change keeps its identity. */
export function apply(before: Told, { alerts, records, events, marks }: ToldChange): Told {
  return {
    alerts: alerts === undefined ? before.alerts : changed(before.alerts, alerts, ({ id }) => id),
    records: records === undefined ? before.records : changed(before.records, records, ({ alert }) => alert.id),
    events: events === undefined ? before.events : longer(before.events, events),
    marks: marks ?? before.marks,
  }
}

function listChange<T>(before: readonly T[], after: readonly T[], idOf: (one: T) => string): ListChange<T> | undefined {
  if (before === after) return undefined
  const known = new Set(before)
  const set = after.filter((one) => !known.has(one))
  const same = before.length === after.length && before.every((one, index) => idOf(one) === idOf(after[index] as T))
  if (same) return set.length === 0 ? undefined : { set }
  return { set, order: after.map(idOf) }
}

function changed<T>(before: readonly T[], { set, order }: ListChange<T>, idOf: (one: T) => string): readonly T[] {
  const byId = new Map(before.map((one) => [idOf(one), one]))
  for (const one of set) byId.set(idOf(one), one)
  return (order ?? before.map(idOf)).flatMap((id) => byId.get(id) ?? [])
}

/** Of lists that are newest first and lose the oldest. */
function grown<T>(before: readonly T[], after: readonly T[]): GrownList<T> | undefined {
  if (before === after) return undefined
  const [newest] = before
  const at = newest === undefined ? after.length : after.indexOf(newest)
  const goesOn = at >= 0 && after.slice(at).every((one, index) => one === before[index])
  if (!goesOn) return { front: after, length: after.length }
  if (at === 0 && after.length === before.length) return undefined
  return { front: after.slice(0, at), length: after.length }
}

function longer<T>(before: readonly T[], { front, length }: GrownList<T>): readonly T[] {
  return [...front, ...before].slice(0, length)
}
