import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { systemClock } from '../../../../src/lib/clock.ts'
import type { CheckResult } from '../../../../src/model/check.ts'
import type { Batch } from '../../../../src/model/source.ts'
import type { ChecksSetup } from '../../../../src/sources/live/checks/messages.ts'
import { createLiveSource, type LiveOptions, type LiveSource } from '../../../../src/sources/live/live.ts'
import { checkDefinition } from '../../../checks/definitions.ts'
import { tcpServer } from '../../../checks/servers/loopback.ts'
import { type Bundle, bundle } from '../bundle.ts'
import { makeTree } from '../tree.ts'
import { SETUP } from './collected.ts'

const PATIENT = { timeout: 20_000, interval: 20 }

let host: Bundle
let worker: Bundle
beforeAll(async () => {
  host = await bundle('src/sources/live/worker.ts')
  worker = await bundle('src/sources/live/checks/worker.ts')
})
afterAll(() => {
  host[Symbol.dispose]()
  worker[Symbol.dispose]()
})

interface Live extends AsyncDisposable {
  readonly source: LiveSource
  readonly batches: Batch[]
  results(name: string): CheckResult[]
}

function live(checks: Partial<ChecksSetup>, changes: Partial<LiveOptions> = {}): Live {
  const batches: Batch[] = []
  const source = createLiveSource({
    platform: 'procfs',
    root: '/',
    intervalMs: 200,
    workerPath: host.path,
    clock: systemClock,
    readOnly: false,
    checks: { ...SETUP, ...checks, workerPath: worker.path },
    ...changes,
  })
  source.start((batch) => batches.push(batch))
  return {
    source,
    batches,
    results: (name) => batches.flatMap(({ checks }) => checks?.results ?? []).filter(({ check }) => check === name),
    [Symbol.asyncDispose]: () => source.stop(),
  }
}

function tcpCheck(port: number) {
  const settings = { host: '127.0.0.1', port, expect: { text: 'ready' } }
  return checkDefinition('smtp', { type: 'tcp', target: `127.0.0.1:${port}`, settings, intervalMs: 1000 })
}

test('checks run in a thread of their own, and their processes are told by the other', async () => {
  await using server = await tcpServer((socket) => socket.end('220 ready\r\n'))
  const child = spawn('sleep', ['300'])
  onTestFinished(() => void child.kill('SIGKILL'))
  const pattern = { source: '^sleep 300$', flags: '' }
  const settings = { match: pattern, count: { op: '>=', value: 1 }, restarts: { op: '<', value: 3 } }
  const processes = checkDefinition('sleepers', { type: 'process', settings, intervalMs: 1000 })
  await using running = live({ definitions: [tcpCheck(server.port), processes] })
  await vi.waitFor(() => expect(running.results('smtp').length).toBeGreaterThan(1), PATIENT)
  await vi.waitFor(() => expect(running.results('sleepers').length).toBeGreaterThan(0), PATIENT)
  const told = running.batches.flatMap(({ checks }) => checks ?? [])
  expect(told[0]).toEqual({ definitions: [tcpCheck(server.port), processes] })
  const [, second] = running.results('smtp')
  expect(second?.outcome).toMatchObject({ state: 'up', facts: [{ name: 'answer', value: '220 ready' }, {}] })
  // On one clock with everything else.
  expect(Math.abs((second?.monoMs ?? 0) - systemClock.monoMs())).toBeLessThan(20_000)
  const found = running.results('sleepers').at(-1)?.outcome
  expect(found).toMatchObject({ state: 'up' })
  expect(found?.processes).toMatchObject({ process_threads: expect.any(Number), process_files: expect.any(Number) })
  const healths = running.batches.flatMap(({ health }) => (health === undefined ? [] : [health]))
  await vi.waitFor(() => expect(healths.at(-1)?.map(({ name, state }) => [name, state])).toBeDefined(), PATIENT)
  expect(new Set(healths.at(-1)?.map(({ name }) => name))).toEqual(new Set(['worker', 'checks']))
})

test('what can be done follows the checks', async () => {
  await using server = await tcpServer((socket) => socket.end('220 ready\r\n'))
  await using running = live({})
  const { source } = running
  expect([...source.can]).not.toContain('check_now')
  expect(await source.command({ kind: 'check_now', names: [] })).toEqual({ ok: false, reason: 'there are no checks' })
  const hourly = { ...tcpCheck(server.port), intervalMs: 3_600_000 }
  source.configure({ ...SETUP, definitions: [hourly] })
  expect([...source.can]).toContain('check_now')
  expect(source.can).toBe(source.can)
  await vi.waitFor(() => expect(running.results('smtp')).toHaveLength(1), PATIENT)
  expect(await source.command({ kind: 'check_now', names: ['smtp'] })).toEqual({ ok: true })
  await vi.waitFor(() => expect(running.results('smtp')).toHaveLength(2), PATIENT)
  expect(running.results('smtp')[1]?.asked).toBe(true)
  source.configure(SETUP)
  expect([...source.can]).not.toContain('check_now')
  const began = performance.now()
  await source.stop()
  expect(performance.now() - began).toBeLessThan(800)
})

test('who only reads asks nothing, and a recording is no place to find services', async () => {
  using tree = makeTree()
  await using server = await tcpServer((socket) => socket.end('220 ready\r\n'))
  const definitions = [tcpCheck(server.port)]
  await using reading = live({ definitions }, { readOnly: true })
  expect([...reading.source.can]).toEqual([])
  expect(await reading.source.command({ kind: 'check_now', names: [] })).toEqual({ ok: false, reason: 'read-only' })
  await using recorded = live({ discover: true }, { root: tree.root })
  await vi.waitFor(() => expect(recorded.batches.some(({ listeners }) => listeners !== undefined)).toBe(true), PATIENT)
  expect(recorded.batches.flatMap(({ checks }) => checks ?? [])).toEqual([])
})

test('services of this machine are found', async () => {
  // Sockets of this process are its own, so a service of another is needed.
  const program =
    "require('net').createServer((s) => s.end('hello\\n')).listen(0, '127.0.0.1', function () { console.log(this.address().port) })"
  const child = spawn(process.execPath, ['-e', program])
  onTestFinished(() => void child.kill('SIGKILL'))
  const [text] = await once(child.stdout, 'data')
  await using running = live({ discover: true })
  const targets = () => running.batches.flatMap(({ checks }) => checks?.definitions ?? []).map(({ target }) => target)
  await vi.waitFor(() => expect(targets()).toContain(`127.0.0.1:${String(text).trim()}`), PATIENT)
})
