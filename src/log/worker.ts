import { parentPort } from 'node:worker_threads'
import { messageOf } from '../lib/trouble.ts'
import { answer, buffersOf } from './worker/answer.ts'
import type { FromLogWorker, ToLogWorker } from './worker/messages.ts'

/**
 * The entry of the thread that reads the log back and keeps it in order: what takes longer than the screen may wait. Requests are done one
 * after the other; whoever started the thread ends it.
 */
function main(): void {
  const port = parentPort
  if (port === null) throw new Error('this is the entry of a worker thread')
  const going = new Map<number, AbortController>()
  let last: Promise<void> = Promise.resolve()
  const serve = async ({ id, request }: Extract<ToLogWorker, { id: number }>, signal: AbortSignal) => {
    try {
      if (signal.aborted) return
      const told = await answer(request, signal)
      if (!signal.aborted) port.postMessage({ id, answer: told } satisfies FromLogWorker, buffersOf(told))
    } catch (error) {
      if (!signal.aborted) port.postMessage({ id, reason: messageOf(error) } satisfies FromLogWorker)
    } finally {
      going.delete(id)
    }
  }
  port.on('message', (message: ToLogWorker) => {
    if ('forget' in message) {
      going.get(message.forget)?.abort()
      return
    }
    const stop = new AbortController()
    going.set(message.id, stop)
    last = last.then(() => serve(message, stop.signal))
  })
}

main()
