import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { afterEach, expect, test, vi } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import type { Batch } from '../../../src/model/source.ts'
import { WATCH_SECTIONS, type WatchRequest } from '../../../src/model/watch.ts'
import { createHostWorker } from '../../../src/sources/live/host-worker.ts'
import { createLiveSource } from '../../../src/sources/live/live.ts'
import { createMeasurer } from '../../../src/sources/live/measure.ts'
import { timingFor } from '../../../src/sources/live/supervision.ts'
import { bundle } from './bundle.ts'
import { makeTree, statLine } from './tree.ts'

afterEach(() => {
  vi.useRealTimers()
})

const seven: WatchRequest = { target: { kind: 'name', name: 'seven' }, sections: [] }

/** A measurer over a tree with a process 7, ticked by hand. */
function measuring(tree: ReturnType<typeof makeTree>) {
  let seconds = 0
  const clock = { wallMs: () => 1_700_000_100_000 + seconds * 1000, monoMs: () => seconds * 1000 }
  const batches: Batch[] = []
  const post = (batch: Batch) => void batches.push(batch)
  const measurer = createMeasurer({ platform: 'procfs', root: tree.root, intervalMs: 1000, clock, post, spawn })
  return {
    measurer,
    batches,
    async tick(): Promise<Batch> {
      batches.length = 0
      await measurer.tick()
      seconds++
      return batches[0] as Batch
    },
  }
}

const watchSample = ({ samples }: Batch) => samples.find(({ source }) => source === 'watch')

test('a request is answered at once, then with each scan; figures come with each tick', async () => {
  using tree = makeTree()
  const { measurer, batches, tick } = measuring(tree)
  measurer.watch(seven)
  expect(batches).toEqual([])
  const first = await tick()
  expect(first.watched).toMatchObject({ label: 'seven', state: 'running', detail: { arguments: ['seven', '--days'] } })
  expect(watchSample(first)?.gauges).toMatchObject({ 'process_count{process="seven"}': 1 })
  const second = await tick()
  const third = await tick()
  expect([second.watched !== undefined, third.watched !== undefined]).toEqual([true, false])
  expect(watchSample(third)?.counters).toHaveProperty(['process_cpu_seconds_total{process="seven"}'])
  batches.length = 0
  measurer.watch({ target: { kind: 'pid', pid: 7 }, sections: [] })
  expect(batches).toMatchObject([{ samples: [], watched: { label: 'seven 7', state: 'running' } }])
  measurer.watch(undefined)
  expect(watchSample(await tick())).toBeUndefined()
  measurer.close()
})

test('a pid that is used again is another process', async () => {
  using tree = makeTree()
  const { measurer, tick } = measuring(tree)
  measurer.watch({ target: { kind: 'pid', pid: 7 }, sections: [] })
  await tick()
  tree.write('proc/7/stat', statLine(7, 'seven', { startTicks: 5000 }))
  const second = await tick()
  expect(second.watched).toMatchObject({ state: 'gone', instances: [], runs: [{ pid: 7 }] })
  expect(second.watched?.detail).toBeUndefined()
  measurer.close()
})

test('a machine without procfs tells what its table knows', async () => {
  const batches: Batch[] = []
  let seconds = 0
  const clock = { wallMs: () => Date.now(), monoMs: () => seconds * 1000 }
  const post = (batch: Batch) => void batches.push(batch)
  const measurer = createMeasurer({ platform: 'portable', root: '/', intervalMs: 1000, clock, post, spawn })
  measurer.watch({ target: { kind: 'pid', pid: process.pid }, sections: ['files'] })
  await measurer.tick()
  seconds++
  measurer.close()
  const watched = batches.find((batch) => batch.watched !== undefined)?.watched
  expect(watched).toMatchObject({ state: 'running', instances: [{ pid: process.pid }] })
  expect(watched?.detail?.family.map(({ pid }) => pid)).toContain(process.ppid)
  expect(watched?.detail?.files).toBeUndefined()
})

class FakeWorker extends EventEmitter {
  readonly posted: unknown[] = []
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  terminate(): Promise<number> {
    return new Promise(() => {})
  }
  unref(): void {}
}

test('a worker that is started again is told whom to watch, until nobody is', async () => {
  vi.useFakeTimers()
  const workers: FakeWorker[] = []
  const supervisor = createHostWorker({
    platform: 'procfs',
    root: '/',
    intervalMs: 1000,
    workerPath: 'worker.cjs',
    timing: timingFor(1000),
    clock: systemClock,
    receive: () => {},
    createWorker: () => {
      workers.push(new FakeWorker())
      return workers.at(-1) as unknown as Worker
    },
  })
  supervisor.watch(seven)
  expect(workers[0]?.posted).toEqual([{ kind: 'watch', client: 0, request: seven }])
  workers[0]?.emit('exit', 1)
  vi.advanceTimersByTime(2000)
  expect(workers[1]?.posted).toEqual([{ kind: 'watch', client: 0, request: seven }])
  supervisor.watch(undefined)
  workers[1]?.emit('exit', 1)
  vi.advanceTimersByTime(5000)
  expect(workers[2]?.posted).toEqual([])
  for (const worker of workers) worker.emit('exit', 1)
  await supervisor.stop()
})

test('a real worker follows a process of this machine', async () => {
  using worker = await bundle('src/sources/live/worker.ts')
  const options = { platform: 'procfs', root: '/', intervalMs: 200, clock: systemClock, readOnly: true } as const
  const source = createLiveSource({ ...options, workerPath: worker.path })
  const child = spawn('sleep', ['300'])
  const target = { kind: 'pid', pid: child.pid as number } as const
  const batches: Batch[] = []
  const sections = WATCH_SECTIONS
  await new Promise<void>((resolve) => {
    source.start((batch) => {
      batches.push(batch)
      if (batch.watched?.state === 'running' && child.exitCode === null) child.kill()
      if (batch.watched?.state === 'gone') resolve()
    })
    source.watch({ target, sections })
  })
  await source.stop()
  const watched = batches.flatMap((batch) => batch.watched ?? [])
  const running = watched.find(({ state }) => state === 'running')
  expect(running?.detail).toMatchObject({ arguments: ['sleep', '300'], parent: { pid: process.pid } })
  for (const section of sections) expect(running?.detail?.[section], section).toBeDefined()
  expect(watched.at(-1)).toMatchObject({ state: 'gone', runs: [{ pid: child.pid, endedMs: expect.any(Number) }] })
  const samples = batches.flatMap((batch) => watchSample(batch) ?? [])
  expect(samples.every(({ failed }) => failed === undefined)).toBe(true)
  expect(samples.length).toBeGreaterThan(0)
})
