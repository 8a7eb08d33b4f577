import { parentPort, workerData } from 'node:worker_threads'
import { loadAgain } from './load.ts'
import type { ReloadRequest } from './messages.ts'

/** The entry of the thread that loads a configuration again: one answer, and its end. */
async function main(): Promise<void> {
  const port = parentPort
  if (port === null) throw new Error('this is the entry of a worker thread')
  const { path } = workerData as ReloadRequest
  port.postMessage(await loadAgain(path, process.env))
  port.close()
}

void main()
