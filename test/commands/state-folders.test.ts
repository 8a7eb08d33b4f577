import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderToRead, stateFolders } from '../../src/commands/state-folders.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { LOG_DEFAULTS } from '../../src/model/log-settings.ts'
import { startTicksOf, thisPlace } from '../../src/sources/shared/holder.ts'
import { LOCK_NAME } from '../../src/sources/shared/lock.ts'
import { textOf } from '../../src/sources/shared/lock-file.ts'
import { createShareServer, type ShareServer } from '../../src/sources/shared/server.ts'
import { Standing } from '../../src/sources/shared/standing.ts'
import { until } from '../e2e/helpers.ts'
import { ToldSource } from '../sources/shared/live.ts'

let folder: string
let server: ShareServer | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'healthtop-folders-'))
})
afterEach(async () => {
  await server?.close()
  server = undefined
  rmSync(folder, { recursive: true })
})

const OPTIONS = { root: '/', log: LOG_DEFAULTS } as const
const ENV = { XDG_STATE_HOME: '/home/ann/state', HEALTHTOP_SERVICE_DIR: '/service' }

test('a person has a folder and may look at that of the service', () => {
  expect(stateFolders(OPTIONS, ENV, 'linux')).toEqual({ own: '/home/ann/state/healthtop', service: '/service' })
  const { HEALTHTOP_SERVICE_DIR: _, ...usual } = ENV
  expect(stateFolders(OPTIONS, usual, 'linux').service).toBe('/var/lib/healthtop')
  expect(stateFolders(OPTIONS, { ...ENV, HEALTHTOP_SERVICE_DIR: '' }, 'linux')).not.toHaveProperty('service')
})

test('who says which folder is meant means no other; nor does the service itself', () => {
  expect(stateFolders({ ...OPTIONS, stateDir: '/said' }, ENV, 'linux')).toEqual({ own: '/said' })
  expect(stateFolders({ ...OPTIONS, root: '/recorded', stateDir: '/said' }, ENV, 'linux')).toEqual({ own: '/said' })
  expect(stateFolders(OPTIONS, { ...ENV, STATE_DIRECTORY: '/service' }, 'linux')).toEqual({ own: '/service' })
  expect(stateFolders(OPTIONS, { ...ENV, STATE_DIRECTORY: '/other' }, 'linux')).toEqual({ own: '/other' })
})

test('without a log, or for a recorded tree, there is none', () => {
  expect(stateFolders({ ...OPTIONS, log: 'off', stateDir: '/said' }, ENV, 'linux')).toEqual({})
  expect(stateFolders({ ...OPTIONS, root: '/recorded' }, ENV, 'linux')).toEqual({})
})

/** A state folder, with a log or without. */
function state(name: string, logged: boolean): string {
  const path = join(folder, name)
  mkdirSync(join(path, 'log'), { recursive: true })
  if (logged) writeFileSync(join(path, 'log/2026-11-25T14.ndjson'), '')
  return path
}

/** Somebody who measures in a folder and lets others in. */
async function measures(path: string): Promise<void> {
  const socket = join(path, 'healthtop.sock')
  server = createShareServer({
    path: socket,
    nonce: '0123456789abcdef',
    me: { pid: process.pid, command: 'run', version: '0.1.0' },
    bootId: thisPlace().bootId,
    clock: systemClock,
    source: new ToldSource(),
    standing: new Standing(),
    judge: () => ({ ok: true }),
    readOnly: false,
    giveWay: undefined,
    failed: (reason) => expect.unreachable(reason),
  })
  await until('it listens', () => existsSync(socket))
  const startTicks = startTicksOf(process.pid) as number
  const lock = textOf({ pid: process.pid, command: 'run', nonce: 'n', startTicks, ...thisPlace(), socket })
  writeFileSync(join(path, LOCK_NAME), lock)
}

test('one reads the log of the service while it measures, else one’s own, else what the service left', async () => {
  const [own, service] = [state('own', true), state('service', true)]
  const [empty, bare] = [state('empty', false), state('bare', false)]
  expect(folderToRead({ own, service })).toBe(own)
  expect(folderToRead({ own: empty, service })).toBe(service)
  expect(folderToRead({ service })).toBe(service)
  expect(folderToRead({ own: empty, service: bare })).toBe(empty)
  expect(folderToRead({ own, service: join(folder, 'nowhere') })).toBe(own)
  expect(folderToRead({ own })).toBe(own)
  expect(folderToRead({})).toBeUndefined()
  await measures(service)
  expect(folderToRead({ own, service })).toBe(service)
})

test('a service that has no log to read yet leaves one with one’s own', async () => {
  const [own, service] = [state('own', true), state('service', false)]
  await measures(service)
  expect(folderToRead({ own, service })).toBe(own)
})
