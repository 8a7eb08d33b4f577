import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import { PLAIN_QUERY } from '../../../src/model/processes.ts'
import { ALERT_COMMANDS } from '../../../src/model/source.ts'
import { startTicksOf, thisPlace } from '../../../src/sources/shared/holder.ts'
import { LOCK_NAME } from '../../../src/sources/shared/lock.ts'
import { textOf } from '../../../src/sources/shared/lock-file.ts'
import { createShareServer } from '../../../src/sources/shared/server.ts'
import type { SharedOptions } from '../../../src/sources/shared/shared-source.ts'
import { SOCKET_NAME } from '../../../src/sources/shared/socket-path.ts'
import { Standing } from '../../../src/sources/shared/standing.ts'
import { until } from '../../e2e/helpers.ts'
import { answerOf, sampleOf, ToldSource } from './live.ts'
import { ownFolder, Sharing } from './sharing.ts'

const folder = ownFolder('shared')

/** A healthtop of this folder. */
function sharing(options: Partial<SharedOptions> = {}): Sharing {
  return new Sharing({ stateFolder: folder(), ...options })
}

async function two(options: Partial<SharedOptions> = {}): Promise<readonly [Sharing, Sharing]> {
  const first = sharing()
  const second = sharing(options)
  await until('it is attached', () => second.batches.some(({ told }) => told !== undefined))
  return [first, second]
}

const load = (value: number) => ({ samples: [sampleOf('load', { load_1m: value })] })

test('the first one measures for all, the next one attaches and shows the same', async () => {
  const [first, second] = await two()
  expect(first.source.role).toEqual({ kind: 'own' })
  expect(second.source.role).toEqual({ kind: 'attached', by: { pid: process.pid, command: 'dashboard' } })
  expect(second.machines).toEqual([])
  expect(second.source.first().samples).toHaveLength(1)
  expect([...second.source.can]).toEqual([...first.source.can, ...ALERT_COMMANDS])
  first.machine.tell({ ...load(3), processes: answerOf(1), cost: { memoryBytes: 1 } })
  await until('both know', () => first.knows(3) && second.knows(3))
  expect(second.batches.some(({ processes }) => processes !== undefined)).toBe(false)
  // What it costs is its own.
  expect(second.batches.some(({ cost }) => cost !== undefined)).toBe(false)
  expect(second.source.first().cost?.memoryBytes).toBeGreaterThan(1_000_000)
})

test('what is done to an alert beside the one that judges is done there', async () => {
  const [first, second] = await two()
  const acknowledge = { kind: 'acknowledge', alert: 'disk-full x 1', note: 'I am on it' } as const
  expect(await second.source.command(acknowledge)).toEqual({ ok: true })
  expect([first.judged, second.judged]).toEqual([[acknowledge], []])
})

test('read-only stays read-only beside one that is not', async () => {
  const [first, second] = await two({ readOnly: true })
  expect([...second.source.can]).toEqual([])
  const command = { kind: 'check_now', names: [] } as const
  expect(await second.source.command(command)).toEqual({ ok: false, reason: 'read-only' })
  expect(first.machine.commands).toEqual([])
})

test('when the first one ends the next one goes on where it was asked, and says so', async () => {
  const [first, second] = await two()
  const query = { ...PLAIN_QUERY, id: 4, filter: 'nginx' }
  const request = { target: { kind: 'name', name: 'nginx' }, sections: [] } as const
  second.source.query(query)
  second.source.watch(request)
  second.source.configure({ definitions: [], secrets: [], discover: false })
  second.source.beginChecks()
  await until('all is known', () => first.machine.asked.length === 2)
  await first.source.stop()
  await until('it has taken over', () => second.source.role.kind === 'own')
  expect(second.machine.asked).toEqual(['configure', 'begin', { client: 0, query }, { client: 0, request }])
  expect(second.events).toEqual([`started: took over from pid ${process.pid}`])
  expect(second.batches.find(({ told }) => told === 'own')).toBeDefined()
  expect(second.roles.map(({ kind }) => kind)).toEqual(['looking', 'attached', 'looking', 'own'])
  const third = sharing()
  await until('others attach to it', () => third.batches.some(({ told }) => told !== undefined))
  second.machine.tell(load(5))
  await until('it is told', () => third.knows(5))
})

