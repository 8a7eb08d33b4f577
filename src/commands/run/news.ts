import type { AlertLine, EventLine } from '../../log/line.ts'
import { alertLine, createAlertsWatch } from '../../log/record/alerts.ts'
import { createEventsWatch, eventLine } from '../../log/record/events.ts'
import { eventName, type LogEvent } from '../../model/event.ts'
import type { Frame } from '../../model/frame.ts'
import type { History } from '../../model/history.ts'

/** More than a frame has: those of another healthtop are others' objects of the same events. */
const MOST_NAMES = 2000

/** Finds what a frame tells that no frame before did. */
export interface News {
  /** Oldest first: what happened, then how alerts stand. */
  take(frame: Frame): readonly (EventLine | AlertLine)[]
  /** What earlier runs left is no news. */
  know(history: Pick<History, 'events' | 'records'>): void
}

export function createNews(): News {
  const events = createEventsWatch()
  const alerts = createAlertsWatch()
  const names = new Set<string>()

  /** Whether it was told; from now on it is. */
  function isTold(event: LogEvent): boolean {
    const name = eventName(event)
    if (names.has(name)) return true
    names.add(name)
    if (names.size > MOST_NAMES) for (const oldest of [...names].slice(0, MOST_NAMES / 2)) names.delete(oldest)
    return false
  }

  return {
    take(frame) {
      const happened = events.fresh(frame.events).filter((event) => !isTold(event))
      return [
        ...happened.map((event) => eventLine(event)),
        ...alerts.fresh(frame).map((record) => alertLine(record, frame.wallMs)),
      ]
    },
    know(history) {
      for (const event of [...history.events].reverse()) isTold(event)
      alerts.know(history.records)
    },
  }
}
