import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import { NO_MARKS } from '../../../src/model/alert.ts'
import { PLAIN_QUERY } from '../../../src/model/processes.ts'
import {
  ALERT_COMMANDS,
  type AlertCommand,
  type Batch,
  type Command,
  type Measurer,
} from '../../../src/model/source.ts'
import { type Client, type ClientOptions, createClient, type Ending } from '../../../src/sources/shared/client.ts'
import { commonOf } from '../../../src/sources/shared/common.ts'
import { CLIENT_LINE, type FromServer, lineOf, type ServerHello } from '../../../src/sources/shared/protocol.ts'
import { createShareServer, MOST_CLIENTS, type ShareServer } from '../../../src/sources/shared/server.ts'
import { Standing } from '../../../src/sources/shared/standing.ts'
import { until } from '../../e2e/helpers.ts'
import { alertOf, recordOf } from '../../fixtures/alerts.ts'
import { answerOf, batchOf, sampleOf, ToldSource } from './live.ts'

let folder: string
let source: ToldSource
let standing: Standing
let server: ShareServer
const judged: AlertCommand[] = []
const clients: Client[] = []
const sockets: Socket[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'healthtop-share-'))
  source = new ToldSource()
  standing = new Standing()
  judged.length = 0
  server = createShareServer({
    path: join(folder, 'healthtop.sock'),
    nonce: '0123456789abcdef',
    me: { pid: 4711, command: 'run', version: '0.1.0' },
    bootId: 'boot',
    clock: systemClock,
    source,
    standing,
    judge(command) {
      judged.push(command)
      return { ok: true }
    },
    readOnly: false,
    giveWay: undefined,
    failed(reason) {
      throw new Error(reason)
    },
  })
  await until('it listens', () => exists(join(folder, 'healthtop.sock')))
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.close()
  rmSync(folder, { recursive: true })
})

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

/** What a client heard. */
class Heard {
  by: Measurer | undefined
  can: readonly Command['kind'][] = []
  ending: Ending | undefined
  readonly batches: Batch[] = []
  readonly client: Client

  constructor(options: Partial<ClientOptions> = {}) {
    this.client = createClient({
      path: join(folder, 'healthtop.sock'),
      me: { pid: 1, version: '0.1.0' },
      bootId: 'boot',
      clock: systemClock,
      attached: (by) => {
        this.by = by
      },
      can: (can) => {
        this.can = can
      },
      receive: (batch) => this.batches.push(batch),
      ended: (ending) => {
        this.ending = ending
      },
      ...options,
    })
    clients.push(this.client)
  }

  get told() {
    const { told } = this.batches.findLast((batch) => batch.told !== undefined) ?? {}
    return told === 'own' ? undefined : told
  }
}

/** One that was told all there was when it came. */
async function attached(options: Partial<ClientOptions> = {}): Promise<Heard> {
  const heard = new Heard(options)
  await until('it is told', () => heard.batches.length >= 2)
  return heard
}

/** A connection on which a test says what it wants; gives all that is answered once it is over. */
function raw(): {
  readonly socket: Socket
  readonly lines: () => Record<string, unknown>[]
  readonly over: () => boolean
} {
  const socket = createConnection(join(folder, 'healthtop.sock'))
  sockets.push(socket)
  let text = ''
  let over = false
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    over = true
  })
  return {
    socket,
    over: () => over,
    lines: () =>
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
  }
}

/** Tells a batch as the one who measures does. */
function measure(batch: Parameters<typeof batchOf>[0]): void {
  const { clients: contents = [], ...all } = batchOf(batch)
  const common = commonOf(all)
  if (common !== undefined) standing.take(common)
  server.batch(common, contents)
}

test('the socket is for this user alone, and nothing else is left beside it', () => {
  expect(statSync(join(folder, 'healthtop.sock')).mode & 0o777).toBe(0o600)
  expect(exists(join(folder, '.01234567.sock'))).toBe(false)
})