test('what was told before others came is not lost: checks, hosts, the last samples', async () => {
  const first = sharing()
  first.machine.tell({ ...load(2), host: { name: 'web-03' }, checks: { definitions: [] } })
  const second = sharing()
  await until('it is told', () => second.knows(2))
  expect(second.batches.find((batch) => batch.host !== undefined)).toMatchObject({
    host: { name: 'web-03' },
    checks: { definitions: [] },
  })
})

test('with no state folder nothing is shared, and nothing said', () => {
  const [one, other] = [sharing({ stateFolder: undefined }), sharing({ stateFolder: undefined })]
  expect([one.source.role, other.source.role]).toEqual([{ kind: 'alone' }, { kind: 'alone' }])
  expect([...one.events, ...other.events]).toEqual([])
})

test('where the folder cannot be made it measures alone, says why, and shares once it can', async () => {
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  const stateFolder = join(file, 'state')
  const one = sharing({ stateFolder })
  expect(one.source.role).toMatchObject({
    kind: 'alone',
    reason: `${stateFolder}: there is a file where the folder should be`,
  })
  expect(one.events).toEqual([expect.stringMatching(/^log: measures for itself alone: .* file where the folder/)])
  one.machine.tell(load(1))
  expect(one.knows(1)).toBe(true)
  rmSync(file)
  await until('it shares', () => one.source.role.kind === 'own')
  const other = sharing({ stateFolder })
  await until('another one attaches, and knows', () => other.knows(1))
  expect(one.machines).toHaveLength(1)
})

test('a folder that vanishes is made anew', async () => {
  const [first, second] = await two()
  rmSync(folder(), { recursive: true })
  await until('the lock is back', () => statSync(join(folder(), LOCK_NAME), { throwIfNoEntry: false }) !== undefined)
  await until('the other one has come back', () => second.roles.filter(({ kind }) => kind === 'attached').length >= 2)
  first.machine.tell(load(8))
  await until('it is told', () => second.knows(8))
  expect(first.machines).toHaveLength(1)
})

test('a folder that was moved away and comes back with its old lock is this one’s still', async () => {
  const first = sharing()
  const lock = join(folder(), LOCK_NAME)
  const old = readFileSync(lock, 'utf8')
  renameSync(folder(), `${folder()}.away`)
  try {
    await until('there is a lock in a folder of its own', () => existsSync(lock))
    await until('it is served', () => existsSync(join(folder(), SOCKET_NAME)))
  } finally {
    rmSync(folder(), { recursive: true, force: true })
    renameSync(`${folder()}.away`, folder())
  }
  await until('the old lock is followed', () => existsSync(lock) && readFileSync(lock, 'utf8') !== old)
  await until('it measures', () => first.source.role.kind === 'own')
  const second = sharing()
  await until('others attach', () => second.source.role.kind === 'attached')
  expect(first.events.join()).not.toContain('alone')
})

test('who finds that another one has the lock stops measuring, and attaches to it', async () => {
  const first = sharing()
  const before = first.machine
  const path = join(folder(), 'other.sock')
  const source = new ToldSource()
  const other = createShareServer({
    path,
    nonce: 'fedcba9876543210',
    me: { pid: process.pid, command: 'run', version: '0.1.0' },
    bootId: thisPlace().bootId,
    clock: systemClock,
    source,
    standing: new Standing(),
    judge: () => ({ ok: true }),
    readOnly: false,
    giveWay: undefined,
    failed: (reason) => expect.unreachable(reason),
  })
  const startTicks = startTicksOf(process.pid) as number
  const lock = textOf({ pid: process.pid, command: 'run', nonce: 'other', startTicks, ...thisPlace(), socket: path })
  writeFileSync(join(folder(), LOCK_NAME), lock)
  await until('it is attached', () => first.source.role.kind === 'attached')
  await until('it measures no more', () => before.stopped)
  other.batch({ wallMs: 1, monoMs: 1, ...load(6) }, [])
  await until('it is told', () => first.knows(6))
  await first.source.stop()
  // Neither lock nor socket of the other one is taken away.
  expect(readFileSync(join(folder(), LOCK_NAME), 'utf8')).toBe(lock)
  await other.close()
})

