import { getEventListeners } from 'node:events'
import { connect, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type CheckType, degraded, down, up } from '../../src/checks/check.ts'
import { HostError } from '../../src/checks/failure.ts'
import { type RunEnvironment, runCheck } from '../../src/checks/run.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { redactor } from '../../src/lib/secrets.ts'
import type { CheckDefinition } from '../../src/model/check.ts'
import { checkDefinition, typeThat } from './definitions.ts'

function environment(changes: Partial<RunEnvironment> = {}): RunEnvironment {
  return {
    clock: systemClock,
    processes: async () => [],
    memories: new Map(),
    left: new Map(),
    redact: (text) => text,
    ...changes,
  }
}

const NEVER = new AbortController().signal

function run(type: CheckType, changes: Partial<CheckDefinition> = {}, around = environment(), stop = NEVER) {
  return runCheck(type, checkDefinition('api', changes), around, stop)
}

test('an outcome gets its times, and what it took where it says no latency', async () => {
  const before = systemClock.monoMs()
  const result = await run(typeThat(async () => up({ facts: [{ name: 'answer', value: 'OK' }] })))
  expect(result).toMatchObject({ check: 'api', tries: 1, outcome: { state: 'up', facts: [{ value: 'OK' }] } })
  expect(result.monoMs).toBeGreaterThanOrEqual(before)
  expect(result.outcome.latencyS).toBeLessThanOrEqual(result.durationMs / 1000)
  expect(result.outcome.latencyS).toBeGreaterThanOrEqual(0)
  expect((await run(typeThat(async () => up({ latencyS: 7 })))).outcome.latencyS).toBe(7)
  expect((await run(typeThat(async () => up({ noLatency: true })))).outcome.latencyS).toBeUndefined()
})

test('only what is down is tried again', async () => {
  const states: string[] = []
  const answering = (...outcomes: ReturnType<typeof up>[]) =>
    typeThat(async () => {
      const outcome = outcomes[states.length] ?? up()
      states.push(outcome.state)
      return outcome
    })
  const again = await run(answering(down('refused', 'no'), up()), { retries: 3 })
  expect([again.outcome.state, again.tries]).toEqual(['up', 2])
  states.length = 0
  const slow = await run(answering(degraded('slow', 'slow')), { retries: 3 })
  expect([slow.outcome.state, slow.tries]).toEqual(['degraded', 1])
  states.length = 0
  const failing = await run(
    typeThat(() => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))),
    { retries: 2, target: 'here:1' },
  )
  expect([failing.outcome.error, failing.tries]).toEqual(['connection refused by here:1', 3])
  const broken = await run(
    typeThat(() => {
      throw new TypeError('a mistake')
    }),
    { retries: 2 },
  )
  expect([broken.outcome.state, broken.outcome.reason, broken.tries]).toEqual(['unknown', 'bug', 1])
})

test('the timeout ends all tries, with a socket that hangs', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const signals: AbortSignal[] = []
  const hanging = typeThat(
    (_, { signal }) =>
      new Promise((_, reject) => {
        signals.push(signal)
        const socket = connect(port, '127.0.0.1')
        signal.addEventListener('abort', () => socket.destroy(signal.reason))
        socket.on('error', reject)
      }),
  )
  const result = await run(hanging, { timeoutMs: 100, retries: 1 })
  expect(result.outcome).toEqual({ state: 'down', reason: 'timeout', error: 'no answer within 100 ms' })
  expect([result.tries, signals.length]).toEqual([1, 1])
  expect(signals[0]?.aborted).toBe(true)
})

test('a try that had no time left says less than the one before it', async () => {
  let tries = 0
  const type = typeThat((_, { signal }) => {
    if (tries++ === 0) return Promise.resolve(down('refused', 'connection refused by here:1'))
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  })
  const result = await run(type, { timeoutMs: 400, retries: 3 })
  expect([result.outcome.reason, result.tries]).toEqual(['refused', 2])
  expect(result.durationMs).toBeLessThan(2 * 400)
})

test('a check that says why it got no answer in time is believed', async () => {
  const telling = typeThat(
    (_, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(down('timeout', 'connected, but it said nothing')))
      }),
  )
  expect((await run(telling, { timeoutMs: 50 })).outcome.error).toBe('connected, but it said nothing')
})

