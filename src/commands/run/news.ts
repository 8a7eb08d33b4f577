import { alertLine, createAlertsWatch } from '../../log/record/alerts.ts'
import { createEventsWatch, eventLine } from '../../log/record/events.ts'
import { eventName, type LogEvent } from '../../model/event.ts'
import type { Frame } from '../../model/frame.ts'
import type { History } from '../../model/history.ts'
import type { Piece } from './lines.ts'

/** More than a frame has: those of another healthtop are others' objects of the same events. */
const MOST_NAMES = 2000

const NOBODY: ReadonlySet<string> = new Set()

/** Finds what a frame tells that no frame before did. */
export interface News {
  /** Oldest first: what happened, then how alerts stand. */
  take(frame: Frame): readonly Piece[]
  /** What earlier runs left is no news. */
  know(history: Pick<History, 'events' | 'records'>): void
}

export function createNews(): News {
  const events = createEventsWatch()
  const alerts = createAlertsWatch()
  const names = new Set<string>()
  /** Alerts that events said to fire, and did not say to be over. */
  const firing = new Set<string>()

  /** Whether it was told; from now on it is. */
  function isTold(event: LogEvent): boolean {
    const name = eventName(event)
    if (names.has(name)) return true
    names.add(name)
    if (names.size > MOST_NAMES) for (const oldest of [...names].slice(0, MOST_NAMES / 2)) names.delete(oldest)
    return false
  }

  /** Whether an alert is over with it that is so by now, and not by its level. */
  function ends({ alert, kind, level }: LogEvent, over: ReadonlySet<string>): boolean {
    if (alert === undefined || kind === 'acknowledged' || kind === 'silenced') return false
    if (level === 'ok') firing.delete(alert)
    else if (level !== 'event') firing.add(alert)
    else return over.has(alert) && firing.delete(alert)
    return false
  }

  return {
    take(frame) {
      const happened = events.fresh(frame.events).filter((event) => !isTold(event))
      const records = alerts.fresh(frame)
      const over = new Set(records.filter(({ state }) => state === 'resolved').map(({ alert }) => alert.id))
      const pieces = happened.map((event): Piece => ({ ...eventLine(event), ...(ends(event, over) && { ends: true }) }))
      return [
        ...pieces,
        ...records.map((record): Piece => {
          const isUntold = record.state === 'resolved' && firing.delete(record.alert.id)
          return { ...alertLine(record, frame.wallMs), ...(isUntold && { ends: true }) }
        }),
      ]
    },
    know(history) {
      for (const event of [...history.events].reverse()) {
        isTold(event)
        ends(event, NOBODY)
      }
      alerts.know(history.records)
    },
  }
}
