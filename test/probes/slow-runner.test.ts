import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, expect, test, vi } from 'vitest'
import type { Spawn } from '../../src/lib/run-program.ts'
import type { SlowContext, SlowProbe } from '../../src/probes/probe.ts'
import { createSlowRunner, type SlowRunner, type SlowRunnerOptions } from '../../src/probes/slow-runner.ts'
import { filesOf } from './linux/recorder.ts'

const clock = { wallMs: () => 1_700_000_000_000, monoMs: () => 42 }
const recordedFiles = filesOf({ 'proc/uptime': '7\n' })
const open: SlowRunner[] = []

afterEach(() => {
  vi.useRealTimers()
  for (const runner of open.splice(0)) runner.close()
})

function slow(name: string, measure: SlowProbe['measure'], more: Partial<SlowProbe> = {}): SlowProbe {
  return { name, everyMs: 10_000, deadlineMs: 5000, series: [], asksMachine: false, measure, ...more }
}

function runnerOf(probes: readonly SlowProbe[], options: SlowRunnerOptions = {}, files = recordedFiles): SlowRunner {
  const runner = createSlowRunner(probes, files, clock, options)
  open.push(runner)
  return runner
}

/** A measurement that ends when the test says so. */
function gate() {
  const calls: { resolve: () => void; reject: (error: Error) => void; context: SlowContext }[] = []
  const measure = (context: SlowContext) =>
    new Promise<void>((resolve, reject) => {
      calls.push({ resolve, reject, context })
    })
  return { calls, measure }
}

/** Starts one that does nothing but `ask`, and gives its sample. */
async function once(ask: SlowProbe['measure'], options: SlowRunnerOptions & { deadlineMs?: number } = {}) {
  const { deadlineMs = 5000, ...rest } = options
  const runner = runnerOf([slow('one', ask, { deadlineMs })], rest)
  expect(runner.due(0)).toEqual([])
  await runner.settled(10_000)
  return runner.due(1)[0]
}

test('the first turn is at once, its sample comes with the call after it has finished, and once', async () => {
  const runner = runnerOf([
    slow('gpu', async ({ files }, out) => {
      out.gauge('uptime_seconds', Number(Buffer.from(files.read('proc/uptime')).toString()))
      out.gauge('load_1m', Number.NaN)
    }),
  ])
  expect(runner.due(0)).toEqual([])
  await runner.settled(1000)
  expect(runner.due(1000)).toEqual([
    {
      source: 'gpu',
      everyMs: 10_000,
      wallMs: 1_700_000_000_000,
      monoMs: 42,
      gauges: { uptime_seconds: 7 },
      counters: {},
      states: {},
    },
  ])
  expect(runner.due(2000)).toEqual([])
})

test('never twice at once: a turn that comes while the last one runs is left out', async () => {
  const { calls, measure } = gate()
  const runner = runnerOf([slow('one', measure, { deadlineMs: 60_000 })])
  runner.due(0)
  await vi.waitFor(() => expect(calls).toHaveLength(1), 10_000)
  expect(runner.due(10_000)).toEqual([])
  calls[0]?.resolve()
  await runner.settled(1000)
  expect(runner.due(19_000)).toHaveLength(1)
  expect(calls).toHaveLength(1)
  runner.due(20_000)
  await vi.waitFor(() => expect(calls).toHaveLength(2), 10_000)
})

test('what fails has a reason, stops no other, and has its next turn', async () => {
  const { calls, measure } = gate()
  const runner = runnerOf([slow('bad', measure), slow('good', async () => undefined)])
  runner.due(0)
  await vi.waitFor(() => expect(calls).toHaveLength(1), 10_000)
  calls[0]?.reject(new Error('no such card\nat somewhere'))
  await runner.settled(1000)
  const told = runner.due(1000).map(({ source, failed }) => [source, failed])
  expect(told.sort()).toEqual([
    ['bad', 'no such card'],
    ['good', undefined],
  ])
  expect(calls[0]?.context.signal.aborted).toBe(true)
  runner.due(10_000)
  await vi.waitFor(() => expect(calls).toHaveLength(2), 10_000)
})

test('one that throws instead of rejecting is no different', async () => {
  const sample = await once(() => {
    throw new Error('at once')
  })
  expect(sample?.failed).toBe('at once')
})