test('who comes is told who measures, what it takes, and all that is so', async () => {
  const definition = {
    name: 'api',
    type: 'http',
    target: 'https://localhost/',
    origin: 'configured',
    settings: { password: 'secret' },
    intervalMs: 1000,
    timeoutMs: 1000,
    retries: 0,
    failures: 1,
    successes: 1,
    depends: [],
    labels: {},
  } as const
  const result = (wallMs: number) =>
    ({ check: 'api', outcome: { state: 'up' }, wallMs, monoMs: wallMs, durationMs: 3, tries: 1 }) as const
  measure({ checks: { definitions: [definition] }, host: { name: 'web-03' } })
  for (let wallMs = 1; wallMs <= 30; wallMs++) measure({ checks: { results: [result(wallMs)], next: { api: wallMs } } })
  measure({ samples: [sampleOf('cpu', { cpu_used_ratio: 0.25 }, { monoMs: 1 }), sampleOf('load', { load_1m: 2 })] })
  measure({ samples: [sampleOf('cpu', { cpu_used_ratio: Number.NaN }, { monoMs: 2 })], cost: { memoryBytes: 1 } })
  const alert = alertOf({ peak: Number.POSITIVE_INFINITY })
  server.publish({ alerts: [alert], records: [recordOf(alert)], events: [], marks: NO_MARKS })
  const heard = await attached()
  expect(heard.by).toEqual({ pid: 4711, command: 'run' })
  expect(heard.can).toEqual(['signal', 'check_now', ...ALERT_COMMANDS])
  const [first, batch] = heard.batches
  expect(first?.told).toBeDefined()
  expect(batch).toMatchObject({ host: { name: 'web-03' }, checks: { next: { api: 30 } } })
  expect(batch?.samples).toEqual([
    sampleOf('cpu', { cpu_used_ratio: Number.NaN }, { monoMs: 2 }),
    sampleOf('load', { load_1m: 2 }),
  ])
  expect(batch?.checks?.definitions).toEqual([{ ...definition, settings: {} }])
  expect(batch?.checks?.results?.map(({ wallMs }) => wallMs)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30])
  expect(batch).not.toHaveProperty('cost')
  expect(heard.told).toEqual({
    by: { pid: 4711, command: 'run' },
    alerts: [alert],
    records: [recordOf(alert)],
    events: [],
    marks: NO_MARKS,
  })
})

test('each is told what is for all, and what it asked for alone', async () => {
  const [one, two] = [await attached(), await attached()]
  one.client.query({ ...PLAIN_QUERY, id: 7, rows: 3 })
  two.client.query({ ...PLAIN_QUERY, id: 9, rows: 5, filter: 'nginx' })
  two.client.watch({ target: { kind: 'name', name: 'nginx' }, sections: ['files'] })
  await until('all was asked', () => source.asked.length === 3)
  expect(source.asked).toEqual(
    expect.arrayContaining([
      { client: 1, query: { ...PLAIN_QUERY, id: 7, rows: 3 } },
      { client: 2, query: { ...PLAIN_QUERY, id: 9, rows: 5, filter: 'nginx' } },
      { client: 2, request: { target: { kind: 'name', name: 'nginx' }, sections: ['files'] } },
    ]),
  )
  measure({
    samples: [sampleOf('load', { load_1m: 1 }), sampleOf('watch', { 'process_cpu_ratio{process="mine"}': 1 })],
    processes: answerOf(3),
    clients: [
      { client: 1, processes: answerOf(7) },
      { client: 2, processes: answerOf(9), samples: [sampleOf('watch', { 'process_cpu_ratio{process="nginx"}': 1 })] },
    ],
  })
  measure({ clients: [{ client: 2, processes: answerOf(10) }] })
  const answers = ({ batches }: Heard) => batches.flatMap(({ processes }) => processes?.id ?? [])
  await until('both know', () => answers(one).length === 1 && answers(two).length === 2)
  expect([answers(one), answers(two)]).toEqual([[7], [9, 10]])
  const sources = ({ batches }: Heard) => batches.flatMap(({ samples }) => samples.map(({ gauges }) => gauges))
  expect(sources(one)).toEqual([{ load_1m: 1 }])
  expect(sources(two)).toEqual([{ load_1m: 1 }, { 'process_cpu_ratio{process="nginx"}': 1 }])
})

