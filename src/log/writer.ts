import type { Access } from '../lib/access.ts'
import type { Clock } from '../lib/clock.ts'
import { troubleOf } from '../lib/trouble.ts'
import { lineFileName } from './files.ts'
import type { Line } from './line.ts'
import { type Appended, appendLines, type Left } from './write/append.ts'
import { type Disk, systemDisk } from './write/disk.ts'
import { createHourLimit } from './write/hour-limit.ts'
import { isOfOneFile } from './write/one-file.ts'
import { createQueue, type Queued } from './write/queue.ts'
import { createSpaceWatch, SHORT } from './write/space.ts'

/** How the log is doing. */
export interface LogStatus {
  /** `thinning`: space is short, and measured values are written once a minute; `off`: nothing is written (any more). */
  readonly state: 'writing' | 'thinning' | 'failing' | 'off'
  /** Why it is thinning or failing: `less than 5 % of the disk is free`, `no space left`. */
  readonly reason?: string
  /** Lines that were given up because they could not be written and there was no room to keep them. */
  readonly lostLines: number
  /** Lines that were left out because their hour had its share of `log.size`. */
  readonly leftOutLines: number
  /** Written by this writer. */
  readonly bytes: number
}

export interface LogWriterOptions {
  /** `logFolder(…)`; it is made when there is something to write. */
  readonly folder: string
  readonly clock: Clock
  /** `log.size`: one hour alone is kept below it. No limit unless given. */
  readonly sizeBytes?: number
  /** Who may read it; its owner alone unless given. */
  readonly access?: Access
  /** Told when the state or its reason changes. */
  readonly onStatus?: (status: LogStatus) => void
  /** The machine's own by default. */
  readonly disk?: Disk
  /** How long after a failure it is tried again; 5 s by default. */
  readonly retryMs?: number
}

/** Appends lines to the log. No call throws, and none waits for the disk but those that give a promise, which never reject. */
export interface LogWriter {
  append(lines: readonly Line[]): void
  /** Tries to write all that waits, at once also while failing. `written`: lines whose write(2) has returned, since the writer began. */
  flush(): Promise<{ readonly written: number }>
  /** As `flush`, and nothing is taken any more. Resolves after `deadlineMs` at the latest, whatever the disk does. */
  end(deadlineMs: number): Promise<{ readonly written: number }>
  readonly status: LogStatus
}

/** Somebody who waits for all lines up to one to be written, or for an attempt to fail that began after he asked. */
interface Waiting {
  readonly upTo: number
  readonly since: number
  readonly done: () => void
}

const RETRY_MS = 5000
/** A write that takes longer than this is told of: the disk hangs. */
const HUNG_MS = 10_000
const TOO_FULL = `less than ${SHORT * 100} % of the disk is free`

