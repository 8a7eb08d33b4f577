import type { ProcessQuery } from '../../model/processes.ts'
import type { WatchRequest } from '../../model/watch.ts'
import type { Platform } from './platform.ts'

/** What a worker is given when it starts. */
export interface WorkerConfig {
  readonly platform: Platform
  /** The folder below which `proc/`, `sys/`, `etc/` are. */
  readonly root: string
  readonly intervalMs: number
  /** The main thread's monotonic clock and `process.hrtime()` (the same in all threads) at one moment, in milliseconds: times of all batches come from one clock. */
  readonly monoMs: number
  readonly hrMs: number
  /** Index 0: the pid whose files are being read, 0 between reads. Read by the main thread when the worker hangs. */
  readonly reading: Int32Array
  /** Pids whose files hung an earlier worker. */
  readonly skip: readonly number[]
  /** The first one: its first samples are `warmup`. */
  readonly warmup: boolean
}

/** What a worker is told while it runs. It answers with batches. */
export type ToWorker =
  | { readonly kind: 'query'; readonly query: ProcessQuery }
  /** Watches a process from now on; nobody any more without a request. */
  | { readonly kind: 'watch'; readonly request: WatchRequest | undefined }
  /** Ends its children and itself. */
  | { readonly kind: 'stop' }

/** `process.hrtime()` in milliseconds. */
export function hrMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}
