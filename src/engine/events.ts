import type { Alert } from '../model/alert.ts'
import { type EventKind, eventName, type LogEvent } from '../model/event.ts'

/** Older events are in the log, not in memory; all of one frame are kept, however many, so that the log gets them. */
const MOST_EVENTS = 500

/** What happened, newest first; a new list for each change, so that a frame keeps the one it was given. */
export class EventLog {
  #list: readonly LogEvent[] = []
  /** Those that were not judged yet, oldest first. */
  #fresh: LogEvent[] = []
  /** Since they were judged last. */
  #added = 0

  get list(): readonly LogEvent[] {
    return this.#list
  }

  add(event: LogEvent): void {
    this.#added++
    this.#list = [event, ...this.#list.slice(0, Math.max(MOST_EVENTS, this.#added) - 1)]
    this.#fresh.push(event)
  }

  /** What was added since the last time this was asked, oldest first. */
  takeFresh(): readonly LogEvent[] {
    const fresh = this.#fresh
    this.#fresh = []
    this.#added = 0
    return fresh
  }

  /**
   * The newest event of these kinds about this subject is the turn of an alert: one that `begins` is as bad as its rule says, and trouble is no
   * end. False where there is none, or it is that of another alert already.
   */
  link(
    kinds: readonly EventKind[],
    subject: string,
    alert: Pick<Alert, 'id' | 'severity' | 'cause'>,
    begins: boolean,
  ): boolean {
    const { id, severity, cause } = alert
    const at = this.#list.findIndex((event) => kinds.includes(event.kind) && event.subject === subject)
    const event = this.#list[at]
    if (event === undefined || event.alert !== undefined) return false
    if (!begins && (event.level === 'critical' || event.level === 'warning')) return false
    const level = begins && event.level === 'event' ? severity : event.level
    this.#list = this.#list.with(at, {
      ...event,
      level,
      alert: id,
      ...(event.cause === undefined && cause !== undefined && { cause }),
    })
    return true
  }

  /** What happened before this run, newest first; the beginning of this one may be among it. */
  restore(earlier: readonly LogEvent[]): void {
    const mine = new Set(this.#list.map(eventName))
    this.#list = [...this.#list, ...earlier.filter((event) => !mine.has(eventName(event)))].slice(0, MOST_EVENTS)
  }

  /** Replaces all of it by what another healthtop tells. */
  replace(list: readonly LogEvent[]): void {
    this.#list = list
    this.#fresh = []
  }
}
