import { spawn } from 'node:child_process'
import { parentPort, workerData } from 'node:worker_threads'
import type { Clock } from '../../lib/clock.ts'
import { untilNextBeat } from './beat.ts'
import { createMeasurer } from './measure.ts'
import { hrMs, type ToWorker, type WorkerConfig } from './messages.ts'

/** The entry of the thread that measures: one timer, and one message a tick. */
function main(): void {
  const port = parentPort
  if (port === null) throw new Error('this is the entry of a worker thread')
  const { platform, root, intervalMs, monoMs, hrMs: thenMs, reading, skip, warmup } = workerData as WorkerConfig
  const offsetMs = monoMs - thenMs + hrMs() - performance.now()
  const clock: Clock = { wallMs: () => Date.now(), monoMs: () => performance.now() + offsetMs }
  const measurer = createMeasurer({
    platform,
    root,
    intervalMs,
    clock,
    reading,
    skip,
    warmup,
    spawn,
    post: (batch) => port.postMessage(batch),
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
      measurer.query(message.query)
      return
    }
    if (message.kind === 'watch') {
      measurer.watch(message.request)
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
