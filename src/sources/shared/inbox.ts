import type { Clock } from '../../lib/clock.ts'
import type { LogEvent } from '../../model/event.ts'
import type { Batch } from '../../model/source.ts'

/** What is told to whoever looks here: what comes before somebody does is kept for then. */
export interface Inbox {
  take(batch: Batch): void
  /** Tells something that was not measured. */
  tell(news: Partial<Batch>): void
  /** Something that healthtop itself did or met, and what is news with that. */
  happened(kind: LogEvent['kind'], level: LogEvent['level'], text: string, news?: Partial<Batch>): void
  /** Somebody looks from now on. */
  open(receive: (batch: Batch) => void): void
}

export function createInbox(clock: Clock): Inbox {
  let early: Batch[] = []
  let take = (batch: Batch): void => {
    early.push(batch)
  }

  function tell(news: Partial<Batch>): void {
    take({ wallMs: clock.wallMs(), monoMs: clock.monoMs(), samples: [], ...news })
  }

  return {
    take: (batch) => take(batch),
    tell,
    happened(kind, level, text, news) {
      tell({ ...news, events: [{ wallMs: clock.wallMs(), kind, level, subject: 'healthtop', text }] })
    },
    open(receive) {
      take = receive
      for (const batch of early) receive(batch)
      early = []
    },
  }
}
