import { Worker } from 'node:worker_threads'
import { safeText } from '../../lib/text.ts'
import { messageOf } from '../../lib/trouble.ts'
import type { ReloadAnswer, ReloadRequest } from './messages.ts'

/** A configuration that takes longer names a file on a disk that hangs. */
const DEADLINE_MS = 20_000

/**
 * Loads a configuration in a thread of its own, which ends with it: a thousand checks take a moment, and the screen goes on. Never rejects;
 * `signal` gives it up.
 */
export function loadInWorker(workerPath: string, path: string, signal: AbortSignal): Promise<ReloadAnswer> {
  return new Promise((resolve) => {
    const workerData: ReloadRequest = { path }
    let worker: Worker | undefined
    const done = (answer: ReloadAnswer) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abandon)
      void worker?.terminate()
      resolve(answer)
    }
    const failed = (reason: string) =>
      done({ kind: 'refused', error: { first: safeText(`${path}: ${reason}`, 500), count: 1 }, files: [] })
    const abandon = () => failed('given up')
    const timer = setTimeout(() => failed(`not read within ${DEADLINE_MS / 1000} s`), DEADLINE_MS)
    signal.addEventListener('abort', abandon)
    try {
      // What it might print would land on the screen.
      worker = new Worker(workerPath, { workerData, stdout: true, stderr: true })
    } catch (error) {
      failed(`no thread to load it: ${messageOf(error)}`)
      return
    }
    worker.on('message', done)
    worker.on('error', (error) => failed(`cannot be loaded: ${messageOf(error)}`))
    worker.on('exit', () => failed('the thread that loads it ended'))
  })
}
