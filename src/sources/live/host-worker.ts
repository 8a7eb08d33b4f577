import type { ProcessSelector } from '../../checks/check.ts'
import type { Clock } from '../../lib/clock.ts'
import type { ProcessQuery, ProcessRow } from '../../model/processes.ts'
import type { WatchRequest } from '../../model/watch.ts'
import { OWN } from '../../probes/processes/client-queries.ts'
import { clockSetting, type FromWorker, type LiveBatch, type ToWorker, type WorkerConfig } from './messages.ts'
import type { Platform } from './platform.ts'
import type { Timing } from './supervision.ts'
import { type CreateWorker, Supervisor } from './supervisor.ts'

/**
 * For what a scan makes and drops: without a limit V8 keeps 8 to 16 MB of it once there are a thousand processes, with this one 1 to 4, and
 * the thread takes no more CPU that could be measured.
 */
const LIMITS = { maxYoungGenerationSizeMb: 12 }

export interface HostWorkerOptions {
  readonly platform: Platform
  readonly root: string
  readonly intervalMs: number
  /** The worker's bundled entry. */
  readonly workerPath: string
  readonly clock: Clock
  readonly timing: Timing
  /** Takes the worker's batches, and while there are none batches with only the health. */
  readonly receive: (batch: LiveBatch) => void
  /** `new Worker(path, options)` unless given. */
  readonly createWorker?: CreateWorker
}

/** The supervised worker that measures this host. */
export interface HostWorker {
  /** Asks for rows of the process table, for a client (this process unless told): of this worker and of those after it. */
  ask(query: ProcessQuery, client?: number): void
  /** Watches a process for a client: in this worker and in those after it. */
  watch(request: WatchRequest | undefined, client?: number): void
  /** A client looks no more. */
  forget(client: number): void
  /** Processes of the last scan. Rejects with the reason when they cannot be listed, or nobody is there who could. */
  select(selector: ProcessSelector): Promise<readonly ProcessRow[]>
  /** Ends the worker. Resolves within 400 ms, whatever hangs. */
  stop(): Promise<void>
}

interface Question {
  readonly resolve: (rows: readonly ProcessRow[]) => void
  readonly reject: (reason: Error) => void
}

/** Starts it at once. Who makes one must stop it. */
export function createHostWorker(options: HostWorkerOptions): HostWorker {
  const { platform, root, intervalMs, workerPath, clock, timing, receive, createWorker } = options
  /** Pids whose files hung a worker. */
  const skip = new Set<number>()
  /** Where the pid that is being read stands. Each worker has its own: one that was left behind may go on writing. */
  let reading = newMarker()
  /** By client. */
  const queries = new Map<number, ProcessQuery>()
  const watched = new Map<number, WatchRequest>()
  const questions = new Map<string, Question>()
  let asked = 0

  const supervisor = new Supervisor<FromWorker, ToWorker>({
    name: 'worker',
    workerPath,
    clock,
    timing,
    limits: LIMITS,
    createWorker,
    begin(first) {
      reading = newMarker()
      const data: WorkerConfig = {
        ...clockSetting(clock),
        platform,
        root,
        intervalMs,
        reading,
        skip: [...skip],
        warmup: first,
      }
      const messages: ToWorker[] = [
        ...Array.from(queries, ([client, query]) => ({ kind: 'query', client, query }) as const),
        ...Array.from(watched, ([client, request]) => ({ kind: 'watch', client, request }) as const),
      ]
      return { data, messages }
    },
    busyWith: () => (pidRead() > 0 ? `reading process ${pidRead()}` : undefined),
    lost({ how }) {
      if (how === 'hung' && pidRead() > 0) skip.add(pidRead())
      for (const { reject } of questions.values()) reject(new Error('the thread that lists processes was lost'))
      questions.clear()
    },
    receive(message, health) {
      if ('kind' in message) {
        settle(message)
        if (health !== undefined) receive({ ...now(), samples: [], health: [health] })
      } else receive(health === undefined ? message : { ...message, health: [health] })
    },
    tell: (health) => receive({ ...now(), samples: [], health: [health] }),
  })

  function now(): { wallMs: number; monoMs: number } {
    return { wallMs: clock.wallMs(), monoMs: clock.monoMs() }
  }

  function pidRead(): number {
    return Atomics.load(reading, 0)
  }

  function settle(answer: Exclude<FromWorker, LiveBatch>): void {
    const question = questions.get(answer.id)
    questions.delete(answer.id)
    if ('failed' in answer) question?.reject(new Error(answer.failed))
    else question?.resolve(answer.rows)
  }

  return {
    ask(query, client = OWN) {
      queries.set(client, query)
      supervisor.post({ kind: 'query', client, query })
    },
    watch(request, client = OWN) {
      if (request === undefined) watched.delete(client)
      else watched.set(client, request)
      supervisor.post({ kind: 'watch', client, request })
    },
    forget(client) {
      queries.delete(client)
      watched.delete(client)
      supervisor.post({ kind: 'forget', client })
    },
    select: (selector) =>
      new Promise((resolve, reject) => {
        const id = String(++asked)
        if (!supervisor.post({ kind: 'select', id, selector })) {
          reject(new Error('the thread that lists processes is being started again'))
          return
        }
        questions.set(id, { resolve, reject })
      }),
    stop: () => supervisor.stop(),
  }
}

function newMarker(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}
