import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ProcessCommand } from '../../../src/model/source.ts'
import type { Watched } from '../../../src/model/watch.ts'
import type { Actor } from '../../../src/sources/live/actor.ts'
import { thisPlace } from '../../../src/sources/shared/holder.ts'
import { LOCK_NAME } from '../../../src/sources/shared/lock.ts'
import { findService } from '../../../src/sources/shared/service.ts'
import type { SharedOptions } from '../../../src/sources/shared/shared-source.ts'
import { SOCKET_NAME } from '../../../src/sources/shared/socket-path.ts'
import { until } from '../../e2e/helpers.ts'
import { sampleOf } from './live.ts'
import { ownFolder, Sharing } from './sharing.ts'

const folder = ownFolder('service')

const serviceFolder = () => join(folder(), 'service')

function service(options: Partial<SharedOptions> = {}): Sharing {
  return new Sharing({ command: 'run', stateFolder: serviceFolder(), access: 'group', ...options })
}

/** Acts for a person, and remembers it. */
class Hands implements Actor {
  readonly can = new Set(['nice'] as const)
  readonly done: ProcessCommand[] = []
  stopped = false

  async command(command: ProcessCommand) {
    this.done.push(command)
    return { ok: true } as const
  }
  inspect = async () => ({ nice: 7, cores: [0] })
  stop(): void {
    this.stopped = true
  }
}

/** A person who looks, with a state folder of their own. */
function person(name = 'person', hands = new Hands()): Sharing {
  const looksAt = { folder: serviceFolder(), actor: () => hands }
  return new Sharing({ stateFolder: join(folder(), name), service: looksAt })
}

const listens = () => until('the service listens', () => findService(serviceFolder(), thisPlace()) !== undefined)
const isAttached = (one: Sharing) => until('it is attached', () => one.batches.some(({ told }) => told !== undefined))
const modeOf = (path: string) => statSync(path).mode & 0o777

test('a dashboard shows the service that measures, and makes no folder of its own', async () => {
  const one = service()
  await listens()
  const looking = person()
  await isAttached(looking)
  expect(looking.source.role).toEqual({ kind: 'attached', by: { pid: process.pid, command: 'run' }, service: true })
  one.machine.tell({ samples: [sampleOf('load', { load_1m: 3 })] })
  await until('it is told', () =>
    looking.batches.some(({ samples }) => samples.some(({ source }) => source === 'load')),
  )
  expect(looking.machines).toEqual([])
  expect(existsSync(join(folder(), 'person'))).toBe(false)
})

test('what is done to processes is done by who looks; what is done to checks by the service', async () => {
  const one = service()
  await listens()
  const hands = new Hands()
  const looking = person('person', hands)
  await isAttached(looking)
  expect([...looking.source.can].sort()).toEqual([
    'acknowledge',
    'check_now',
    'nice',
    'silence',
    'unacknowledge',
    'unsilence',
  ])
  const targets = [{ pid: 4211, startTicks: 1 }]
  await looking.source.command({ kind: 'nice', targets, nice: 5 })
  await looking.source.command({ kind: 'check_now', names: ['api'] })
  expect(hands.done).toEqual([{ kind: 'nice', targets, nice: 5 }])
  expect(one.machine.commands).toEqual([{ kind: 'check_now', names: ['api'] }])
  expect(await looking.source.inspect(targets[0] as (typeof targets)[0])).toEqual({ nice: 7, cores: [0] })
  await looking.source.stop()
  expect(hands.stopped).toBe(true)
})

test('when the service ends a dashboard measures in its own folder, and turns to the next service', async () => {
  const one = service()
  await listens()
  const looking = person()
  await isAttached(looking)
  await one.source.stop()
  await until('it measures', () => looking.source.role.kind === 'own')
  expect(looking.events).toEqual([`started: goes on without the service: pid ${process.pid} has ended`])
  expect(looking.batches.at(-1)?.told).toBe('own')
  expect(readdirSync(serviceFolder())).toEqual([])
  expect(existsSync(join(folder(), 'person', LOCK_NAME))).toBe(true)
  const next = service()
  await until('it shows the next one', () => looking.source.role.kind === 'attached')
  expect(looking.machine.stopped).toBe(true)
  expect(next.machines).toHaveLength(1)
  // Its own place is free for others meanwhile.
  expect(readdirSync(join(folder(), 'person'))).toEqual([])
})

