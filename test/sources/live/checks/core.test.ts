import { setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { down, up } from '../../../../src/checks/check.ts'
import { resolve, SYSTEM_NAMES } from '../../../../src/checks/net/resolve.ts'
import type { CheckDefinition } from '../../../../src/model/check.ts'
import { createInFlight, namesIn } from '../../../../src/sources/live/checks/in-flight.ts'
import { checkDefinition, typeThat } from '../../../checks/definitions.ts'
import { leavingNothing, tcpServer, udpServer } from '../../../checks/servers/loopback.ts'
import { collecting, SETUP } from './collected.ts'
import { otherProcess } from './other-process.ts'

const PATIENT = { timeout: 15_000, interval: 20 }

function tcpCheck(name: string, port: number, changes: Partial<CheckDefinition> = {}): CheckDefinition {
  return checkDefinition(name, {
    type: 'tcp',
    target: `127.0.0.1:${port}`,
    settings: { host: '127.0.0.1', port },
    intervalMs: 1000,
    ...changes,
  })
}

function webCheck(name: string, port: number, changes: Partial<CheckDefinition> = {}): CheckDefinition {
  return checkDefinition(name, {
    type: 'http',
    settings: { url: `http://127.0.0.1:${port}/` },
    intervalMs: 1000,
    ...changes,
  })
}

test('definitions run on schedule, and the next turns are told', async () => {
  await using server = await tcpServer((socket) => socket.end('220 ready\r\n'))
  using collected = collecting({ setup: { ...SETUP, definitions: [tcpCheck('smtp', server.port)] } })
  // Told at once: who listens knows when to expect something.
  expect(collected.posted).toMatchObject([{ kind: 'results', results: [], next: { smtp: expect.any(Number) } }])
  await vi.waitFor(() => expect(collected.results().length).toBeGreaterThanOrEqual(3), PATIENT)
  const [, second, third] = collected.results()
  expect(second).toMatchObject({
    check: 'smtp',
    tries: 1,
    outcome: { state: 'up', facts: [{ value: '220 ready' }, {}] },
  })
  expect((third?.monoMs ?? 0) - (second?.monoMs ?? 0)).toBeGreaterThan(500)
})

/** Seconds for which hanging targets are asked; the whole minute of the requirement with `HANGING_S=60`. */
const HANGING_S = Number(process.env.HANGING_S ?? 4)

test(
  `200 hanging targets leave nothing behind, and others their schedule (${HANGING_S} s)`,
  async () => {
    // No more than sixteen ask one of them at once.
    using servers = await otherProcess(20)
    const portOf = (index: number) => servers.silent[index % servers.silent.length] as number
    const hanging = Array.from({ length: 200 }, (_, index) =>
      index % 2 === 0
        ? tcpCheck(`tcp-${index}`, portOf(index), {
            timeoutMs: 200,
            settings: { host: '127.0.0.1', port: portOf(index), expect: { text: 'ready' } },
          })
        : webCheck(`http-${index}`, portOf(index), { timeoutMs: 200 }),
    )
    // What the HTTP client loads and keeps for good is no leak of a check.
    const well = webCheck('well', servers.web)
    await leavingNothing(async () => {
      using warm = collecting({ setup: { ...SETUP, definitions: [well] } })
      await vi.waitFor(() => expect(warm.results()).not.toEqual([]), PATIENT)
    })
    const collected = await leavingNothing(async () => {
      using collected = collecting({ setup: { ...SETUP, definitions: [...hanging, well] } })
      await setTimeout(HANGING_S * 1000)
      return collected
    })
    const hung = collected.results().filter(({ check }) => check !== 'well')
    expect(new Set(hung.map(({ check }) => check)).size).toBe(200)
    expect(new Set(hung.map(({ outcome }) => outcome.state))).toEqual(new Set(['down']))
    // Timers count from where their turn of the event loop began.
    for (const { durationMs } of hung) expect(durationMs).toBeGreaterThanOrEqual(150)
    const times = collected.results('well').map(({ monoMs }) => monoMs)
    expect(times.length).toBeGreaterThanOrEqual(HANGING_S - 1)
    for (const { outcome } of collected.results('well')) expect(outcome.state).toBe('up')
  },
  HANGING_S * 1000 + 30_000,
)

test('a name server that never answers leaves other checks their schedule', async () => {
  await using silent = await udpServer(() => [])
  using servers = await otherProcess(0)
  const asking = typeThat(async ({ name }, { signal }) => {
    await resolve(String(name), 4, signal, { ...SYSTEM_NAMES, servers: [`127.0.0.1:${silent.port}`] })
    return up()
  })
  const names = Array.from({ length: 50 }, (_, index) =>
    checkDefinition(`name-${index}`, { intervalMs: 1000, timeoutMs: 900, settings: { name: `n${index}.example` } }),
  )
  const definitions = [...names, webCheck('well', servers.web)]
  const collected = await leavingNothing(async () => {
    using collected = collecting({ setup: { ...SETUP, definitions } }, [asking])
    await vi.waitFor(() => expect(collected.results('well').length).toBeGreaterThanOrEqual(3), PATIENT)
    await vi.waitFor(() => expect(collected.results('name-0').length).toBeGreaterThanOrEqual(1), PATIENT)
    return collected
  })
  expect(collected.results('name-0')[0]?.outcome).toMatchObject({ state: 'down', error: 'no answer within 900 ms' })
  for (const { outcome } of collected.results('well')) expect(outcome.state).toBe('up')
})

test('a reload keeps what did not change, and stops what is gone', async () => {
  let runs = 0
  let stopped = 0
  const counting = typeThat(async (_, { memory }) => {
    memory.set('runs', Number(memory.get('runs') ?? 0) + 1)
    runs++
    return up({ values: [{ label: 'runs', value: Number(memory.get('runs')), unit: '' }] })
  })
  const hanging = typeThat(
    (_, { signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped++
          reject(signal.reason)
        })
      }),
    { type: 'hanging' },
  )
  const same = checkDefinition('same', { intervalMs: 1000 })
  const changed = checkDefinition('changed', { intervalMs: 1000 })
  const gone = checkDefinition('gone', { type: 'hanging', timeoutMs: 60_000 })
  const inFlight = createInFlight()
  using collected = collecting({ setup: { ...SETUP, definitions: [same, changed, gone] }, inFlight }, [
    counting,
    hanging,
  ])
  await vi.waitFor(() => expect(namesIn(inFlight, ['gone'])).toEqual(['gone']), PATIENT)
  await vi.waitFor(
    () => expect(Math.min(collected.results('same').length, collected.results('changed').length)).toBeGreaterThan(0),
    PATIENT,
  )
  collected.core.take({
    kind: 'setup',
    setup: { ...SETUP, definitions: [structuredClone(same), { ...changed, labels: { team: 'web' } }] },
  })
  await vi.waitFor(() => expect(stopped).toBe(1), PATIENT)
  await vi.waitFor(() => expect(namesIn(inFlight, ['gone'])).toEqual([]), PATIENT)
  const before = { same: collected.results('same').length, changed: collected.results('changed').length }
  await vi.waitFor(() => expect(collected.results('same').length).toBeGreaterThan(before.same), PATIENT)
  await vi.waitFor(() => expect(collected.results('changed').length).toBeGreaterThan(before.changed), PATIENT)
  const remembered = (name: 'same' | 'changed') => collected.results(name)[before[name]]?.outcome.values?.[0]?.value
  expect(remembered('same')).toBeGreaterThan(1)
  expect(remembered('changed')).toBe(1)
  expect(collected.results('gone')).toEqual([])
  expect(runs).toBeGreaterThanOrEqual(4)
})

