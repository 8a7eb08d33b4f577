import type { ProcessSelector } from '../../checks/check.ts'
import type { Clock } from '../../lib/clock.ts'
import type { ProcessAnswer, ProcessQuery, ProcessRow } from '../../model/processes.ts'
import type { Sample } from '../../model/sample.ts'
import type { Batch } from '../../model/source.ts'
import type { Watched, WatchRequest } from '../../model/watch.ts'
import type { Platform } from './platform.ts'

/** The main thread's clock as another thread is given it: times of all threads come from one clock. */
export interface ClockSetting {
  /** The monotonic clock and `process.hrtime()` (the same in all threads) at one moment, in milliseconds. */
  readonly monoMs: number
  readonly hrMs: number
}

/** What a worker is given when it starts. */
export interface WorkerConfig extends ClockSetting {
  readonly platform: Platform
  /** The folder below which `proc/`, `sys/`, `etc/` are. */
  readonly root: string
  readonly intervalMs: number
  /** Index 0: the pid whose files are being read, 0 between reads. Read by the main thread when the worker hangs. */
  readonly reading: Int32Array
  /** Pids whose files hung an earlier worker. */
  readonly skip: readonly number[]
  /** The first one: its first samples are `warmup`. */
  readonly warmup: boolean
}

/** What a worker is told while it runs. */
export type ToWorker =
  | { readonly kind: 'query'; readonly client: number; readonly query: ProcessQuery }
  /** Watches a process from now on; nobody any more without a request. */
  | { readonly kind: 'watch'; readonly client: number; readonly request: WatchRequest | undefined }
  /** A client looks no more. */
  | { readonly kind: 'forget'; readonly client: number }
  /** Asks for processes, once there was a scan. */
  | { readonly kind: 'select'; readonly id: string; readonly selector: ProcessSelector }
  /** Ends its children and itself. */
  | { readonly kind: 'stop' }

/** The processes that were asked for, or why there are none to be had. */
export type Selected =
  | { readonly kind: 'selected'; readonly id: string; readonly rows: readonly ProcessRow[] }
  | { readonly kind: 'selected'; readonly id: string; readonly failed: string }

/** What is told to one of those who look from another process, under its number: what it asked for itself. */
export interface ClientContent {
  readonly client: number
  readonly processes?: ProcessAnswer
  readonly watched?: Watched
  /** Of what it watches. */
  readonly samples?: readonly Sample[]
}

/** A batch with what others than this process asked for. */
export interface LiveBatch extends Batch {
  readonly clients?: readonly ClientContent[]
}

/** What a worker posts. */
export type FromWorker = LiveBatch | Selected

/** What a thread is to be given for `clockOf`. */
export function clockSetting(clock: Clock): ClockSetting {
  return { monoMs: clock.monoMs(), hrMs: hrMs() }
}

/** The clock of the main thread, in this one. */
export function clockOf({ monoMs, hrMs: thenMs }: ClockSetting): Clock {
  const offsetMs = monoMs - thenMs + hrMs() - performance.now()
  return { wallMs: () => Date.now(), monoMs: () => performance.now() + offsetMs }
}

/** `process.hrtime()` in milliseconds. */
function hrMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}
