import type { LogEvent } from '../model/event.ts'

/** Older events are in the log, not in memory. */
const MOST_EVENTS = 500

/** What happened, newest first; a new list for each change, so that a frame keeps the one it was given. */
export class EventLog {
  #list: readonly LogEvent[] = []

  get list(): readonly LogEvent[] {
    return this.#list
  }

  add(event: LogEvent): void {
    this.#list = [event, ...this.#list.slice(0, MOST_EVENTS - 1)]
  }
}