export function createLogWriter(options: LogWriterOptions): LogWriter {
  const {
    folder,
    clock,
    access,
    onStatus,
    disk = systemDisk,
    retryMs = RETRY_MS,
    sizeBytes = Number.POSITIVE_INFINITY,
  } = options
  const queue = createQueue()
  const space = createSpaceWatch(disk, folder, clock)
  const limit = createHourLimit(sizeBytes, clock.wallMs())
  let left: Left | undefined
  let written = 0
  let bytes = 0
  let phase: 'open' | 'ending' | 'ended' = 'open'
  /** Lines that came too late, or at a time that has no file. */
  let refused = 0
  let failure: string | undefined
  /** Monotonic time since which the disk has been asked for something; undefined while it is not. */
  let askedMono: number | undefined
  let retry: NodeJS.Timeout | undefined
  let attempts = 0
  let waiting: readonly Waiting[] = []
  let now: Pick<LogStatus, 'state' | 'reason'> = { state: 'writing' }

  const status = (): LogStatus => ({
    ...now,
    lostLines: refused + (phase === 'ended' ? queue.last - written : queue.lost),
    leftOutLines: limit.leftOut,
    bytes,
  })

  function settle(): void {
    const next = standing()
    if (next.state === now.state && next.reason === now.reason) return
    now = next
    onStatus?.(status())
  }

  function standing(): Pick<LogStatus, 'state' | 'reason'> {
    if (phase === 'ended') return { state: 'off' }
    if (failure !== undefined) return { state: 'failing', reason: failure }
    return space.short ? { state: 'thinning', reason: TOO_FULL } : { state: 'writing' }
  }

  /** Answers those whose lines have left the queue, and those for whom an attempt failed. */
  function answer(): void {
    const first = queue.first ?? Number.POSITIVE_INFINITY
    const over = waiting.filter(({ upTo, since }) => upTo < first || (failure !== undefined && attempts > since))
    waiting = waiting.filter((one) => !over.includes(one))
    for (const { done } of over) done()
  }

  /** What the file of an hour that is over does not take, because of what it is itself, goes to that of now. */
  async function appendWaiting(lines: readonly [Queued, ...Queued[]]): Promise<Appended> {
    const result = await appendLines(disk, folder, lines, left, access)
    const file = lineFileName(clock.wallMs())
    const [head, ...others] = lines
    const isLate = file !== undefined && file !== head.file
    if (!isLate || result.written > 0 || !isOfOneFile(result.error)) return result
    return appendLines(disk, folder, [{ ...head, file }, ...others.map((line) => ({ ...line, file }))], left, access)
  }

  /** Writes all that waits, until the disk refuses it. */
  async function writeWaiting(): Promise<void> {
    do {
      askedMono = clock.monoMs()
      const [head, ...others] = queue.take()
      if (head === undefined) break
      const lines: readonly [Queued, ...Queued[]] = [head, ...others]
      attempts++
      const result = await appendWaiting(lines)
      if (result.left !== undefined && result.left.file !== left?.file)
        limit.found(result.left.file, result.left.size - result.bytes)
      left = result.left
      written += result.written
      bytes += result.bytes
      queue.putBack(lines.slice(result.written))
      failure = result.error === undefined ? undefined : troubleOf(result.error)
      settle()
      answer()
      if (failure === undefined) {
        await space.look()
        settle()
      }
    } while (failure === undefined || waiting.length > 0)
    askedMono = undefined
    answer()
    if (failure === undefined || phase !== 'open') return
    retry = setTimeout(write, retryMs)
    // What waits for the disk does not keep the program.
    retry.unref()
  }

  /** Starts to write unless that is under way. */
  function write(): void {
    if (askedMono !== undefined) return
    clearTimeout(retry)
    void writeWaiting()
  }

  function lookForHang(): void {
    if (askedMono === undefined || clock.monoMs() - askedMono < HUNG_MS) return
    failure = 'the disk does not answer'
    settle()
  }

  function add(lines: Iterable<Line>, file: string, wallMs: number): void {
    for (const line of lines) {
      if (space.thins(line)) continue
      const fitted = limit.fitted(line, file, wallMs)
      if (fitted !== undefined) enqueue(fitted, file)
    }
    for (const line of limit.waited(file, wallMs)) enqueue(line, file)
  }

  function enqueue(line: Line, file: string): void {
    limit.took(line.kind, queue.add(line, file))
  }

  function flush(): Promise<{ readonly written: number }> {
    if (queue.length === 0 && askedMono === undefined) return Promise.resolve({ written })
    return new Promise((resolve) => {
      waiting = [...waiting, { upTo: queue.last, since: attempts, done: () => resolve({ written }) }]
      write()
    })
  }

  return {
    append(lines) {
      lookForHang()
      const wallMs = clock.wallMs()
      const file = phase === 'open' ? lineFileName(wallMs) : undefined
      if (file === undefined) refused += lines.length
      else add(lines, file, wallMs)
      if (failure === undefined && queue.length > 0) write()
    },
    flush,
    async end(deadlineMs) {
      const wallMs = clock.wallMs()
      const file = phase === 'open' ? lineFileName(wallMs) : undefined
      if (file !== undefined) for (const line of limit.waited(file, wallMs, 'last')) enqueue(line, file)
      phase = 'ending'
      let timer: NodeJS.Timeout | undefined
      const deadline = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, deadlineMs)
      })
      await Promise.race([flush(), deadline])
      clearTimeout(timer)
      clearTimeout(retry)
      phase = 'ended'
      settle()
      return { written }
    },
    get status() {
      return status()
    },
  }
}
