import { Worker } from 'node:worker_threads'
import type { History } from '../model/history.ts'
import type { HistoryWanted } from './history.ts'
import type { Retention } from './retention.ts'
import type { FromLogWorker, LogAnswers, LogRequest, ToLogWorker, Upkeep } from './worker/messages.ts'

/** A thread that has nothing to do gives its memory back. */
const IDLE_MS = 5000
/** Ten times what the log of a large machine takes. */
const MOST_MEMORY_MB = 1024
const ENDED = 'the thread that reads the log ended'

/**
 * The log of a state folder, read and kept in order in a thread of its own, which starts when there is something to do and ends some seconds
 * after it. It never keeps the program from ending. One thing is done after the other. All reject with an Error that says why, and with the
 * signal's reason.
 */
export interface LogWorker {
  readHistory(state: string, wanted: HistoryWanted, signal?: AbortSignal): Promise<History>
  /** Brings roll-ups up to date, packs and drops old files. For whoever writes the log: soon after the start, and each hour. */
  maintain(state: string, retention: Retention, signal?: AbortSignal): Promise<Upkeep>
  /** Ends the thread. What is not done yet rejects, and so does what is asked then. */
  end(): Promise<void>
}

interface Waiting {
  readonly resolve: (answer: LogAnswers[keyof LogAnswers]) => void
  readonly reject: (reason: unknown) => void
}

/** `workerPath`: the worker's entry. `idleMs`: how long the thread stays without anything to do. */
export function createLogWorker(workerPath: string, idleMs = IDLE_MS): LogWorker {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  let ended = false

  const endThread = async () => {
    clearTimeout(idle)
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }
  const rest = () => {
    clearTimeout(idle)
    if (waiting.size === 0) idle = setTimeout(endThread, idleMs).unref()
  }
  const start = (): Worker => {
    // What it might print would land on the screen. A log that somebody else filled ends the thread, not the program.
    const resourceLimits = { maxOldGenerationSizeMb: MOST_MEMORY_MB }
    const started = new Worker(workerPath, { stdout: true, stderr: true, resourceLimits })
    const lost = (reason: string) => {
      if (worker !== started) return
      worker = undefined
      for (const { reject } of waiting.values()) reject(new Error(reason))
      waiting.clear()
    }
    started.unref()
    started.on('message', (message: FromLogWorker) => {
      const asked = waiting.get(message.id)
      waiting.delete(message.id)
      rest()
      if ('answer' in message) asked?.resolve(message.answer)
      else asked?.reject(new Error(message.reason))
    })
    started.on('error', (error) => lost(`the thread that reads the log failed: ${error.message}`))
    started.on('exit', () => lost(ENDED))
    return started
  }
  const ask = (request: LogRequest, signal?: AbortSignal): Promise<LogAnswers[keyof LogAnswers]> =>
    new Promise((resolve, reject) => {
      if (ended) throw new Error(ENDED)
      signal?.throwIfAborted()
      clearTimeout(idle)
      worker ??= start()
      const id = ++lastId
      const abandon = () => {
        waiting.delete(id)
        worker?.postMessage({ forget: id } satisfies ToLogWorker)
        rest()
        reject(signal?.reason)
      }
      const over =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          signal?.removeEventListener('abort', abandon)
          settle(value)
        }
      signal?.addEventListener('abort', abandon)
      waiting.set(id, { resolve: over(resolve), reject: over(reject) })
      worker.postMessage({ id, request } satisfies ToLogWorker)
    })
  return {
    readHistory: async (state, wanted, signal) => (await ask({ kind: 'history', state, wanted }, signal)) as History,
    maintain: async (state, retention, signal) => (await ask({ kind: 'maintain', state, retention }, signal)) as Upkeep,
    async end() {
      ended = true
      for (const { reject } of waiting.values()) reject(new Error(ENDED))
      waiting.clear()
      await endThread()
    },
  }
}
