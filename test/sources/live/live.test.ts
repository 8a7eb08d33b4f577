import type { Worker, WorkerOptions } from 'node:worker_threads'
import { Worker as RealWorker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import { PLAIN_QUERY } from '../../../src/model/processes.ts'
import type { Batch } from '../../../src/model/source.ts'
import { createHostWorker } from '../../../src/sources/live/host-worker.ts'
import { createLiveSource, type LiveOptions } from '../../../src/sources/live/live.ts'
import { timingFor } from '../../../src/sources/live/supervision.ts'
import { sleeper } from './actions/processes.ts'
import { type Bundle, bundle } from './bundle.ts'
import { makeTree } from './tree.ts'

let worker: Bundle
beforeAll(async () => {
  worker = await bundle('src/sources/live/worker.ts')
})
afterAll(() => worker[Symbol.dispose]())

/** Batches as they come, and a way to wait for one of a kind. */
class Inbox {
  readonly batches: Batch[] = []
  private readonly waiting = new Set<() => void>()

  readonly receive = (batch: Batch): void => {
    this.batches.push(batch)
    for (const look of this.waiting) look()
  }

  /** The first batch from `from` on that is meant; the test's own timeout ends the waiting. */
  until(meant: (batch: Batch) => boolean, from = 0): Promise<Batch> {
    return new Promise((resolve) => {
      const look = () => {
        const batch = this.batches.slice(from).find(meant)
        if (batch === undefined) return
        this.waiting.delete(look)
        resolve(batch)
      }
      this.waiting.add(look)
      look()
    })
  }
}

const inState = (state: string) => (batch: Batch) => batch.health?.[0]?.state === state
const hasSample = ({ samples }: Batch) => samples.length > 0

function live(options: Partial<LiveOptions> = {}) {
  return createLiveSource({
    platform: 'procfs',
    root: '/',
    intervalMs: 200,
    workerPath: worker.path,
    clock: systemClock,
    readOnly: false,
    ...options,
  })
}

test('a first look, then batches from the worker, on one clock', async () => {
  const inbox = new Inbox()
  const source = live()
  const first = source.first()
  source.start(inbox.receive)
  source.query({ ...PLAIN_QUERY, id: 3, rows: 5 })
  const answer = await inbox.until(({ processes }) => processes?.id === 3)
  await inbox.until(({ listeners }) => listeners !== undefined)
  const later = await inbox.until(({ samples }) => samples.some(({ source, warmup }) => source === 'cpu' && !warmup))
  await source.stop()
  const count = inbox.batches.length
  expect(first.samples.map(({ source }) => source)).toEqual(expect.arrayContaining(['cpu', 'memory', 'load', 'space']))
  expect(first.samples.every(({ warmup, failed }) => warmup && failed === undefined)).toBe(true)
  expect(first.host?.cores).toBeGreaterThan(0)
  expect(answer.processes?.rows).toHaveLength(5)
  expect(later.monoMs).toBeGreaterThan(first.monoMs)
  expect(later.monoMs).toBeLessThanOrEqual(systemClock.monoMs())
  // Told with the first look, and from then on every five seconds.
  expect(first.cost?.memoryBytes).toBeGreaterThan(1e6)
  expect(later.cost).toBeUndefined()
  expect(inbox.batches.filter(inState('running'))).toHaveLength(1)
  // Nothing comes after the end.
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(inbox.batches).toHaveLength(count)
})

test('a worker that ends is replaced, and the new one knows the question', async () => {
  const workers: Worker[] = []
  const inbox = new Inbox()
  const supervisor = createHostWorker({
    platform: 'procfs',
    root: '/',
    intervalMs: 200,
    workerPath: worker.path,
    clock: systemClock,
    timing: timingFor(200),
    receive: inbox.receive,
    createWorker: (path: string, options: WorkerOptions) => {
      workers.push(new RealWorker(path, options))
      return workers.at(-1) as Worker
    },
  })
  supervisor.ask({ ...PLAIN_QUERY, id: 9, rows: 1 })
  await inbox.until(hasSample)
  await workers[0]?.terminate()
  const down = await inbox.until(inState('restarting'))
  const from = inbox.batches.indexOf(down)
  const up = await inbox.until(inState('running'), from)
  const ages = inbox.batches.slice(from, inbox.batches.indexOf(up))
  const answer = await inbox.until(({ processes }) => processes?.id === 9, from)
  await supervisor.stop()
  expect(down).toMatchObject({ samples: [], health: [{ name: 'worker', reason: 'worker ended', restarts: 0 }] })
  expect(ages.length).toBeGreaterThanOrEqual(4)
  expect(up.health?.[0]).toMatchObject({ state: 'running', restarts: 1 })
  expect(up.samples.some(({ warmup }) => warmup)).toBe(false)
  expect(answer.processes?.rows).toHaveLength(1)
  expect(workers).toHaveLength(2)
})

test('a worker that cannot start says why', async () => {
  const inbox = new Inbox()
  const source = live({ workerPath: '/nowhere/worker.cjs' })
  source.start(inbox.receive)
  const down = await inbox.until(inState('restarting'))
  await source.stop()
  expect(down.health?.[0]?.reason).toMatch(/^worker failed: Cannot find module/)
})

test('commands are taken for this machine only, and not when only reading', async () => {
  using tree = makeTree()
  const target = { pid: 7, startTicks: 100 }
  const command = { kind: 'signal', targets: [target], signal: 'SIGTERM' } as const
  const recorded = live({ root: tree.root })
  const reading = live({ readOnly: true })
  const acting = live()
  expect([recorded, reading].map(({ can }) => [...can])).toEqual([[], []])
  expect([...acting.can]).toEqual(expect.arrayContaining(['signal', 'nice']))
  expect(acting.can).toBe(acting.can)
  const recording = 'this is a recording, not this machine'
  expect(await recorded.command(command)).toEqual({ ok: false, reason: recording })
  expect(await recorded.inspect(target)).toBeUndefined()
  expect(await reading.command(command)).toEqual({ ok: false, reason: 'read-only' })
  await Promise.all([recorded, reading, acting].map((source) => source.stop()))
})

test('a process is acted on and looked at, until the source is stopped', async () => {
  await using running = await sleeper()
  const { target } = running
  const source = live()
  const targets = [target, { pid: target.pid, startTicks: 1 }]
  const reason = `1 of 2 not: pid ${target.pid} is another process now`
  expect(await source.command({ kind: 'nice', targets, nice: 8 })).toEqual({ ok: false, reason })
  expect(await source.inspect(target)).toMatchObject({ nice: 8 })
  await source.stop()
  const late = await source.command({ kind: 'io_class', targets: [target], ioClass: 'idle', level: 0 })
  expect(late).toEqual({ ok: false, reason: 'ionice: was ended' })
})
