import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serviceManager } from '../../../src/commands/run/service-manager.ts'
import { until } from '../../e2e/helpers.ts'

let folder: string
const path = process.env.PATH
const failed: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'healthtop-notify-'))
  failed.length = 0
})
afterEach(() => {
  process.env.PATH = path
  rmSync(folder, { recursive: true })
})

/** A manager that is told through this script. */
function manager(script: string | undefined, env: NodeJS.ProcessEnv = {}) {
  if (script !== undefined) {
    writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    process.env.PATH = `${folder}:${path}`
  }
  const given: NodeJS.ProcessEnv = { NOTIFY_SOCKET: '/run/notify', ...env }
  return { given, told: serviceManager({ env: given, pid: 4711, failed: (reason) => failed.push(reason) }) }
}

const lines = () =>
  existsSync(join(folder, 'told')) ? readFileSync(join(folder, 'told'), 'utf8').trim().split('\n') : []
const writes = () => `echo "$NOTIFY_SOCKET $*" >> ${folder}/told`

test('nobody is told where nobody asks', () => {
  expect(serviceManager({ env: { WATCHDOG_USEC: '1' }, pid: 1, failed: () => {} })).toBeUndefined()
})

test('what is told comes in its order, and programs that are started later do not know whom to tell', async () => {
  const { told, given } = manager(writes(), { WATCHDOG_USEC: '3000000', WATCHDOG_PID: '4711' })
  expect(told?.watchdogMs).toBe(3000)
  expect(given).toEqual({})
  told?.ready()
  told?.reloading(12.345)
  told?.ready()
  await told?.stopping()
  expect(lines()).toEqual([
    '/run/notify READY=1',
    '/run/notify RELOADING=1 MONOTONIC_USEC=12345',
    '/run/notify READY=1',
    '/run/notify STOPPING=1',
  ])
  expect(failed).toEqual([])
})

test.each([
  ['none', {}],
  ['of another process', { WATCHDOG_USEC: '3000000', WATCHDOG_PID: '1' }],
  ['that is no number', { WATCHDOG_USEC: 'soon' }],
  ['of no time', { WATCHDOG_USEC: '0' }],
])('a watchdog %s is not for us', (_, env) => {
  expect(manager(writes(), env).told?.watchdogMs).toBeUndefined()
})

test('signs of life do not queue behind a manager that is slow', async () => {
  const { told } = manager(`sleep 0.3; ${writes()}`)
  for (let count = 0; count < 20; count++) told?.alive()
  await until('one is told', () => lines().length > 0)
  told?.ready()
  await until('the next one is told', () => lines().length > 1)
  expect(lines()).toEqual(['/run/notify WATCHDOG=1', '/run/notify READY=1'])
})

test('why it cannot be told is said once', async () => {
  const { told } = manager('echo Failed to connect >&2; exit 1')
  told?.ready()
  told?.ready()
  await told?.stopping()
  expect(failed).toEqual(['systemd-notify: Failed to connect'])
})
