import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Batch } from '../../../src/model/source.ts'
import { createHostWorker } from '../../../src/sources/live/host-worker.ts'
import { timingFor } from '../../../src/sources/live/supervision.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A thread that is none: it does what the test says, and never ends by being told to. */
class FakeWorker extends EventEmitter {
  readonly posted: unknown[] = []
  terminated = false
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  terminate(): Promise<number> {
    this.terminated = true
    return new Promise(() => {})
  }
  unref(): void {}
}

const batch: Batch = { wallMs: 1, monoMs: 1, samples: [] }

function supervise(pace = 1) {
  const workers: FakeWorker[] = []
  const skips: unknown[] = []
  const markers: Int32Array[] = []
  const batches: Batch[] = []
  const supervisor = createHostWorker({
    platform: 'procfs',
    root: '/',
    intervalMs: 1000,
    workerPath: 'worker.cjs',
    timing: timingFor(1000),
    clock: { wallMs: () => Date.now(), monoMs: () => performance.now() * pace },
    receive: (one) => void batches.push(one),
    createWorker: (_, { workerData }) => {
      workers.push(new FakeWorker())
      skips.push(workerData.skip)
      markers.push(workerData.reading)
      return workers.at(-1) as unknown as Worker
    },
  })
  return { supervisor, workers, skips, markers, batches }
}

test('timers that fire a little too early stop nothing', async () => {
  const { supervisor, workers } = supervise(0.9993)
  workers[0]?.emit('exit', 1)
  vi.advanceTimersByTime(1100)
  expect(workers).toHaveLength(2)
  workers[1]?.emit('exit', 1)
  vi.advanceTimersByTime(2100)
  expect(workers).toHaveLength(3)
  workers[2]?.emit('exit', 1)
  await supervisor.stop()
})

test('the pid that a worker hung on is left out by those after it, and late words of the old one are not heard', async () => {
  const { supervisor, workers, skips, markers, batches } = supervise()
  Atomics.store(markers[0] as Int32Array, 0, 4711)
  vi.advanceTimersByTime(6100)
  expect(workers[0]?.terminated).toBe(true)
  expect(skips).toEqual([[], [4711]])
  expect(markers[1]).not.toBe(markers[0])
  const count = batches.length
  workers[0]?.emit('message', batch)
  expect(batches).toHaveLength(count)
  workers[1]?.emit('message', batch)
  expect(batches.at(-1)?.health?.[0]).toMatchObject({ state: 'running', restarts: 1 })
  workers[1]?.emit('message', batch)
  expect(batches.at(-1)).toBe(batch)
  for (const worker of workers) worker.emit('exit', 1)
  await supervisor.stop()
})

test('stopping gives up on a thread that hangs after 350 ms, and starts no other', async () => {
  const listeners = process.listenerCount('exit')
  const { supervisor, workers, batches } = supervise()
  workers[0]?.emit('message', batch)
  let stopped = false
  const stopping = supervisor.stop().then(() => {
    stopped = true
  })
  await vi.advanceTimersByTimeAsync(200)
  expect(workers[0]?.posted).toEqual([{ kind: 'stop' }])
  expect([workers[0]?.terminated, stopped]).toEqual([true, false])
  await vi.advanceTimersByTimeAsync(150)
  await stopping
  const count = batches.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(workers).toHaveLength(1)
  expect(batches).toHaveLength(count)
  // It ended after all: the process may end as usual.
  expect(process.listenerCount('exit')).toBe(listeners + 1)
  workers[0]?.emit('exit', 1)
  expect(process.listenerCount('exit')).toBe(listeners)
})

test('a worker that no thread can be had for is tried again', async () => {
  let tries = 0
  const batches: Batch[] = []
  const supervisor = createHostWorker({
    platform: 'procfs',
    root: '/',
    intervalMs: 1000,
    workerPath: 'worker.cjs',
    timing: timingFor(1000),
    clock: { wallMs: () => Date.now(), monoMs: () => performance.now() },
    receive: (one) => void batches.push(one),
    createWorker: () => {
      tries++
      throw new Error('no more threads')
    },
  })
  await vi.advanceTimersByTimeAsync(3500)
  await supervisor.stop()
  expect(tries).toBe(3)
  expect(batches[0]?.health?.[0]).toMatchObject({ state: 'restarting', reason: 'worker not started: no more threads' })
})
