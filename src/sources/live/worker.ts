import { spawn } from 'node:child_process'
import { parentPort, workerData } from 'node:worker_threads'
import { untilNextBeat } from './beat.ts'
import { createMeasurer } from './measure.ts'
import { clockOf, type FromWorker, type ToWorker, type WorkerConfig } from './messages.ts'

/** The entry of the thread that measures: one timer, and one message a tick. */
function main(): void {
  const port = parentPort
  if (port === null) throw new Error('this is the entry of a worker thread')
  const { platform, root, intervalMs, reading, skip, warmup, ...setting } = workerData as WorkerConfig
  const clock = clockOf(setting)
  const measurer = createMeasurer({
    platform,
    root,
    intervalMs,
    clock,
    reading,
    skip,
    warmup,
    spawn,
    post: (batch) => port.postMessage(batch satisfies FromWorker),
    reply: (answer) => port.postMessage(answer satisfies FromWorker),
  })
  const startMono = clock.monoMs()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function beat(): Promise<void> {
    await measurer.tick()
    if (!stopped) timer = setTimeout(beat, untilNextBeat(startMono, clock.monoMs(), intervalMs))
  }

  port.on('message', (message: ToWorker) => {
    if (message.kind === 'query') {
      measurer.query(message.query, message.client)
      return
    }
    if (message.kind === 'watch') {
      measurer.watch(message.request, message.client)
      return
    }
    if (message.kind === 'forget') {
      measurer.forget(message.client)
      return
    }
    if (message.kind === 'select') {
      measurer.select(message.id, message.selector)
      return
    }
    stopped = true
    clearTimeout(timer)
    measurer.close()
    port.close()
  })
  void beat()
}

main()
