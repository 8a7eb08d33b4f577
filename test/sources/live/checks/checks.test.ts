import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { systemClock } from '../../../../src/lib/clock.ts'
import type { CheckBatch, CheckDefinition, CheckResult } from '../../../../src/model/check.ts'
import type { SourceHealth } from '../../../../src/model/source.ts'
import { type Checks, type ChecksOptions, createChecks } from '../../../../src/sources/live/checks/checks.ts'
import type { ChecksConfig, FromChecks } from '../../../../src/sources/live/checks/messages.ts'
import { checkDefinition } from '../../../checks/definitions.ts'
import { type Bundle, bundle } from '../bundle.ts'
import { SETUP } from './collected.ts'

const PATIENT = { timeout: 25_000, interval: 20 }

let naughty: Bundle
beforeAll(async () => {
  naughty = await bundle('test/sources/live/checks/naughty-worker.ts')
})
afterAll(() => naughty[Symbol.dispose]())

/** A thread that is none: it does what the test says. */
class FakeWorker extends EventEmitter {
  readonly config: ChecksConfig
  readonly posted: unknown[] = []

  constructor(config: ChecksConfig) {
    super()
    this.config = config
  }
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  terminate(): Promise<number> {
    return new Promise(() => {})
  }
  unref(): void {}
  says(message: FromChecks): void {
    this.emit('message', message)
  }
}

interface Told extends AsyncDisposable {
  readonly checks: Checks
  readonly batches: CheckBatch[]
  readonly healths: (SourceHealth | undefined)[]
  readonly workers: FakeWorker[]
  results(name: string): CheckResult[]
}

function telling(changes: Partial<ChecksOptions>, fake = false): Told {
  const batches: CheckBatch[] = []
  const healths: (SourceHealth | undefined)[] = []
  const workers: FakeWorker[] = []
  const checks = createChecks({
    workerPath: naughty.path,
    clock: systemClock,
    setup: SETUP,
    timing: { deadlineMs: 2000, quietMs: 1500, beatMs: 200 },
    receive: (batch) => void batches.push(batch),
    tell: (health) => void healths.push(health),
    select: async () => [],
    ...(fake && {
      createWorker: (_, { workerData }) => {
        workers.push(new FakeWorker(workerData))
        return workers.at(-1) as unknown as Worker
      },
    }),
    ...changes,
  })
  return {
    checks,
    batches,
    healths,
    workers,
    results: (name) => batches.flatMap(({ results = [] }) => results).filter(({ check }) => check === name),
    async [Symbol.asyncDispose]() {
      const stopping = checks.stop()
      for (const worker of workers) worker.emit('exit', 0)
      await stopping
    },
  }
}

const often = (name: string, type: string): CheckDefinition => checkDefinition(name, { type, intervalMs: 200 })
const result = (check: string): CheckResult => ({
  check,
  outcome: { state: 'up' },
  wallMs: 1,
  monoMs: 1,
  durationMs: 1,
  tries: 1,
})

test('there is no thread before the first check, and none after the last', async () => {
  await using told = telling({}, true)
  expect([told.checks.any, told.workers, told.batches]).toEqual([false, [], []])
  told.checks.listen([{ protocol: 'tcp', address: '127.0.0.1', port: 25 }])
  expect(told.workers).toEqual([])
  const api = often('api', 'well')
  told.checks.configure({ ...SETUP, definitions: [api] })
  expect([told.checks.any, told.workers.length]).toEqual([true, 1])
  // Definitions first, whatever becomes of the thread.
  expect(told.batches).toEqual([{ definitions: [api] }])
  // Services are to be found from now on, too: what listens is known.
  told.checks.configure({ ...SETUP, definitions: [api], discover: true })
  expect(told.workers[0]?.posted).toMatchObject([{ kind: 'setup' }, { kind: 'listeners', listeners: [{ port: 25 }] }])
  told.workers[0]?.says({ kind: 'results', calm: false, results: [result('api'), result('nobody')], next: { api: 5 } })
  expect(told.batches[1]).toEqual({ results: [result('api')], next: { api: 5 } })
  expect(told.healths.at(-1)).toMatchObject({ name: 'checks', state: 'running' })
  // A beat is for the supervisor alone.
  told.workers[0]?.says({ kind: 'results', calm: true, results: [], next: {} })
  expect(told.batches).toHaveLength(2)
  told.checks.configure(SETUP)
  expect(told.batches[2]).toEqual({ definitions: [] })
  expect([told.checks.any, told.healths.at(-1)]).toEqual([false, undefined])
  expect(told.workers[0]?.posted).toContainEqual({ kind: 'stop' })
  told.workers[0]?.says({ kind: 'results', calm: false, results: [result('api')], next: {} })
  expect(told.batches).toHaveLength(3)
})