test('two dashboards of a person without a service share a folder, and both turn to the service', async () => {
  const [first, second] = [person(), person()]
  await until('one shows the other', () => second.source.role.kind === 'attached')
  expect(second.source.role).not.toHaveProperty('service')
  service()
  for (const one of [first, second])
    await until('it shows the service', () => {
      const { role } = one.source
      return role.kind === 'attached' && role.service === true
    })
})

test('a dashboard that measures in that folder is no service, nor is one that is gone or takes nobody', async () => {
  const other = new Sharing({ stateFolder: serviceFolder() })
  await until('it listens', () => existsSync(join(serviceFolder(), SOCKET_NAME)))
  expect(findService(serviceFolder(), thisPlace())).toBeUndefined()
  expect(person().source.role).toEqual({ kind: 'own' })
  await other.source.stop()
  expect(findService(serviceFolder(), thisPlace())).toBeUndefined()
  expect(findService(join(folder(), 'nowhere'), thisPlace())).toBeUndefined()
})

test('who is refused by the service measures for itself, and says nothing of it', async () => {
  service()
  await listens()
  const guests = Array.from({ length: 7 }, (_, index) => person(`guest-${index}`))
  for (const guest of guests) await isAttached(guest)
  const eighth = person('eighth')
  await until('it measures', () => eighth.source.role.kind === 'own')
  expect(eighth.events).toEqual([])
})

test('its group may attach where that was said: the modes whatever the umask, and nothing through its rights', async () => {
  const umask = process.umask(0o077)
  let one: Sharing
  try {
    one = service()
  } finally {
    process.umask(umask)
  }
  await listens()
  expect(modeOf(serviceFolder())).toBe(0o750)
  expect(modeOf(join(serviceFolder(), LOCK_NAME))).toBe(0o640)
  expect(modeOf(join(serviceFolder(), SOCKET_NAME))).toBe(0o660)
  // Not as a person who looks at the service, but straight through its socket.
  const guest = new Sharing({ stateFolder: serviceFolder() })
  await isAttached(guest)
  expect(guest.source.can).toContain('acknowledge')
  expect(guest.source.can).not.toContain('signal')
  const outcome = await guest.source.command({ kind: 'signal', targets: [], signal: 'SIGKILL' })
  expect(outcome).toEqual({ ok: false, reason: 'the service does nothing to processes for its group' })
  expect(one.machine.commands).toEqual([])

  const target = { kind: 'pid', pid: 1 } as const
  guest.source.watch({ target, sections: ['files', 'environment'] })
  await until('it is asked', () => one.machine.asked.some((asked) => asked !== null && 'request' in Object(asked)))
  expect(one.machine.asked.at(-1)).toEqual({ client: 1, request: { target, sections: ['files'] } })
  const detail = { environment: [{ name: 'TOKEN', value: 'x' }] }
  one.machine.tell({ clients: [{ client: 1, watched: { detail } as unknown as Watched }] })
  await until('it is told', () => guest.batches.some(({ watched }) => watched !== undefined))
  expect(guest.batches.find(({ watched }) => watched !== undefined)?.watched?.detail?.environment).toEqual({
    denied: 'the service hides it from its group',
  })
})

test('otherwise nobody else may, and all is done through it', async () => {
  service({ access: 'owner' })
  await listens()
  expect(modeOf(serviceFolder())).toBe(0o700)
  expect(modeOf(join(serviceFolder(), LOCK_NAME))).toBe(0o600)
  expect(modeOf(join(serviceFolder(), SOCKET_NAME))).toBe(0o600)
  const guest = new Sharing({ stateFolder: serviceFolder() })
  await isAttached(guest)
  expect(guest.source.can).toContain('signal')
})

test('the socket of a service is in the folder that systemd made for it, and the lock says so', async () => {
  const runtime = mkdtempSync(join(folder(), 'run-'))
  const one = service({ env: { RUNTIME_DIRECTORY: runtime } })
  await listens()
  expect(readdirSync(runtime)).toEqual([SOCKET_NAME])
  expect(findService(serviceFolder(), thisPlace())?.socket).toBe(join(runtime, SOCKET_NAME))
  const looking = person()
  await isAttached(looking)
  await one.source.stop()
  // systemd takes the folder away, not healthtop.
  expect(readdirSync(runtime)).toEqual([])
})