test('a deadline ends it; as long as it does not come back each turn says so, and what it writes late is lost', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let back: () => void = () => undefined
  let starts = 0
  const runner = runnerOf([
    slow('hung', async (_, out) => {
      starts++
      out.gauge('load_1m', 1)
      await new Promise<void>((resolve) => {
        back = resolve
      })
      out.gauge('load_5m', 1)
    }),
  ])
  runner.due(0)
  await vi.advanceTimersByTimeAsync(4999)
  expect(runner.due(4999)).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(runner.due(5000)).toMatchObject([{ source: 'hung', failed: 'no answer within 5 s', gauges: {} }])
  runner.due(10_000)
  await vi.advanceTimersByTimeAsync(0)
  expect(runner.due(11_000)).toMatchObject([{ failed: 'has not come back from its last turn' }])
  expect(starts).toBe(1)
  back()
  await vi.advanceTimersByTimeAsync(0)
  expect(runner.due(12_000)).toEqual([])
  runner.due(20_000)
  await vi.advanceTimersByTimeAsync(0)
  expect(starts).toBe(2)
})

test('waiting for those that run takes no longer than one wants to wait', async () => {
  const { measure } = gate()
  const runner = runnerOf([slow('one', measure, { deadlineMs: 60_000 })])
  await runner.settled(60_000)
  runner.due(0)
  const begin = performance.now()
  await runner.settled(30)
  const waited = performance.now() - begin
  expect(waited).toBeGreaterThan(25)
  expect(waited).toBeLessThan(5000)
  expect(runner.due(1)).toEqual([])
})

test('those that ask the machine are left out where a recorded tree is read', async () => {
  const starts: string[] = []
  const probes = [true, false].map((asksMachine) =>
    slow(String(asksMachine), async () => void starts.push(String(asksMachine)), { asksMachine }),
  )
  const recorded = runnerOf(probes)
  recorded.due(0)
  await recorded.settled(1000)
  expect(starts).toEqual(['false'])
  const machine = runnerOf(probes, {}, { ...recordedFiles, root: '/' })
  machine.due(0)
  await machine.settled(1000)
  expect(starts).toEqual(['false', 'true', 'false'])
})

test('turns keep to the sampling interval, whole intervals apart', async () => {
  const runner = runnerOf([slow('one', async () => undefined)], { intervalMs: 3000 })
  runner.due(0)
  await runner.settled(1000)
  expect(runner.due(3000)[0]?.everyMs).toBe(12_000)
})

test('a program says what it has to say in the language of its format, without a shell', async () => {
  let told: string | undefined
  const sample = await once(async ({ run }) => {
    told = await run('/bin/sh', ['-c', 'echo "$LC_ALL $1" "$PWD"', 'sh', '$HOME; "x"'])
  })
  expect([sample?.failed, told]).toEqual([undefined, 'C $HOME; "x" /\n'])
})

test('a program that is not there is no failure', async () => {
  let told: string | undefined = 'unasked'
  const sample = await once(async ({ run }) => {
    told = await run('healthtop-no-such-program', [])
  })
  expect([sample?.failed, told]).toEqual([undefined, undefined])
})

test.each([
  ['echo out; echo first >&2; echo "it is broken" >&2; exit 3', 'sh: it is broken'],
  ['exit 3', 'sh: ended with status 3'],
  ['kill -TERM $$', 'sh: was ended by SIGTERM'],
  ['exec head -c 1100000 /dev/zero', 'sh: wrote more than 1 MB'],
])('a program that does %j fails', async (script, failed) => {
  const sample = await once(async ({ run }) => void (await run('sh', ['-c', script])))
  expect(sample?.failed).toBe(failed)
})

/** Resolves with the signal that ended the first child that was started. */
function watchedSpawn() {
  const children: ChildProcess[] = []
  const watched: Spawn = (...call) => {
    const child = spawn(...call)
    children.push(child)
    return child
  }
  return { spawn: watched, children }
}

test('the deadline kills its program', async () => {
  const { spawn: watched, children } = watchedSpawn()
  const sample = await once(async ({ run }) => void (await run('sleep', ['600'])), { spawn: watched, deadlineMs: 50 })
  expect(sample?.failed).toBe('no answer within 0.05 s')
  await vi.waitFor(() => expect(children.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL']), 10_000)
})

test('closing kills the programs, and nothing is given any more', async () => {
  const { spawn: watched, children } = watchedSpawn()
  const runner = runnerOf([slow('one', async ({ run }) => void (await run('sleep', ['600'])))], { spawn: watched })
  runner.due(0)
  await vi.waitFor(() => expect(children[0]?.pid).toBeDefined(), 10_000)
  runner.close()
  await runner.settled(5000)
  // Its guard may not have been up yet.
  await vi.waitFor(() => expect(children[0]?.signalCode).toMatch(/^SIG(KILL|ALRM)$/), 10_000)
  expect(runner.due(20_000)).toEqual([])
  expect(children).toHaveLength(1)
})
