import type { EventKind, LogEvent } from '../../model/event.ts'
import type { Leaders, ProcessId, ProcessRow } from '../../model/processes.ts'

/** What is older explains nothing any more. */
const KEPT_MS = 120_000
/** Those of one name that start, or end, no further apart than this are one burst. */
const BURST_MS = 10_000
/** A storm of forks with names of their own must not grow it. */
const MOST = 200
/** Of a burst, these are known by their pid. */
const MOST_PROCESSES = 20
/** Who lived shorter was not a service that was restarted, but one of many that come and go. */
const SETTLED_MS = 60_000

/** What alerts, people and healthtop itself did is behind no alert. */
const OWN: ReadonlySet<EventKind> = new Set<EventKind>([
  'alert',
  'worker',
  'log',
  'started',
  'ended',
  'configuration',
  'acknowledged',
  'silenced',
])

/** Something that changed, before it is weighed. */
export interface Happening {
  /** When it began, and when it was seen last. */
  readonly wallMs: number
  readonly lastMs: number
  readonly kind: EventKind
  readonly subject: string
  /** `started, pid 9377, root`, `started 12 times`, `turned down`. */
  readonly text: string
  /** `processKey` of those that it is about, the first of a burst. */
  readonly processes: readonly string[]
  /** How many times it happened. */
  readonly count: number
  /** It is well again, not worse. */
  readonly well: boolean
  /** Of an end: the command lines of those that had run for long, the first of a burst. Who runs one of them again was restarted. */
  readonly settled: readonly string[]
}

/** Names a process for good. */
export function processKey({ pid, startTicks }: ProcessId): string {
  return `${pid}:${startTicks}`
}

/** The pid in what `processKey` gives. */
export function pidOf(key: string): number {
  return Number.parseInt(key, 10)
}

/** Remembers what changed in the last two minutes: processes that came and went, and events. Bounded in memory. */
export class Changes {
  /** Oldest first, by when they were seen last. */
  #list: readonly Happening[] = []

  /** Takes an event; alerts and what healthtop itself does are left out. */
  happened({ wallMs, kind, level, subject, text }: LogEvent): void {
    if (OWN.has(kind)) return
    const once = { processes: [], count: 1, settled: [] }
    this.#put({ wallMs, lastMs: wallMs, kind, subject, text, well: level === 'ok', ...once })
  }

  /** Takes who came and went in a scan. */
  scanned({ started, ended }: Pick<Leaders, 'started' | 'ended'>, wallMs: number): void {
    for (const row of ended) this.#process('process_ended', row, wallMs)
    for (const row of started) {
      const before = this.#list.find(({ subject, settled }) => subject === row.name && settled.includes(row.command))
      if (before === undefined) this.#process('process_started', row, wallMs)
      else this.#restart(before, row, wallMs)
    }
  }

  /** What changed in the two minutes before, newest first. */
  at(wallMs: number): readonly Happening[] {
    this.#forget(wallMs)
    return [...this.#list].reverse()
  }

  /** One more of a burst, or the first. */
  #process(kind: 'process_started' | 'process_ended', row: ProcessRow, wallMs: number): void {
    const burst = this.#list.find(
      (one) => one.kind === kind && one.subject === row.name && wallMs - one.lastMs <= BURST_MS,
    )
    const word = kind === 'process_started' ? 'started' : 'ended'
    const count = (burst?.count ?? 0) + 1
    this.#put(
      {
        wallMs: burst?.wallMs ?? (kind === 'process_started' ? beganMs(row, wallMs) : wallMs),
        lastMs: wallMs,
        kind,
        subject: row.name,
        text: count === 1 ? [word, ...ownWords(row)].join(', ') : `${word} ${count} times`,
        processes: withKey(burst?.processes ?? [], row),
        count,
        well: false,
        settled: settledWith(burst?.settled ?? [], kind, row, wallMs),
      },
      burst,
    )
  }

  /** A service that ran for long and has just ended is there again, with the same command line; of its processes the first one is named. */
  #restart(before: Happening, row: ProcessRow, wallMs: number): void {
    const again = before.kind === 'process_restarted' ? before : undefined
    const text = again?.text ?? ['restarted', ...ownWords(row)].join(', ')
    const processes = withKey(before.processes, row)
    this.#put({ ...before, kind: 'process_restarted', lastMs: wallMs, text, processes, count: 1 }, before)
  }

  #put(next: Happening, instead?: Happening): void {
    this.#forget(next.lastMs)
    this.#list = [...this.#list.filter((one) => one !== instead), next].slice(-MOST)
  }

  /** What is in the future was seen before the clock was set back. */
  #forget(wallMs: number): void {
    const isOver = ({ lastMs }: Happening) => wallMs - lastMs > KEPT_MS || lastMs - wallMs > KEPT_MS
    if (this.#list.some(isOver)) this.#list = this.#list.filter((one) => !isOver(one))
  }
}

/** Between two scans, a little before it was found. */
function beganMs({ startedMs }: ProcessRow, foundMs: number): number {
  return startedMs <= foundMs && foundMs - startedMs <= BURST_MS ? startedMs : foundMs
}

function ownWords({ pid, user }: ProcessRow): string[] {
  return [`pid ${pid}`, ...(user === undefined ? [] : [user])]
}

function settledWith(known: readonly string[], kind: EventKind, row: ProcessRow, wallMs: number): readonly string[] {
  const settled = kind === 'process_ended' && wallMs - row.startedMs >= SETTLED_MS
  return settled && known.length < MOST_PROCESSES && !known.includes(row.command) ? [...known, row.command] : known
}

function withKey(keys: readonly string[], row: ProcessRow): readonly string[] {
  return keys.length < MOST_PROCESSES ? [...keys, processKey(row)] : keys
}
