import type { Access } from '../../lib/access.ts'
import type { Clock } from '../../lib/clock.ts'
import { messageOf, troubleOf } from '../../lib/trouble.ts'
import { counted } from '../../lib/units.ts'
import { logFolder } from '../../log/files.ts'
import type { EventLine, Line } from '../../log/line.ts'
import { saveMarks, sweepMarks } from '../../log/marks.ts'
import { eventLine } from '../../log/record/events.ts'
import { createRecorder } from '../../log/recorder.ts'
import { UPKEEP_SHARE } from '../../log/retention.ts'
import { shareLog } from '../../log/share.ts'
import type { LogWorker } from '../../log/worker-client.ts'
import { createLogWriter, type LogStatus } from '../../log/writer.ts'
import type { Marks } from '../../model/alert.ts'
import type { LogEvent } from '../../model/event.ts'
import type { Frame } from '../../model/frame.ts'
import type { History } from '../../model/history.ts'
import type { LogSettings } from '../../model/log-settings.ts'
import { OWN_SOURCE, type Sample } from '../../model/sample.ts'
import type { Role } from '../../sources/shared/shared-source.ts'
import type { Monitor } from '../monitor.ts'

/** How the writer is doing is a series of its own. */
const STATUS_EVERY_MS = 10_000
/** Old files are tidied up once the start is over, then each hour, and whenever much was written since. */
const MAINTAIN_AFTER_MS = 60_000
const MAINTAIN_EVERY_MS = 3_600_000
/** That lines are left out is told when it begins, and then so often. */
const LEFT_OUT_MS = 600_000
const END_MS = 1500
/** Earlier runs are given up after so long: what this one has to write waits for them. */
const READ_MS = 30_000
const SILENT = 'the disk does not answer'
/** Three days: a daily profile needs two. */
const MINUTES = 3 * 1440

export interface KeepingOptions {
  /** The state folder. */
  readonly state: string
  /** Who may read what is kept, and what earlier runs kept; unless given nobody but this user, and what is there stays as it is. */
  readonly access?: Access
  /** The folder that earlier runs have left what is read in; the state folder unless given. */
  readonly readFrom?: () => Promise<string>
  readonly log: LogSettings
  readonly run: NonNullable<EventLine['run']>
  readonly monitor: Pick<Monitor, 'restore' | 'tell'>
  readonly worker: LogWorker
  readonly clock: Clock
}

/** What is kept of a run in its state folder: its log, and what people made of alerts. */
export interface Keeping {
  /** Takes each frame; what of it has to be written is, while this one measures for its state folder. */
  take(frame: Frame, role: Role): void
  /** Who measures changes: should this one have written, it has to be said when it does again. */
  turned(): void
  /** Reads what earlier runs left, and gives it to the monitor. Never rejects: without a past the monitor goes on. */
  begin(): Promise<void>
  /** Resolves when all that was taken so far is written, or the disk refuses it. */
  written(): Promise<unknown>
  /** Writes what is left, and that the run has ended. */
  end(): Promise<void>
}