test('a path too long for a socket has one elsewhere, named in the lock, which goes with it', async () => {
  const stateFolder = join(folder(), 'a'.repeat(60), 'b'.repeat(60))
  const first = sharing({ stateFolder, env: { XDG_RUNTIME_DIR: folder() } })
  const { socket } = JSON.parse(readFileSync(join(stateFolder, LOCK_NAME), 'utf8')) as { socket: string }
  expect(socket).toMatch(new RegExp(`^${folder()}/healthtop-\\w+/${SOCKET_NAME}$`))
  const second = sharing({ stateFolder, env: { XDG_RUNTIME_DIR: folder() } })
  await until('it is attached', () => second.batches.some(({ told }) => told !== undefined))
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700)
  await second.source.stop()
  await first.source.stop()
  expect(statSync(dirname(socket), { throwIfNoEntry: false })).toBeUndefined()
})

test('one that is refused measures alone, and says why', async () => {
  const crowd = [sharing()]
  for (let number = 0; number < 7; number++) crowd.push(sharing())
  await until('all are attached', () =>
    crowd.slice(1).every(({ batches }) => batches.some(({ told }) => told !== undefined)),
  )
  const late = sharing()
  await until('it measures', () => late.source.role.kind === 'alone')
  expect(late.events).toEqual([
    `log: measures for itself alone: pid ${process.pid} measures, and does not take this one: 7 others are attached already`,
  ])
  expect(late.machines).toHaveLength(1)
})

test.each([
  [0o777, true],
  [0o702, true],
  [0o1777, false],
  [0o770, false],
  [0o700, false],
])(
  'who measures in a folder of mode %o or attaches there is told whether anybody may replace what is in it',
  async (mode, is) => {
    chmodSync(folder(), mode)
    const [first, second] = await two()
    const told = `log: anybody may replace what is in ${folder()}: chmod o-w ${folder()}`
    expect([...first.events, ...second.events]).toEqual(is ? [told, told] : [])
    expect([first, second].map(({ source }) => source.role.kind)).toEqual(['own', 'attached'])
  },
)

test('where the lock names a process that has nothing to do with it, the lock is named, and that nobody answers', async () => {
  const path = join(folder(), LOCK_NAME)
  const socket = join(folder(), SOCKET_NAME)
  const holder = { pid: process.ppid, command: 'run', nonce: 'other', ...thisPlace() } as const
  writeFileSync(path, textOf({ ...holder, startTicks: startTicksOf(process.ppid) as number, socket }))
  const one = sharing()
  await until('it measures', () => one.source.role.kind === 'alone')
  expect(one.source.role).toEqual({
    kind: 'alone',
    reason: `${path} says that pid ${process.ppid} measures, but nobody answers at ${socket}`,
    by: { pid: process.ppid, command: 'run' },
  })
})

test('a dashboard lets a service have its place, and shows what that tells', async () => {
  const [first, second] = await two()
  const service = sharing({ command: 'run' })
  await until('it measures', () => service.source.role.kind === 'own')
  const by = { pid: process.pid, command: 'run' }
  await until('all others are attached', () =>
    [first, second].every(({ batches }) =>
      batches.some(({ told }) => typeof told === 'object' && told.by.command === 'run'),
    ),
  )
  expect([first.source.role, second.source.role]).toEqual([
    { kind: 'attached', by },
    { kind: 'attached', by },
  ])
  expect(first.machine.stopped).toBe(true)
  // What the dashboards told on the way there is nothing to go by.
  expect(service.batches.filter(({ told }) => typeof told === 'object')).toEqual([])
  service.machine.tell(load(7))
  await until('it is told', () => first.knows(7) && second.knows(7))
})

test('a service keeps its place', async () => {
  const first = sharing({ command: 'run' })
  const second = sharing({ command: 'run' })
  expect(await second.source.settled).toEqual({ kind: 'attached', by: { pid: process.pid, command: 'run' } })
  expect(first.source.role).toEqual({ kind: 'own' })
})
