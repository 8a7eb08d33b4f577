import type { AlertRecord } from '../model/alert.ts'
import type { LogEvent } from '../model/event.ts'
import { decodeLine } from './decode.ts'
import type { EventLine } from './line.ts'
import { MOST_NOTES } from './rollup/notes.ts'

/** Collects events and alerts for the history, a day at a time, the newest day first. */
export interface NoteCollector {
  /** Whether more are wanted than there are. */
  readonly wantsMore: boolean
  /** Takes lines of a day that is older than those before. */
  take(day: { readonly events: readonly string[]; readonly alerts: readonly string[] }): void
  /** Newest first. */
  readonly events: readonly LogEvent[]
  /** Those that are not over beside the newest ones: they go on. */
  readonly records: readonly AlertRecord[]
}

export function createNoteCollector(): NoteCollector {
  const events: LogEvent[] = []
  const records = new Map<string, AlertRecord>()
  /** Of each alert of the days so far the end is known, if it had one: a day that kept only the newest ones may have had others. */
  let complete = true
  return {
    get wantsMore() {
      return events.length < MOST_NOTES || records.size < MOST_NOTES || complete
    },
    take(day) {
      for (const text of day.events) {
        const line = decodeLine(text)
        if (line?.kind === 'event') events.push(eventOf(line))
      }
      const older = new Map<string, AlertRecord>()
      for (const text of day.alerts) {
        const line = decodeLine(text)
        if (line?.kind === 'alert') older.set(line.id, line.record)
      }
      for (const [id, record] of older)
        if (!records.has(id) && (complete || record.state === 'resolved')) records.set(id, record)
      if (older.size >= MOST_NOTES) complete = false
    },
    get events() {
      return newestFirst(events, ({ wallMs }) => wallMs).slice(0, MOST_NOTES)
    },
    get records() {
      const all = newestFirst([...records.values()], firedMs)
      return all.filter(({ state }, at) => at < MOST_NOTES || state !== 'resolved')
    },
  }
}

/** An event as the log has it. */
function eventOf({ t, event, level, subject, text, cause, alert }: EventLine): LogEvent {
  return {
    wallMs: t,
    kind: event,
    level,
    subject,
    text,
    ...(cause !== undefined && { cause }),
    ...(alert !== undefined && { alert }),
  }
}

function firedMs({ alert }: AlertRecord): number {
  return alert.firedMs ?? alert.sinceMs
}

/** Of those that happened at once, what was written last comes first. */
function newestFirst<T>(items: readonly T[], timeOf: (item: T) => number): T[] {
  return items
    .map((item, index) => ({ item, index, time: timeOf(item) }))
    .sort((a, b) => b.time - a.time || b.index - a.index)
    .map(({ item }) => item)
}