test('a check that ignores its signal is left behind, and after three of them not begun any more', async () => {
  const around = environment()
  let ends: (() => void)[] = []
  const deaf = typeThat(() => new Promise((resolve) => ends.push(() => resolve(up()))))
  for (let turn = 0; turn < 3; turn++) {
    const { outcome } = await run(deaf, { timeoutMs: 20 }, around)
    expect(outcome.reason).toBe('timeout')
  }
  expect(ends).toHaveLength(3)
  expect((await run(deaf, { timeoutMs: 20 }, around)).outcome).toMatchObject({ state: 'unknown', reason: 'hangs' })
  expect(ends).toHaveLength(3)
  for (const end of ends) end()
  ends = []
  await expect.poll(() => around.left.size).toBe(0)
  expect((await run(deaf, { timeoutMs: 20 }, around)).outcome.reason).toBe('timeout')
  for (const end of ends) end()
})

test('stopping ends it at once, and leaves no listener on the signal', async () => {
  const stop = new AbortController()
  const hanging = typeThat(
    (_, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  )
  const running = run(hanging, { timeoutMs: 60_000, retries: 5 }, environment(), stop.signal)
  stop.abort()
  const { outcome, tries, durationMs } = await running
  expect([outcome.state, outcome.reason, tries]).toEqual(['unknown', 'stopped', 1])
  expect(durationMs).toBeLessThan(5000)
  const late = new AbortController()
  await run(
    typeThat(async () => up()),
    {},
    environment(),
    late.signal,
  )
  await run(
    typeThat(async () => down('refused', 'no')),
    { retries: 1 },
    environment(),
    late.signal,
  )
  expect(getEventListeners(late.signal, 'abort')).toEqual([])
})

test('a host that is slow to tell its processes says nothing of the service', async () => {
  const asking = typeThat(async (_, { processes, signal }) => {
    await processes({ name: 'nginx' }).catch(() => signal.throwIfAborted())
    return up()
  })
  const slow = environment({
    processes: (_, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  })
  expect((await run(asking, { timeoutMs: 50, retries: 1 }, slow)).outcome).toEqual({
    state: 'unknown',
    reason: 'host',
    error: 'the processes of this host: no answer within 50 ms',
  })
  const failing = environment({ processes: () => Promise.reject(new HostError('nobody lists them')) })
  const plain = typeThat(async (_, { processes }) =>
    up({ values: [{ label: 'n', value: (await processes({})).length, unit: '' }] }),
  )
  expect((await run(plain, {}, failing)).outcome).toEqual({
    state: 'unknown',
    reason: 'host',
    error: 'nobody lists them',
  })
})

test('each check remembers its own', async () => {
  const around = environment()
  const counting = typeThat(async (_, { memory }) => {
    memory.set('count', Number(memory.get('count') ?? 0) + 1)
    return up({ values: [{ label: 'count', value: Number(memory.get('count')), unit: '' }] })
  })
  await run(counting, {}, around)
  await run(counting, { name: 'other' }, around)
  expect((await run(counting, {}, around)).outcome.values?.[0]?.value).toBe(2)
})

test('no text tells a secret, and none is unsafe', async () => {
  const redact = redactor([
    { value: 'hunter2-token', shown: '$' + '{TOKEN}' },
    { value: 'down', shown: '•••' },
  ])
  const leaking = typeThat(async () =>
    down('status', 'got hunter2-token\x1b]0;title\x07', {
      facts: [{ name: 'body', value: `token=${encodeURIComponent('hunter2-token')}` }],
      headers: [{ name: 'x-hunter2-token', value: 'hunter2-token' }],
      expectations: [{ name: 'body', met: false, found: 'hunter2-token', wanted: '/ok/' }],
      values: [{ label: 'hunter2-token', value: 1, unit: '' }],
    }),
  )
  const { outcome } = await run(leaking, {}, environment({ redact }))
  expect(JSON.stringify(outcome)).not.toContain('hunter2')
  expect(outcome).toMatchObject({
    state: 'down',
    error: 'got $' + '{TOKEN}]0;title',
    facts: [{ value: 'token=$' + '{TOKEN}' }],
  })
})

test('what failed while this process was stopped is asked once more, with all its time', async () => {
  let nowMs = 0
  let runs = 0
  const clock = { wallMs: () => 0, monoMs: () => nowMs }
  const stopped = (forMs: number, after: ReturnType<typeof up>) =>
    typeThat(async () => {
      nowMs += runs++ === 0 ? forMs : 10
      return runs === 1 ? down('timeout', 'no answer') : after
    })
  const long = await run(stopped(60_000, up()), { timeoutMs: 3000 }, environment({ clock }))
  expect([long.outcome.state, long.durationMs, long.monoMs, runs]).toEqual(['up', 10, 60_000, 2])
  runs = 0
  expect((await run(stopped(60_000, down('refused', 'no')), {}, environment({ clock }))).outcome.reason).toBe('refused')
  runs = 0
  expect((await run(stopped(3100, up()), { timeoutMs: 3000 }, environment({ clock }))).outcome.reason).toBe('timeout')
})
