import type { Line } from '../line.ts'

/** A day keeps no more of either: no more are ever shown. Alerts that are not over go on, however many they are. */
export const MOST_NOTES = 500
/** So many alerts at once are a mistake of some rule. */
const MOST_GOING = 10 * MOST_NOTES

/** What a day has to tell beside figures, as lines of the log. */
export interface Notes {
  take(line: Line, text: string): void
  /** Oldest first, the newest ones. */
  readonly events: readonly string[]
  /** Of each alert its last line; those that told something last come last. */
  readonly alerts: readonly string[]
}

export function createNotes(): Notes {
  let events: string[] = []
  const alerts = new Map<string, { readonly text: string; readonly over: boolean }>()

  /** The one that told something longest ago of those that are over; of those that go on only where they are far too many. */
  function drop(): void {
    for (const [id, { over }] of alerts) if (over || alerts.size > MOST_GOING) return void alerts.delete(id)
  }

  return {
    take(line, text) {
      if (line.kind === 'event') {
        events.push(text)
        if (events.length >= 2 * MOST_NOTES) events = events.slice(-MOST_NOTES)
      } else if (line.kind === 'alert') {
        alerts.delete(line.id)
        alerts.set(line.id, { text, over: line.state === 'resolved' })
        if (alerts.size > MOST_NOTES) drop()
      }
    },
    get events() {
      return events.slice(-MOST_NOTES)
    },
    get alerts() {
      return [...alerts.values()].map(({ text }) => text)
    },
  }
}