test('checks run out of turn when somebody asks', async () => {
  const idle = typeThat(async () => down('missing', 'there is none'))
  const hourly = checkDefinition('hourly', { intervalMs: 3_600_000 })
  using collected = collecting({ setup: { ...SETUP, definitions: [hourly] } }, [idle])
  await vi.waitFor(() => expect(collected.results()).toHaveLength(1), PATIENT)
  collected.core.take({ kind: 'check_now', names: ['hourly', 'nobody'] })
  await vi.waitFor(() => expect(collected.results()).toHaveLength(2), PATIENT)
  expect(collected.results().map(({ asked }) => asked)).toEqual([undefined, true])
})

test('processes are asked of whoever can tell, and answers to nobody are dropped', async () => {
  const asking = typeThat(async (_, { processes }) =>
    up({ values: [{ label: 'n', value: (await processes({ name: 'nginx' })).length, unit: '' }] }),
  )
  const often = checkDefinition('nginx', { intervalMs: 3_600_000 })
  using collected = collecting({ setup: { ...SETUP, definitions: [often] }, generation: 7 }, [asking])
  const questions = () => collected.posted.filter((message) => message.kind === 'select')
  await vi.waitFor(() => expect(questions()).toHaveLength(1), PATIENT)
  expect(questions()).toEqual([{ kind: 'select', id: '7.1', selector: { name: 'nginx' } }])
  collected.core.take({ kind: 'processes', id: '6.1', rows: [] })
  collected.core.take({ kind: 'processes', id: '7.1', failed: 'nobody lists them' })
  collected.core.take({ kind: 'processes', id: '7.1', rows: [] })
  await vi.waitFor(() => expect(collected.results()).toHaveLength(1), PATIENT)
  expect(collected.results()[0]?.outcome).toMatchObject({
    state: 'unknown',
    reason: 'host',
    error: 'nobody lists them',
  })
  collected.core.take({ kind: 'check_now', names: [] })
  await vi.waitFor(() => expect(questions()).toHaveLength(2), PATIENT)
  collected.core.take({ kind: 'processes', id: '7.2', rows: [] })
  await vi.waitFor(() => expect(collected.results()[1]?.outcome.state).toBe('up'), PATIENT)
})