test('commands go to who measures, those on alerts to who judges; each answer to its own question', async () => {
  const { client } = await attached()
  const signal = { kind: 'signal', targets: [{ pid: 9, startTicks: 1 }], signal: 'SIGTERM' } as const
  const acknowledge = { kind: 'acknowledge', alert: 'a b 1', note: 'seen' } as const
  const outcomes = await Promise.all([client.command(signal), client.command(acknowledge)])
  expect(outcomes).toEqual([{ ok: true }, { ok: true }])
  expect([source.commands, judged]).toEqual([[signal], [acknowledge]])
  source.outcome = { ok: false, reason: 'not yours' }
  expect(await client.command(signal)).toEqual({ ok: false, reason: 'not yours' })
  expect(await client.inspect({ pid: 9, startTicks: 1 })).toEqual({ nice: 5, cores: [0, 1] })
})

test('of alerts only what changed is told, and what did not keeps its identity', async () => {
  const heard = await attached()
  const lines: string[] = []
  const watching = raw()
  watching.socket.write(lineOf({ kind: 'hello', pid: 1, version: '1' }))
  await until('it is told', () => watching.lines().some(({ kind }) => kind === 'told'))
  const all = Array.from({ length: 100 }, (_, index) => alertOf({ series: `disk_used_ratio{mount="/${index}"}` }))
  const records = all.map((alert) => recordOf(alert))
  server.publish({ alerts: all, records, events: [], marks: NO_MARKS })
  await until('all are known', () => heard.told?.records.length === 100)
  const before = heard.told
  const worse = alertOf({ series: all[3]?.series as string, value: 0.99 })
  const changed = records.with(3, recordOf(worse))
  server.publish({ alerts: all.with(3, worse), records: changed, events: [], marks: NO_MARKS })
  await until('it is known', () => heard.told?.alerts[3]?.value === 0.99)
  expect(heard.told?.records).toEqual(changed)
  expect(heard.told?.records[4]).toBe(before?.records[4])
  await until('it is told', () => watching.lines().filter(({ kind }) => kind === 'told').length === 3)
  lines.push(...watching.lines().flatMap((line) => (line.kind === 'told' ? JSON.stringify(line) : [])))
  expect(lines[2]?.length).toBeLessThan((lines[1] as string).length / 20)
})

test('what can be done is told anew when that changes', async () => {
  const heard = await attached()
  source.can = new Set(['nice'])
  measure({ samples: [sampleOf('load', { load_1m: 1 })] })
  await until('it is known', () => heard.can[0] === 'nice')
  expect(heard.can).toEqual(['nice', ...ALERT_COMMANDS])
})

test.each([
  ['no JSON', 'hello\n', 'a line is no JSON'],
  ['bytes', Buffer.from([0, 255, 254, 10]), 'a line is no JSON'],
  ['another version', '{"v":2,"kind":"hello","pid":1,"version":"9"}\n', 'this healthtop speaks version 1, not 2'],
  ['no version', '{"kind":"hello"}\n', 'this healthtop speaks version 1, not what came'],
  ['a question before hello', lineOf({ kind: 'watch' }), 'hello comes first, and once'],
  ['a kind nobody knows', '{"v":1,"kind":"fly"}\n', 'a message of a kind that nobody knows'],
  ['a kind of every object', '{"v":1,"kind":"constructor"}\n', 'a message of a kind that nobody knows'],
  [
    'a question that is none',
    `${lineOf({ kind: 'hello', pid: 1, version: '1' })}{"v":1,"kind":"query","query":{"id":1,"sort":"__proto__"}}\n`,
    'a message "query" is not as it should be',
  ],
  ['a line without an end', 'x'.repeat(CLIENT_LINE + 70_000), `a line is longer than ${CLIENT_LINE} characters`],
])('who says %s is told what is wrong and closed; others are not', async (_, said, reason) => {
  const good = await attached()
  const bad = raw()
  bad.socket.write(said)
  await until('it is closed', bad.over)
  expect(bad.lines().at(-1)).toEqual({ v: 1, kind: 'refused', reason })
  measure({ samples: [sampleOf('load', { load_1m: 4 })] })
  await until('the other one goes on', () => good.batches.some(({ samples }) => samples[0]?.gauges.load_1m === 4))
  expect(good.ending).toBeUndefined()
})

