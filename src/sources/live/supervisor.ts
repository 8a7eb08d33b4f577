import { type ResourceLimits, Worker, type WorkerOptions } from 'node:worker_threads'
import type { Clock } from '../../lib/clock.ts'
import { safeText } from '../../lib/text.ts'
import { messageOf } from '../../lib/trouble.ts'
import type { SourceHealth } from '../../model/source.ts'
import { leaveAtOnce } from './leave.ts'
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

/** What every worker is told when it is to end. */
const STOP = { kind: 'stop' }

/** How a worker was lost: left behind while it hung, or ended by itself, for a reason. */
export type Loss = { readonly how: 'hung' } | { readonly how: 'ended'; readonly reason: string }

/** How threads are made: `new Worker(path, options)`. */
export type CreateWorker = (path: string, options: WorkerOptions) => Worker

/** `Told` is what the worker posts, `Message` what it is told. */
export interface SupervisorOptions<Told, Message> {
  /** In its health. */
  readonly name: string
  /** The worker's bundled entry. */
  readonly workerPath: string
  readonly clock: Clock
  readonly timing: Timing
  /** Of its heap. */
  readonly limits?: ResourceLimits
  /** What the next worker is given when it starts, and told first. */
  readonly begin: (first: boolean) => { readonly data: unknown; readonly messages: readonly Message[] }
  /** What the worker is in the middle of, as far as that is known: `reading process 66`. */
  readonly busyWith?: () => string | undefined
  /** The worker was lost; the next one begins after this. */
  readonly lost?: (loss: Loss) => void
  /** Takes what the worker posts, and its health where that is another than was told. */
  readonly receive: (message: Told, health: SourceHealth | undefined) => void
  /** Takes its health while it posts nothing. */
  readonly tell: (health: SourceHealth) => void
  /** `new Worker(path, options)` unless given. */
  readonly createWorker?: CreateWorker | undefined
}

/** Keeps a worker alive: starts it, leaves it behind when it hangs, starts the next. */
export class Supervisor<Told, Message> {
  private readonly options: SupervisorOptions<Told, Message>
  private state: Supervision
  private told: SourceHealth | undefined
  private worker: Worker | undefined
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  /** Workers told to end that have not. */
  private readonly hung = new Set<Worker>()

  /** Starts the first worker. */
  constructor(options: SupervisorOptions<Told, Message>) {
    this.options = options
    this.state = beginSupervision(options.name, this.now(), options.timing)
    process.on('exit', this.leave)
    this.start(true)
    this.arm()
  }

  /** Tells the worker something; false when there is none now. What the next one has to know, `begin` gives it. */
  post(message: Message): boolean {
    this.worker?.postMessage(message)
    return this.worker !== undefined
  }

  /** Ends the worker. Resolves within 400 ms, whatever hangs. */
  async stop(): Promise<void> {
    if (this.stopped) return
    this.stopped = true
    clearTimeout(this.timer)
    const { worker } = this
    if (worker !== undefined) {
      const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
      worker.postMessage(STOP)
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

  private start(first: boolean): void {
    const { workerPath, begin, limits, createWorker = newWorker } = this.options
    const { data, messages } = begin(first)
    let worker: Worker
    try {
      // What a worker might print would land on the screen. The streams are not read: a stream that is keeps the process alive.
      worker = createWorker(workerPath, {
        workerData: data,
        stdout: true,
        stderr: true,
        ...(limits !== undefined && { resourceLimits: limits }),
      })
    } catch (error) {
      // No more threads here, for now. Told on another turn: this one is that of the state that wants a worker.
      setImmediate(() => this.ended(`worker not started: ${wordsOf(error)}`))
      return
    }
    this.worker = worker
    this.listen(worker)
    for (const message of messages) this.post(message)
  }

  private listen(worker: Worker): void {
    let reason = 'worker ended'
    worker.on('message', (message: Told) => this.received(worker, message))
    worker.on('error', (error: unknown) => {
      reason = `worker failed: ${wordsOf(error)}`
    })
    worker.on('exit', () => {
      if (this.hung.delete(worker)) this.handle({ kind: 'freed' })
      if (this.worker === worker) {
        this.worker = undefined
        this.ended(reason)
      }
      this.letExit()
    })
  }

  private ended(reason: string): void {
    if (this.stopped) return
    this.options.lost?.({ how: 'ended', reason })
    this.handle({ kind: 'ended', reason })
  }

  private received(worker: Worker, message: Told): void {
    if (worker !== this.worker || this.stopped) return
    this.handle({ kind: 'message' })
    const { state, told } = this
    this.told = state.health
    this.options.receive(message, state.health === told ? undefined : healthOf(state))
  }

  private handle(event: SupervisionEvent): void {
    const { state, actions } = supervise(this.state, event, this.now(), this.options.timing)
    const before = this.state
    this.state = state
    for (const action of actions) {
      if (action === 'start') this.start(false)
      else if (action === 'tell') this.tell()
      else if (this.worker !== undefined) {
        this.abandon(this.worker)
        this.options.lost?.({ how: 'hung' })
      }
    }
    // A message moves the deadline, but the timer finds that out when it fires. One that fired too early is wanted at the same time again.
    if (event.kind === 'timer' || state.wakeMono !== before.wakeMono) this.arm()
  }

  private tell(): void {
    this.told = this.state.health
    this.options.tell(healthOf(this.state))
  }

  /** Ends a worker without waiting for it: `terminate` never resolves for a thread that hangs in the kernel. */
  private abandon(worker: Worker): void {
    this.hung.add(worker)
    if (this.worker === worker) this.worker = undefined
    void worker.terminate()
    worker.unref()
  }

  private arm(): void {
    clearTimeout(this.timer)
    if (this.stopped) return
    const inMs = Math.max(0, Math.ceil(this.state.wakeMono - this.options.clock.monoMs()))
    this.timer = setTimeout(() => this.handle({ kind: 'timer', busyWith: this.options.busyWith?.() }), inMs)
  }
}

function newWorker(path: string, options: WorkerOptions): Worker {
  return new Worker(path, options)
}

function wordsOf(error: unknown): string {
  return safeText(messageOf(error), 200)
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
