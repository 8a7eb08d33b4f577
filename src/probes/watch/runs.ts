import type { ProcessRow } from '../../model/processes.ts'
import type { Run } from '../../model/watch.ts'

const MOST_RUNS = 100

type Draft = { -readonly [Key in keyof Run]: Run[Key] }

/**
 * The runs of what is watched, and how often it was started again. An instance whose parent is an instance of the same name is a worker
 * of it (nginx, postgres): its coming and going is no run of its own.
 */
export class Runs {
  /** Starts seen after an end. */
  restarts = 0
  private readonly open = new Map<string, Draft>()
  private all: Draft[] = []
  /** Ends that no start has followed yet. */
  private unfollowed = 0

  /** Newest first. */
  get list(): readonly Run[] {
    return this.all.map((run) => ({ ...run }))
  }

  /** `instances` are those there are already. True when this is a restart. */
  begin(key: string, row: ProcessRow, instances: Iterable<ProcessRow>): boolean {
    for (const other of instances) if (other.pid === row.ppid && other.name === row.name) return false
    const run: Draft = { pid: row.pid, startedMs: row.startedMs }
    this.open.set(key, run)
    const at = this.all.findIndex(({ startedMs }) => startedMs <= run.startedMs)
    this.all.splice(at < 0 ? this.all.length : at, 0, run)
    this.drop()
    if (this.unfollowed === 0) return false
    this.unfollowed--
    this.restarts++
    return true
  }

  /** Memory it has now. */
  measured(key: string, memoryBytes: number): void {
    const run = this.open.get(key)
    if (run !== undefined) run.memoryBytes = memoryBytes
  }

  /** True when it was a run; the end of a worker is none. */
  end(key: string, wallMs: number, cause: string | undefined): boolean {
    const run = this.open.get(key)
    if (run === undefined) return false
    this.open.delete(key)
    run.endedMs = wallMs
    if (cause !== undefined) run.cause = cause
    this.unfollowed++
    return true
  }

  /** The oldest of those that have ended goes first. */
  private drop(): void {
    if (this.all.length <= MOST_RUNS) return
    const ended = this.all.findLastIndex(({ endedMs }) => endedMs !== undefined)
    this.all.splice(ended < 0 ? this.all.length - 1 : ended, 1)
  }
}