test('where checks are to begin later there is no thread before', async () => {
  const api = often('api', 'well')
  await using told = telling({ later: true, setup: { ...SETUP, definitions: [api] } }, true)
  // What there is to check is known all the same.
  expect(told.batches).toEqual([{ definitions: [api] }])
  told.checks.listen([{ protocol: 'tcp', address: '127.0.0.1', port: 25 }])
  told.checks.configure({ ...SETUP, definitions: [api], discover: true })
  expect(told.workers).toEqual([])
  told.checks.begin()
  expect(told.workers.map(({ config }) => config.setup)).toEqual([{ ...SETUP, definitions: [api], discover: true }])
  expect(told.workers[0]?.posted).toMatchObject([{ kind: 'listeners', listeners: [{ port: 25 }] }])
})

test('services that are found start a thread, are told, and are known to the next thread', async () => {
  vi.useFakeTimers()
  try {
    await using told = telling({ setup: { ...SETUP, discover: true } }, true)
    const listeners = [{ protocol: 'tcp' as const, address: '127.0.0.1', port: 25 }]
    expect(told.workers).toEqual([])
    told.checks.listen(listeners)
    expect(told.workers[0]?.posted).toEqual([{ kind: 'listeners', listeners }])
    const found = checkDefinition('smtp', { origin: 'discovered' })
    told.workers[0]?.says({ kind: 'discovered', definitions: [found] })
    expect(told.batches).toEqual([{ definitions: [found] }])
    told.workers[0]?.emit('exit', 1)
    vi.advanceTimersByTime(5000)
    expect(told.workers[1]?.config.discovered).toEqual([found])
    expect(told.workers[1]?.posted).toEqual([{ kind: 'listeners', listeners }])
    expect(told.batches).toHaveLength(1)
    told.checks.configure(SETUP)
    expect(told.batches.at(-1)).toEqual({ definitions: [] })
  } finally {
    vi.useRealTimers()
  }
})

test('somebody who asks gets a word why not', async () => {
  await using told = telling({}, true)
  expect(told.checks.checkNow([])).toEqual({ ok: false, reason: 'there are no checks' })
  told.checks.configure({ ...SETUP, definitions: [often('api', 'well')] })
  expect(told.checks.checkNow(['api', 'db'])).toEqual({ ok: false, reason: 'there is no check db' })
  expect(told.checks.checkNow(['api'])).toEqual({ ok: true })
  expect(told.workers[0]?.posted).toEqual([{ kind: 'check_now', names: ['api'] }])
  told.workers[0]?.emit('exit', 1)
  expect(told.checks.checkNow(['api'])).toEqual({ ok: false, reason: 'the checks are being started again' })
})

test('questions for processes go to whoever knows, and answers back', async () => {
  let tell: (reason: Error) => void = () => {}
  const select = vi
    .fn()
    .mockResolvedValueOnce([])
    .mockReturnValueOnce(new Promise((_, reject) => (tell = reject)))
  await using told = telling({ select, setup: { ...SETUP, definitions: [often('api', 'well')] } }, true)
  const [worker] = told.workers
  worker?.says({ kind: 'select', id: '1.1', selector: { name: 'nginx' } })
  worker?.says({ kind: 'select', id: '1.2', selector: { pid: 1 } })
  expect(select.mock.calls).toEqual([[{ name: 'nginx' }], [{ pid: 1 }]])
  await vi.waitFor(() => expect(worker?.posted).toEqual([{ kind: 'processes', id: '1.1', rows: [] }]), 10_000)
  tell(new Error('the thread that lists processes was lost'))
  await vi.waitFor(() =>
    expect(worker?.posted[1]).toEqual({
      kind: 'processes',
      id: '1.2',
      failed: 'the thread that lists processes was lost',
    }),
  )
})