test('who reads slowly is told less often, and then all that is so; nobody waits for it', async () => {
  const slow = raw()
  slow.socket.write(lineOf({ kind: 'hello', pid: 1, version: '1' }))
  await until('it is told', () => slow.lines().some(({ kind }) => kind === 'told'))
  slow.socket.pause()
  const quick = await attached()
  const wide = (tick: number) =>
    Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`check_value{check="${index}"}`, tick]))
  const ticks = 80
  for (let tick = 1; tick <= ticks; tick++) {
    measure({
      samples: [sampleOf(tick % 2 === 0 ? 'even' : 'odd', wide(tick))],
      clients: [{ client: 1, processes: answerOf(tick) }],
    })
    await until(
      'the quick one is told',
      () => quick.batches.at(-1)?.samples[0]?.gauges['check_value{check="7"}'] === tick,
    )
  }
  server.publish({ alerts: [alertOf()], records: [], events: [], marks: NO_MARKS })
  slow.socket.resume()
  const told = () => slow.lines().filter(({ kind }) => kind === 'batch') as { batch: Batch; own?: Partial<Batch> }[]
  const known = () => told().flatMap(({ own }) => own?.processes?.id ?? [])
  await until('it has caught up', () => known().includes(ticks), 20_000)
  expect(told().length).toBeLessThan(ticks * 0.7)
  const last = told()
    .at(-1)
    ?.batch.samples.map(({ source: name, gauges }) => [name, gauges['check_value{check="7"}']])
  expect(last).toEqual(
    expect.arrayContaining([
      ['even', ticks],
      ['odd', ticks - 1],
    ]),
  )
  await until('alerts are known too', () => slow.lines().filter(({ kind }) => kind === 'told').length === 2)
})

test('results that could not be told in time are told later, each once', async () => {
  const one = raw()
  one.socket.write(lineOf({ kind: 'hello', pid: 1, version: '1' }))
  await until('it is told', () => one.lines().some(({ kind }) => kind === 'told'))
  const result = (wallMs: number) =>
    ({ check: 'api', outcome: { state: 'up' }, wallMs, monoMs: wallMs, durationMs: 3, tries: 1 }) as const
  measure({ checks: { results: [result(1)] } })
  one.socket.pause()
  const wide = { gauges: Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`load{at="${index}"}`, 1])) }
  measure({ samples: [sampleOf('wide', wide.gauges)] })
  measure({ samples: [sampleOf('wide', wide.gauges)] })
  for (const wallMs of [2, 3, 4]) measure({ checks: { results: [result(wallMs)] } })
  one.socket.resume()
  const results = () =>
    (one.lines() as { kind: string; batch?: Batch }[]).flatMap(({ batch }) => batch?.checks?.results ?? [])
  await until('all are there', () => results().length >= 4, 20_000)
  measure({ checks: { results: [result(5)] } })
  await until('it goes on', () => results().length >= 5)
  expect(results().map(({ wallMs }) => wallMs)).toEqual([1, 2, 3, 4, 5])
})

test('so many and no more; a place that is left is free again', async () => {
  const all = await Promise.all(Array.from({ length: MOST_CLIENTS }, () => attached()))
  const more = new Heard()
  await until('it is refused', () => more.ending !== undefined)
  expect(more.ending).toEqual({ kind: 'refused', reason: '7 others are attached already' })
  all[2]?.client.close()
  await until('it is gone', () => source.asked.length === 1)
  expect(source.asked).toEqual([{ client: 3, gone: true }])
  await attached()
})

test('who asks for too much at once is closed', async () => {
  source.command = () => new Promise(() => {})
  const one = raw()
  one.socket.write(lineOf({ kind: 'hello', pid: 1, version: '1' }))
  for (let id = 0; id < 100; id++)
    one.socket.write(lineOf({ kind: 'command', id, command: { kind: 'check_now', names: [] } }))
  await until('it is closed', one.over)
  expect(one.lines().at(-1)).toEqual({ v: 1, kind: 'refused', reason: 'more than 64 requests at once' })
})