test('a type that there is not is told, and a secret is not', async () => {
  const leaking = typeThat(async () => down('status', 'got s3cret-token'))
  const definitions = [checkDefinition('leaking', {}), checkDefinition('other', { type: 'gopher' })]
  const secrets = [{ value: 's3cret-token', shown: '•••' }]
  using collected = collecting({ setup: { ...SETUP, definitions, secrets } }, [leaking])
  await vi.waitFor(() => expect(collected.results()).toHaveLength(2), PATIENT)
  expect(collected.results('leaking')[0]?.outcome.error).toBe('got •••')
  expect(collected.results('other')[0]?.outcome).toMatchObject({ state: 'unknown', reason: 'type' })
})

test('what listens here becomes checks, until it is not wanted any more', async () => {
  await using server = await tcpServer((socket) => socket.end('hello\n'))
  using collected = collecting({ setup: { ...SETUP, discover: true } })
  collected.core.take({
    kind: 'listeners',
    listeners: [{ protocol: 'tcp', address: '127.0.0.1', port: server.port, process: 'greeter', pid: 1 }],
  })
  const found = () => collected.posted.flatMap((message) => (message.kind === 'discovered' ? message.definitions : []))
  await vi.waitFor(() => expect(found()).toHaveLength(1), PATIENT)
  expect(found()[0]).toMatchObject({ origin: 'discovered', type: 'tcp' })
  await vi.waitFor(() => expect(collected.results().length).toBeGreaterThan(0), PATIENT)
  collected.core.take({ kind: 'setup', setup: SETUP })
  const { length } = collected.results()
  collected.core.take({ kind: 'check_now', names: [] })
  await setTimeout(100)
  expect(collected.results()).toHaveLength(length)
})

test('a suspect runs while no other does, and what is left out does not run', async () => {
  let running = 0
  let most = 0
  const counting = typeThat(async () => {
    most = Math.max(most, ++running)
    await setTimeout(50)
    running--
    return up()
  })
  const definitions = ['a', 'b', 'c', 'd'].map((name) => checkDefinition(name, { intervalMs: 60_000 }))
  using collected = collecting(
    { setup: { ...SETUP, definitions }, suspects: ['a', 'b', 'c'], leftOut: [['d', Number.POSITIVE_INFINITY]] },
    [counting],
  )
  await vi.waitFor(() => expect(new Set(collected.results().map(({ check }) => check)).size).toBe(3), PATIENT)
  expect(most).toBe(1)
  expect(collected.results('d')).toEqual([])
  // Another check of that name is not left out.
  const setup = { ...SETUP, definitions: [...definitions.slice(0, 3), checkDefinition('d', { intervalMs: 61_000 })] }
  collected.core.take({ kind: 'setup', setup })
  await vi.waitFor(() => expect(collected.results('d').length).toBeGreaterThan(0), PATIENT)
})
