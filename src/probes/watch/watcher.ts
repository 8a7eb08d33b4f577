import type { Clock } from '../../lib/clock.ts'
import type { ProcessField, ProcessId, ProcessRow } from '../../model/processes.ts'
import type { Sample } from '../../model/sample.ts'
import type { ProcessDetail, Watched, WatchRequest, WatchTarget } from '../../model/watch.ts'
import type { ProcessEntry } from '../processes/entry.ts'
import { familyOf } from './family.ts'
import type { FindRows } from './find.ts'
import type { WatchPlatform } from './platform.ts'
import { Runs } from './runs.ts'
import { WatchSeries } from './series.ts'
import { labelOf, matcher } from './target.ts'

/** Instances that ended between two scans are still in the table: so many are remembered. */
const MOST_ENDED = 1000
/** What has just ended is most likely started again, and may end again soon. */
const RESTLESS_MS = 30_000
/** Nobody reads on, and they cross threads with each scan. */
const MOST_TOLD = 500

export interface WatcherOptions {
  readonly find: FindRows
  readonly platform: WatchPlatform
  readonly clock: Clock
  /** How often `measure` is called, and how often there is a scan. */
  readonly everyMs: number
  readonly scanEveryMs: number
  /** Pid of healthtop. */
  readonly self: number
}

/** What is watched at the moment; another target begins anew. */
interface Subject {
  target: WatchTarget
  label: string
  matches: (entry: ProcessEntry) => boolean
  /** By pid and start time, oldest first. */
  readonly instances: Map<string, ProcessRow>
  readonly runs: Runs
  readonly series: WatchSeries
  readonly ended: Set<string>
  /** When a run was last seen to have ended, or a first one began to be waited for; long ago while the first one runs. */
  restlessMono: number
  seen: boolean
}

function keyOf({ pid, startTicks }: ProcessId): string {
  return `${pid}:${startTicks}`
}

function oldestFirst(rows: Iterable<ProcessRow>): ProcessRow[] {
  return [...rows].sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid)
}

/** Follows one process, or all that have a name or match a pattern, across restarts. Owns what is known of them. */
export class Watcher {
  private readonly options: WatcherOptions
  private wanted: WatchRequest | undefined
  private subject: Subject | undefined
  /** Something is to be told. */
  private changed = false
  /** There was a scan since the last reading. */
  private fresh = false

  constructor(options: WatcherOptions) {
    this.options = options
  }

  /** Watches from now on, from what the last scan knows; undefined for nobody any more. */
  request(request: WatchRequest | undefined): void {
    const before = this.wanted?.target
    this.wanted = request
    if (request === undefined) {
      this.subject = undefined
      this.options.platform.close()
      return
    }
    if (this.subject === undefined || JSON.stringify(before) !== JSON.stringify(request.target)) {
      this.options.platform.close()
      this.subject = this.begin(request.target)
    }
    this.scanned()
  }

  /**
   * Whether a scan before the usual time is worth its cost: a run has ended lately, or nobody is there since the watching began a moment ago.
   * What starts and ends between two scans is never seen, and a loop of crashes would be counted too low.
   */
  get restless(): boolean {
    const { subject, options } = this
    return subject !== undefined && options.clock.monoMs() - subject.restlessMono < RESTLESS_MS
  }

  /** A scan is complete: who is there, who is new, who has ended. */
  scanned(): void {
    const { subject, options } = this
    if (subject === undefined) return
    options.platform.begin()
    const { kind } = subject.target
    // Nothing else has to be read of all: a command line takes the kernel 7 µs, a user 14.
    const fields: readonly ProcessField[] = kind === 'name' || kind === 'pattern' ? ['command'] : []
    const rows = options.find(subject.matches, fields).filter((row) => !subject.ended.has(keyOf(row)))
    const there = new Map(rows.map((row) => [keyOf(row), row]))
    for (const key of [...subject.instances.keys()]) if (!there.has(key)) this.end(subject, key)
    // A server before its workers.
    for (const row of oldestFirst(rows)) this.meet(subject, row)
    this.changed = true
    this.fresh = true
  }

  /** Reads the figures of all instances; undefined while nobody is watched, or when it is not time yet. */
  measure(): Sample | undefined {
    const { subject, options } = this
    if (subject === undefined || !subject.seen) return undefined
    options.platform.begin()
    const { fresh } = this
    this.fresh = false
    return subject.series.measure({
      label: subject.label,
      scanned: fresh,
      instances: subject.instances,
      restarts: () => subject.runs.restarts,
      onMemory: (key, bytes) => subject.runs.measured(key, bytes),
      onEnd: (key) => {
        this.end(subject, key)
        this.changed = true
      },
    })
  }

  /** What there is to tell since the last time. */
  take(): Watched | undefined {
    const { subject } = this
    if (!this.changed || subject === undefined) return undefined
    this.changed = false
    // An old process may come late, by another name.
    const instances = oldestFirst(subject.instances.values())
    const detail = this.detail(subject, instances[0])
    return {
      target: subject.target,
      label: subject.label,
      state: instances.length > 0 ? 'running' : subject.seen ? 'gone' : 'waiting',
      instances: instances.slice(0, MOST_TOLD),
      runs: subject.runs.list,
      restarts: subject.runs.restarts,
      ...(detail && { detail }),
    }
  }

  close(): void {
    this.subject = undefined
    this.options.platform.close()
  }

  private begin(target: WatchTarget): Subject {
    return {
      target,
      label: labelOf(target),
      matches: matcher(target, this.options.self),
      instances: new Map(),
      runs: new Runs(),
      series: new WatchSeries(this.options),
      ended: new Set(),
      restlessMono: this.options.clock.monoMs(),
      seen: false,
    }
  }

  private meet(subject: Subject, row: ProcessRow): void {
    const key = keyOf(row)
    const { instances, runs } = subject
    if (subject.target.kind === 'pid') {
      subject.target = { kind: 'process', id: { pid: row.pid, startTicks: row.startTicks }, name: row.name }
      subject.label = labelOf(subject.target)
      subject.matches = matcher(subject.target, this.options.self)
    }
    if (!instances.has(key)) runs.begin(key, row, instances.values())
    if (!instances.has(key)) subject.series.joined()
    runs.measured(key, row.memoryBytes)
    instances.set(key, row)
    if (!subject.seen) subject.restlessMono = Number.NEGATIVE_INFINITY
    subject.seen = true
  }

  private end(subject: Subject, key: string): void {
    const row = subject.instances.get(key)
    if (row === undefined) return
    subject.instances.delete(key)
    if (subject.ended.size >= MOST_ENDED) subject.ended.clear()
    subject.ended.add(key)
    const { clock, platform } = this.options
    const isRun = subject.runs.end(key, clock.wallMs(), platform.ended(row))
    if (isRun) subject.restlessMono = clock.monoMs()
    subject.series.forget(key)
  }

  private detail({ instances }: Subject, oldest: ProcessRow | undefined): ProcessDetail | undefined {
    const { wanted, options } = this
    const chosen = wanted?.instance && instances.get(keyOf(wanted.instance))
    const row = chosen ?? oldest
    if (row === undefined || wanted === undefined) return undefined
    const known = options.platform.detail(row, new Set(wanted.sections))
    if (known === undefined) return undefined
    const id = { pid: row.pid, startTicks: row.startTicks }
    return { id, row, ...known, ...familyOf(id, options.find) }
  }
}
