import { Worker, type WorkerOptions } from 'node:worker_threads'
import type { Clock } from '../../lib/clock.ts'
import { safeText } from '../../lib/text.ts'
import type { ProcessQuery } from '../../model/processes.ts'
import type { Batch, SourceHealth } from '../../model/source.ts'
import type { WatchRequest } from '../../model/watch.ts'
import { leaveAtOnce } from './leave.ts'
import { hrMs, type ToWorker, type WorkerConfig } from './messages.ts'
import type { Platform } from './platform.ts'
import {
  beginSupervision,
  healthOf,
  type Supervision,
  type SupervisionEvent,
  supervise,
  type Timing,
} from './supervision.ts'

/** How long a worker may take to end by itself, and then to be ended. */
const STOP_MS = 200
const TERMINATE_MS = 150

export interface SupervisorOptions {
  readonly platform: Platform
  readonly root: string
  readonly intervalMs: number
  /** The worker's bundled entry. */
  readonly workerPath: string
  readonly clock: Clock
  readonly timing: Timing
  /** Takes the worker's batches, and while there are none batches with only the health. */
  readonly receive: (batch: Batch) => void
  /** `new Worker(path, options)` unless given. */
  readonly createWorker?: (path: string, options: WorkerOptions) => Worker
}

/** Keeps a worker that measures alive: starts it, leaves it behind when it hangs, starts the next. */
export class Supervisor {
  private readonly options: SupervisorOptions
  private state: Supervision
  private told: SourceHealth | undefined
  private worker: Worker | undefined
  private reading = newMarker()
  private query: ProcessQuery | undefined
  private watched: WatchRequest | undefined
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  /** Pids whose files hung a worker. */
  private readonly skip = new Set<number>()
  /** Workers told to end that have not. */
  private readonly hung = new Set<Worker>()

  /** Starts the first worker. */
  constructor(options: SupervisorOptions) {
    this.options = options
    this.state = beginSupervision('worker', this.now(), options.timing)
    process.on('exit', this.leave)
    this.start(true)
    this.arm()
  }

  /** Asks for rows of the process table: of this worker and of those after it. */
  ask(query: ProcessQuery): void {
    this.query = query
    this.post({ kind: 'query', query })
  }

  /** Watches a process: in this worker and in those after it. */
  watch(request: WatchRequest | undefined): void {
    this.watched = request
    this.post({ kind: 'watch', request })
  }

  /** Ends the worker. Resolves within 400 ms, whatever hangs. */
  async stop(): Promise<void> {
    if (this.stopped) return
    this.stopped = true
    clearTimeout(this.timer)
    const { worker } = this
    if (worker !== undefined) {
      const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
      this.post({ kind: 'stop' })
      if (!(await within(STOP_MS, gone))) {
        this.abandon(worker)
        await within(TERMINATE_MS, gone)
      }
    }
    this.letExit()
  }

  /** Once no worker is left, the process ends as usual. */
  private letExit(): void {
    if (this.stopped && this.worker === undefined && this.hung.size === 0) process.off('exit', this.leave)
  }

  /** Node joins its threads at the end: with one that hangs there would be none. */
  private readonly leave = (code: number): void => {
    const { worker, state, options } = this
    const silentMs = options.clock.monoMs() - state.heardMono
    if (this.hung.size > 0 || (worker !== undefined && silentMs > options.timing.deadlineMs / 2)) leaveAtOnce(code)
  }

  private now(): { wallMs: number; monoMs: number } {
    return { wallMs: this.options.clock.wallMs(), monoMs: this.options.clock.monoMs() }
  }

  private post(message: ToWorker): void {
    this.worker?.postMessage(message)
  }

  private start(first: boolean): void {
    const { platform, root, intervalMs, workerPath, clock, createWorker = newWorker } = this.options
    // Each has its own: one that was left behind may go on writing.
    this.reading = newMarker()
    const workerData: WorkerConfig = {
      platform,
      root,
      intervalMs,
      monoMs: clock.monoMs(),
      hrMs: hrMs(),
      reading: this.reading,
      skip: [...this.skip],
      warmup: first,
    }
    let worker: Worker
    try {
      // What a worker might print would land on the screen. The streams are not read: a stream that is keeps the process alive.
      worker = createWorker(workerPath, { workerData, stdout: true, stderr: true })
    } catch (error) {
      // No more threads here, for now. Told on another turn: this one is that of the state that wants a worker.
      setImmediate(() => this.lost(`worker not started: ${wordsOf(error)}`))
      return
    }
    this.worker = worker
    this.listen(worker)
    if (this.query !== undefined) this.post({ kind: 'query', query: this.query })
    if (this.watched !== undefined) this.post({ kind: 'watch', request: this.watched })
  }

  private listen(worker: Worker): void {
    let reason = 'worker ended'
    worker.on('message', (batch: Batch) => this.received(worker, batch))
    worker.on('error', (error: unknown) => {
      reason = `worker failed: ${wordsOf(error)}`
    })
    worker.on('exit', () => {
      if (this.hung.delete(worker)) this.handle({ kind: 'freed' })
      if (this.worker === worker) {
        this.worker = undefined
        this.lost(reason)
      }
      this.letExit()
    })
  }

  private lost(reason: string): void {
    if (!this.stopped) this.handle({ kind: 'ended', reason })
  }

  private received(worker: Worker, batch: Batch): void {
    if (worker !== this.worker || this.stopped) return
    this.handle({ kind: 'message' })
    const { state, told } = this
    this.told = state.health
    this.options.receive(state.health === told ? batch : { ...batch, health: [healthOf(state)] })
  }

  private handle(event: SupervisionEvent): void {
    const { state, actions } = supervise(this.state, event, this.now(), this.options.timing)
    const before = this.state
    this.state = state
    for (const action of actions) {
      if (action === 'start') this.start(false)
      else if (action === 'tell') this.tell()
      else if (this.worker !== undefined) this.abandon(this.worker)
    }
    // A message moves the deadline, but the timer finds that out when it fires. One that fired too early is wanted at the same time again.
    if (event.kind === 'timer' || state.wakeMono !== before.wakeMono) this.arm()
  }

  private tell(): void {
    this.told = this.state.health
    this.options.receive({ ...this.now(), samples: [], health: [healthOf(this.state)] })
  }

  /** Ends a worker without waiting for it: `terminate` never resolves for a thread that hangs in the kernel. */
  private abandon(worker: Worker): void {
    const pid = Atomics.load(this.reading, 0)
    if (pid > 0) this.skip.add(pid)
    this.hung.add(worker)
    if (this.worker === worker) this.worker = undefined
    void worker.terminate()
    worker.unref()
  }

  private arm(): void {
    clearTimeout(this.timer)
    if (this.stopped) return
    const inMs = Math.max(0, Math.ceil(this.state.wakeMono - this.options.clock.monoMs()))
    this.timer = setTimeout(() => this.handle({ kind: 'timer', reading: Atomics.load(this.reading, 0) }), inMs)
  }
}

function newMarker(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}

function newWorker(path: string, options: WorkerOptions): Worker {
  return new Worker(path, options)
}

function wordsOf(error: unknown): string {
  return safeText(error instanceof Error ? error.message : String(error), 200)
}

/** Whether a promise resolves within so many milliseconds. */
async function within(ms: number, promise: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const result = await Promise.race([promise.then(() => true), late])
  clearTimeout(timer)
  return result
}