/** Writes from the first frame on; nothing waits for the disk. Who makes one must end it. */
export function createKeeping(options: KeepingOptions): Keeping {
  const { state, access, readFrom = async () => state, log, run, monitor, worker, clock } = options
  const recorder = createRecorder({ run })
  const writer = createLogWriter({
    folder: logFolder(state),
    clock,
    sizeBytes: log.sizeBytes,
    ...(access && { access }),
    onStatus: (status) => fared(status),
  })
  const timers: NodeJS.Timeout[] = []
  /** What is in the file; undefined until what was kept before is known: it must not be written over. */
  let kept: Marks | undefined
  let saving = Promise.resolve()
  /** What this run has to write waits until the past is read, which it is no part of. */
  let waiting: Line[] | undefined = []
  let kind: Role['kind'] = 'alone'
  let told: LogStatus['state'] = 'writing'
  /** Bytes this run had written at the last upkeep, and whether one goes on. */
  let tidiedBytes = 0
  let tidies = false
  /** Lines that were left out and told, and when. */
  let leftOutTold = 0
  let leftOutMono = Number.NEGATIVE_INFINITY
  /** Why marks could not be saved the last time. */
  let unsaved: string | undefined
  /** Why old files stay as they are: said once. */
  let notTidied: string | undefined

  function happened(
    level: LogEvent['level'],
    kind: LogEvent['kind'],
    subject: string,
    text: string,
    wallMs = clock.wallMs(),
  ) {
    monitor.tell({ events: [{ wallMs, kind, level, subject, text }] })
  }

  function write(lines: readonly Line[]): void {
    if (waiting === undefined) writer.append(lines)
    else waiting.push(...lines)
  }

  function goOn(): void {
    const lines = waiting ?? []
    waiting = undefined
    writer.append(lines)
  }

  function fared({ state: now, reason = '' }: LogStatus): void {
    if (now === 'off') return
    const before = told
    told = now
    if (now === 'failing') happened('warning', 'log', 'log', `not written: ${reason}`)
    else if (now === 'thinning') happened('event', 'log', 'log', `thinned to a line a minute: ${reason}`)
    else if (before !== 'writing') happened('ok', 'log', 'log', 'written again')
    tellStatus()
  }

  function tellStatus(): void {
    tellLeftOut()
    if (kind === 'attached') return
    const { state: now, lostLines } = writer.status
    const gauges = { log_failing: now === 'failing' || kind === 'alone' ? 1 : 0, log_lost_lines: lostLines }
    const at = { wallMs: clock.wallMs(), monoMs: clock.monoMs() }
    const sample: Sample = { source: OWN_SOURCE, ...at, everyMs: STATUS_EVERY_MS, gauges, counters: {}, states: {} }
    monitor.tell({ samples: [sample] })
  }

  /** What is to be told of lines that were left out, if there are more than was told. */
  function leftOut(): string | undefined {
    const lines = writer.status.leftOutLines - leftOutTold
    if (lines === 0) return undefined
    leftOutTold += lines
    leftOutMono = clock.monoMs()
    return `left out ${counted(lines, 'line')}: this hour alone would pass log.size. How each alert stands is written`
  }

  function tellLeftOut(): void {
    const text = clock.monoMs() - leftOutMono < LEFT_OUT_MS ? undefined : leftOut()
    if (text !== undefined) happened('warning', 'log', 'log', text)
  }

  function keepMarks(marks: Marks): void {
    if (kept === undefined || marks === kept) return
    kept = marks
    saving = saving
      .then(() => saveMarks(state, marks, access))
      .then(
        () => tellMarks(undefined),
        (error: unknown) => tellMarks(troubleOf(error)),
      )
  }

  /** Said when it begins, and when it is over. */
  function tellMarks(trouble: string | undefined): void {
    if (trouble === unsaved) return
    unsaved = trouble
    if (trouble === undefined) happened('ok', 'log', 'alerts', 'what was done to them is kept again')
    else happened('warning', 'log', 'alerts', `what was done to them is not kept: ${trouble}`)
  }

  /** What others left half made who were killed: the lock says that none of them lives. */
  function sweep(): void {
    saving = saving
      .then(() => sweepMarks(state))
      .catch((error: unknown) => happened('warning', 'log', 'log', `not tidied up: ${messageOf(error)}`))
  }

  async function maintain(): Promise<void> {
    if (kind !== 'own' || tidies) return
    tidies = true
    tidiedBytes = writer.status.bytes
    try {
      const { rollFailure, maintained } = await worker.maintain(state, {
        nowMs: clock.wallMs(),
        keepMs: log.keepMs,
        sizeBytes: log.sizeBytes,
      })
      const [left] = maintained.failed
      const reason = rollFailure ?? (left && `${left.name}: ${left.reason}`)
      if (reason !== undefined && reason !== notTidied) happened('warning', 'log', 'log', `not tidied up: ${reason}`)
      notTidied = reason
    } catch (error) {
      happened('warning', 'log', 'log', `not tidied up: ${messageOf(error)}`)
    } finally {
      tidies = false
    }
  }

  async function share(): Promise<void> {
    if (access === undefined) return
    try {
      await shareLog(state, access)
    } catch (error) {
      happened('warning', 'log', 'log', `who may read it stays as it was: ${messageOf(error)}`)
    }
  }

  function know(history: History): void {
    recorder.know(history)
    monitor.restore(history)
    const { bootId, endMs, skipped, marksTrouble } = history
    if (marksTrouble !== undefined) happened('warning', 'log', 'alerts', marksTrouble.text)
    if (marksTrouble?.aside !== false) kept = history.marks
    if (skipped > 0) happened('event', 'log', 'log', `${counted(skipped, 'line')} could not be read`)
    if (bootId === undefined || run.boot_id === undefined || bootId === run.boot_id || endMs === undefined) return
    happened('event', 'reboot', 'machine', 'was started anew')
  }

  return {
    take(frame, role) {
      if (role.kind === 'own' && kind !== 'own') sweep()
      kind = role.kind
      // One that is alone cannot write, nor may one that does not know yet who does: what it sees waits until it can.
      if (kind === 'alone' || kind === 'looking') return
      // Who is attached may have frames of its own before the other one's first word.
      const shown = role.kind === 'attached' ? { ...frame, measurer: role.by } : frame
      write(recorder.take(shown))
      if (kind === 'own') keepMarks(frame.marks)
      if (writer.status.bytes - tidiedBytes >= UPKEEP_SHARE * log.sizeBytes) void maintain()
    },
    turned() {
      kind = 'looking'
      recorder.pause()
    },
    async begin() {
      const patience = new AbortController()
      const hung = setTimeout(() => patience.abort(new Error(SILENT)), READ_MS).unref()
      try {
        const wanted = { nowMs: clock.wallMs(), minutes: MINUTES }
        know(await worker.readHistory(await readFrom(), wanted, patience.signal))
      } catch (error) {
        happened('warning', 'log', 'log', `earlier runs cannot be read: ${messageOf(error)}`)
      } finally {
        clearTimeout(hung)
      }
      goOn()
      await share()
      const status = setInterval(tellStatus, STATUS_EVERY_MS)
      const first = setTimeout(maintain, MAINTAIN_AFTER_MS)
      const hourly = setInterval(maintain, MAINTAIN_EVERY_MS)
      for (const timer of [status, first, hourly]) timers.push(timer.unref())
      tellStatus()
    },
    written: async () => (writer.status.state === 'failing' ? undefined : writer.flush()),
    async end() {
      for (const timer of timers) clearTimeout(timer)
      goOn()
      const wallMs = clock.wallMs()
      const text = leftOut()
      if (text !== undefined) write([eventLine({ wallMs, kind: 'log', level: 'warning', subject: 'log', text })])
      write(recorder.finish(wallMs))
      await Promise.all([writer.end(END_MS), saving, worker.end()])
    },
  }
}
