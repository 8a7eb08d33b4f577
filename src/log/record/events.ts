import { eventName, type LogEvent } from '../../model/event.ts'
import { type EventLine, LINE_VERSION } from '../line.ts'

/** Finds what happened since the frame before. */
export interface EventsWatch {
  /** `events` of a frame, newest first; those that are new, oldest first. */
  fresh(events: readonly LogEvent[]): readonly LogEvent[]
  /** What will be in frames from now on and is not new. */
  know(events: readonly LogEvent[]): void
}

export function createEventsWatch(): EventsWatch {
  let before: readonly LogEvent[] = []
  const known = new Set<string>()

  return {
    fresh(events) {
      if (events === before) return []
      const [newest] = before
      // Lists grow at their front: the first entry that was there ends what is new. It may be another object by now: an alert was linked to it.
      const end = newest === undefined ? -1 : events.findIndex((event) => isSame(event, newest))
      const seen = new Set(end < 0 ? before.map(eventName) : [])
      before = events
      return events
        .slice(0, end < 0 ? events.length : end)
        .filter((event) => !seen.has(eventName(event)) && !known.has(eventName(event)))
        .reverse()
    },
    know(events) {
      for (const event of events) known.add(eventName(event))
    },
  }
}

function isSame(a: LogEvent, b: LogEvent): boolean {
  return a === b || (a.wallMs === b.wallMs && eventName(a) === eventName(b))
}

/** `run`: of the event that a run began with. */
export function eventLine(event: LogEvent, run?: EventLine['run']): EventLine {
  const { wallMs, kind, level, subject, text, cause, alert } = event
  return {
    v: LINE_VERSION,
    t: wallMs,
    kind: 'event',
    event: kind,
    level,
    subject,
    text,
    ...(cause !== undefined && { cause }),
    ...(alert !== undefined && { alert }),
    ...(run && { run }),
  }
}