test('one of another boot, or with another clock, is not attached to', async () => {
  const other = new Heard({ bootId: 'other' })
  await until('it is refused', () => other.ending !== undefined)
  expect(other.ending).toEqual({ kind: 'refused', reason: 'it is on another machine' })
  const early = new Heard({ clock: { ...systemClock, monoMs: () => systemClock.monoMs() - 60_000 } })
  await until('it is refused', () => early.ending !== undefined)
  expect(early.ending).toEqual({ kind: 'refused', reason: 'its clock is another one' })
})

const HELLO: ServerHello = {
  kind: 'hello',
  pid: 4711,
  command: 'run',
  version: '0.1.0',
  host: 'web-03',
  can: [],
  bootId: 'boot',
  monoMs: 0,
}

/** One that is let in by a measurer which says what a test says, after its hello. */
async function beside(hello: object) {
  const path = join(folder, 'strange.sock')
  let socket: Socket | undefined
  const strange = createServer((one) => {
    socket = one
    one.on('error', () => {})
    one.write(`${JSON.stringify({ v: 1, ...HELLO, monoMs: systemClock.monoMs(), ...hello })}\n`)
  })
  await new Promise<void>((resolve) => strange.listen(path, resolve))
  const heard = new Heard({ path })
  return {
    heard,
    say: (message: FromServer) => socket?.write(lineOf(message)),
    [Symbol.asyncDispose]: async () => {
      heard.client.close()
      socket?.destroy()
      await new Promise((resolve) => strange.close(resolve))
    },
  }
}

test.each([
  ['no clock', { monoMs: undefined }],
  ['a clock of words', { monoMs: 'soon' }],
  ['no pid', { pid: undefined }],
  ['a pid that is none', { pid: -1 }],
  ['a boot that is no text', { bootId: 7 }],
  ['a command that nobody knows', { command: 'fly' }],
  ['no commands', { can: undefined }],
  ['commands that are none', { can: [1] }],
])('one whose hello has %s is not attached to', async (_, hello) => {
  await using strange = await beside(hello)
  await until('it is refused', () => strange.heard.ending !== undefined)
  expect(strange.heard.ending).toEqual({ kind: 'refused', reason: 'it does not say who it is as it should' })
  expect(strange.heard.by).toBeUndefined()
})

/** Lets seconds go by in which it says that it lives, each heard before the next. */
async function live({ heard, say }: Awaited<ReturnType<typeof beside>>, seconds: number): Promise<void> {
  for (let second = 0; second < seconds && heard.ending === undefined; second++) {
    const can: Command['kind'][] = second % 2 === 0 ? ['check_now'] : ['signal']
    say({ kind: 'alive' })
    say({ kind: 'can', can })
    await until('it is heard', () => heard.can[0] === can[0])
    vi.advanceTimersByTime(1000)
  }
}

test.each([
  ['nothing was ever measured', undefined, 10],
  ['each second is measured', 1000, 10],
  ['each three seconds are measured', 3000, 15],
])('who says that it lives and measures no more is silent: %s', async (_, everyMs, seconds) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    await using strange = await beside({})
    const { heard } = strange
    await until('it is attached', () => heard.by !== undefined)
    if (everyMs !== undefined) {
      await live(strange, 8)
      strange.say({ kind: 'batch', batch: batchOf({ samples: [sampleOf('cpu', {}, { everyMs })] }) })
      await until('it is told', () => heard.batches.length > 0)
    }
    await live(strange, seconds - 1)
    expect(heard.ending).toBeUndefined()
    await live(strange, 1)
    expect(heard.ending).toEqual({ kind: 'silent' })
  } finally {
    vi.useRealTimers()
  }
})

test('those who are attached are told that it ends, and what they asked for has an answer', async () => {
  source.command = () => new Promise(() => {})
  const heard = await attached()
  const outcome = heard.client.command({ kind: 'check_now', names: [] })
  await server.close()
  await until('it ended', () => heard.ending !== undefined)
  expect(heard.ending).toEqual({ kind: 'gone' })
  expect(await outcome).toEqual({ ok: false, reason: 'the healthtop that measures has ended meanwhile' })
})