test.concurrent('real threads: a check that hangs is found out and left out, and the others go on', async () => {
  const definitions = [often('a', 'well'), often('spinning', 'spin'), often('b', 'well')]
  await using told = telling({ setup: { ...SETUP, definitions } })
  await vi.waitFor(() => expect(told.results('spinning')).toHaveLength(1), PATIENT)
  expect(told.results('spinning')[0]).toMatchObject({
    tries: 0,
    outcome: {
      state: 'unknown',
      reason: 'hangs',
      error: 'it hung the thread of all checks twice, and is left out for an hour',
    },
  })
  expect(told.healths.filter((health) => health?.state === 'restarting')[0]?.reason).toMatch(/^no answer for \d s/)
  const before = { a: told.results('a').length, b: told.results('b').length }
  await vi.waitFor(() => {
    expect(told.results('a').length).toBeGreaterThan(before.a + 1)
    expect(told.results('b').length).toBeGreaterThan(before.b + 1)
  }, PATIENT)
  expect(told.results('spinning')).toHaveLength(1)
  expect(told.checks.checkNow(['spinning'])).toEqual({
    ok: false,
    reason: 'spinning is left out: it stops all other checks',
  })
  const began = performance.now()
  await told.checks.stop()
  expect(performance.now() - began).toBeLessThan(600)
})

test.concurrent.each([
  ['throw', 'nobody catches this'],
  ['reject', 'nobody handles this'],
])('real threads: a check that ends its thread (%s) is left out as well', async (type, message) => {
  const definitions = [often('a', 'well'), often('bad', type)]
  await using told = telling({ setup: { ...SETUP, definitions } })
  await vi.waitFor(() => expect(told.results('bad')).toHaveLength(1), PATIENT)
  const { state, reason, error } = told.results('bad')[0]?.outcome ?? {}
  expect([state, reason]).toEqual(['unknown', 'bug'])
  expect(error).toContain(`it ended the thread of all checks (worker failed: ${message}) twice`)
  const before = told.results('a').length
  await vi.waitFor(() => expect(told.results('a').length).toBeGreaterThan(before + 1), PATIENT)
  // As another check it gets another chance.
  told.checks.configure({ ...SETUP, definitions: [often('a', 'well'), often('bad', 'well')] })
  await vi.waitFor(() => expect(told.results('bad').at(-1)?.outcome.state).toBe('up'), PATIENT)
})

test.concurrent('real threads: a thread that outgrows its memory ends alone, and what did it is left out', async () => {
  const definitions = [often('a', 'well'), often('grows', 'grow')]
  await using told = telling({ setup: { ...SETUP, definitions } })
  await vi.waitFor(() => expect(told.results('grows')).toHaveLength(1), PATIENT)
  expect(told.healths.find((health) => health?.state === 'restarting')?.reason).toMatch(/^worker failed: .*memory/)
  expect(told.results('grows')[0]?.outcome.error).toMatch(/^it ended the thread of all checks \(.*memory.*\) twice/)
  const before = told.results('a').length
  await vi.waitFor(() => expect(told.results('a').length).toBeGreaterThan(before + 1), PATIENT)
})

test.concurrent('real threads: a thread that hangs is ended in time', async () => {
  await using told = telling({ setup: { ...SETUP, definitions: [often('spinning', 'spin')] } })
  await vi.waitFor(() => expect(told.healths.at(-1)?.state).toBe('running'), PATIENT)
  await new Promise((resolve) => setTimeout(resolve, 500))
  const began = performance.now()
  await told.checks.stop()
  expect(performance.now() - began).toBeLessThan(600)
})
