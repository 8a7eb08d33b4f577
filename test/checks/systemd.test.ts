import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemd, systemdWith } from '../../src/checks/systemd.ts'
import type { Spawn } from '../../src/lib/run-program.ts'
import { complaints, context, onPath, program, settingsOf, temporaryFolder } from './asking.ts'
import { ACTIVE, AUTO_RESTART, FAILED, INACTIVE, MASKED, NOT_FOUND, TIMER } from './systemd/units.ts'

const NOW = Date.parse('2026-11-25T10:30:00Z')
const asked = (changes: Parameters<typeof context>[0] = {}) =>
  context({ now: () => ({ wallMs: NOW, monoMs: 0 }), ...changes })
const settings = (written: object = {}) => settingsOf(systemd, { unit: 'nginx', ...written })

/** A systemctl and a journalctl of the test on PATH; what systemctl prints can be changed between two runs. */
function systemctl(text: string, log = 'echo "nginx: [emerg] bind() failed"') {
  const folder = temporaryFolder()
  program(
    folder,
    'systemctl',
    `printf '%s ' "$@" > ${folder}/asked; echo "$TZ" >> ${folder}/asked; cat ${folder}/answer`,
  )
  program(folder, 'journalctl', log)
  const answer = (next: string) => writeFileSync(join(folder, 'answer'), next)
  answer(text)
  onPath(folder)
  return { folder, answer }
}

test('a unit that runs is up', async () => {
  const { folder } = systemctl(ACTIVE)
  expect(await systemd.run(settings(), asked())).toEqual({
    state: 'up',
    noLatency: true,
    expectations: [{ name: 'state', met: true, found: 'active (running)', wanted: 'active' }],
    facts: [
      { name: 'state', value: 'active (running)' },
      { name: 'since', value: '10:00' },
      { name: 'restarts', value: '0' },
    ],
  })
  expect(readFileSync(join(folder, 'asked'), 'utf8')).toMatch(/^show -p LoadState,\S+ -- nginx\.service UTC\n$/)
})

test.each([
  [FAILED, 'down', 'failed', 'nginx.service is failed since 10:28 (exit status 203: its program cannot be run)'],
  [INACTIVE, 'down', 'inactive', 'nginx.service is inactive since 09:00: it is not started'],
  [NOT_FOUND, 'down', 'missing', 'there is no unit nginx.service'],
  [MASKED, 'down', 'masked', 'nginx.service is masked: it cannot be started'],
  [
    AUTO_RESTART,
    'degraded',
    'restarting',
    'nginx.service is waiting to be started again since 10:28 (ended by SIGSEGV)',
  ],
  [
    ACTIVE.replace('=active', '=activating').replace('=running', '=start-pre'),
    'degraded',
    'starting',
    'nginx.service is starting since 10:00',
  ],
  [
    ACTIVE.replace('=active', '=reloading'),
    'degraded',
    'reloading',
    'nginx.service is reloading its configuration since 10:00',
  ],
  [ACTIVE.replace('=active', '=deactivating'), 'degraded', 'stopping', 'nginx.service is stopping since 10:00'],
  [
    ACTIVE.replace('=active', '=maintenance'),
    'down',
    'state',
    'nginx.service is maintenance since 10:00, expected active',
  ],
  [
    INACTIVE.replace('=loaded', '=bad-setting'),
    'down',
    'unit',
    'nginx.service is inactive, and its unit file has mistakes; systemctl status nginx.service tells them',
  ],
])('%j', async (text, state, reason, error) => {
  systemctl(text)
  expect(await systemd.run(settings(), asked())).toMatchObject({ state, reason, error })
})

test('what is not well brings the last line of its log', async () => {
  systemctl(FAILED)
  const outcome = await systemd.run(settings(), asked())
  expect(outcome.facts?.at(-1)).toEqual({ name: 'log', value: 'nginx: [emerg] bind() failed' })
})

test.each(['exit 1', 'exec sleep 600', 'exec yes', "printf '\\033[31m\\007'; exit 0"])(
  'a log by %j hides no state',
  async (log) => {
    systemctl(FAILED, log)
    const outcome = await systemd.run(settings(), asked({ timeoutMs: 10_000, deadlineMono: 600 }))
    expect(outcome).toMatchObject({ state: 'down', reason: 'failed' })
    expect(JSON.stringify(outcome.facts)).not.toContain('\\u00')
  },
)

test('another state, and a state of its type, can be wanted', async () => {
  const { answer } = systemctl(INACTIVE)
  expect(await systemd.run(settings({ state: 'inactive' }), asked())).toMatchObject({ state: 'up' })
  answer(TIMER)
  expect(await systemd.run(settings({ unit: 'backup.timer', sub: 'waiting' }), asked())).toMatchObject({ state: 'up' })
  expect(await systemd.run(settings({ unit: 'backup.timer', sub: 'running' }), asked())).toMatchObject({
    state: 'down',
    error: 'backup.timer is active (waiting), expected running',
  })
  expect(await systemd.run(settings({ unit: 'backup.timer', restarts: '<3' }), asked())).toMatchObject({ state: 'up' })
})

test('restarts are counted since somebody started it, and within ten minutes', async () => {
  const { answer } = systemctl(ACTIVE.replace('NRestarts=0', 'NRestarts=7'))
  const memory = new Map()
  const minute = (monoMinutes: number) => asked({ memory, now: () => ({ wallMs: NOW, monoMs: monoMinutes * 60_000 }) })
  const restarted = (count: number) => answer(ACTIVE.replace('NRestarts=0', `NRestarts=${count}`))
  expect(await systemd.run(settings(), minute(0))).toMatchObject({ state: 'up' })
  expect(await systemd.run(settings({ restarts: '<5' }), minute(0))).toMatchObject({
    state: 'degraded',
    reason: 'restarts',
    error: 'nginx.service was restarted 7 times, expected <5',
  })
  restarted(9)
  expect(await systemd.run(settings(), minute(1))).toMatchObject({ state: 'up', restarts: 2 })
  expect((await systemd.run(settings(), minute(1))).restarts).toBeUndefined()
  restarted(11)
  expect(await systemd.run(settings(), minute(2))).toMatchObject({
    state: 'degraded',
    reason: 'restarting',
    error: 'nginx.service restarted 4 times in 10 min',
  })
  restarted(0)
  expect(await systemd.run(settings(), minute(12))).toMatchObject({ state: 'up' })
})

test('a loop that is between two starts is told as one', async () => {
  const { answer } = systemctl(AUTO_RESTART)
  const memory = new Map()
  await systemd.run(settings(), asked({ memory }))
  answer(AUTO_RESTART.replace('NRestarts=3', 'NRestarts=6'))
  expect(await systemd.run(settings(), asked({ memory }))).toMatchObject({
    state: 'degraded',
    error: 'nginx.service restarted 3 times in 10 min (ended by SIGSEGV)',
  })
})

test('where systemd does not run, that is the reason', async () => {
  const folder = temporaryFolder()
  program(
    folder,
    'systemctl',
    'echo "System has not been booted with systemd as init system (PID 1). Can\'t operate." >&2; echo "Failed to connect to bus: Host is down" >&2; exit 1',
  )
  onPath(folder)
  expect(await systemd.run(settings(), asked())).toMatchObject({
    state: 'unknown',
    error: "systemd does not run here: System has not been booted with systemd as init system (PID 1). Can't operate.",
  })
})

test('where there is no systemctl, that is the reason', async () => {
  const none: Spawn = (_, args, options) => spawn('healthtop-no-such-program', args, options)
  expect(await systemdWith(none).run(settings(), asked())).toMatchObject({
    state: 'unknown',
    error: 'no systemctl program on this machine',
  })
})

test('garbage, a complaint, too much and a hang are no state', async () => {
  const { answer, folder } = systemctl('\u0000\u001b[31m;;==\n'.repeat(100))
  expect(await systemd.run(settings(), asked())).toMatchObject({
    state: 'unknown',
    error: 'systemctl told no state of the unit',
  })
  answer(`${ACTIVE}`.repeat(10_000))
  await expect(systemd.run(settings(), asked())).rejects.toThrow('systemctl: wrote more than 1 MB')
  program(folder, 'systemctl', 'echo "Unit name is not valid." >&2; exit 1')
  expect(await systemd.run(settings(), asked())).toMatchObject({
    state: 'unknown',
    error: 'systemctl: Unit name is not valid.',
  })
  program(folder, 'systemctl', 'while :; do echo ActiveState=active; sleep 0.05; done')
  await expect(systemd.run(settings(), asked({ timeoutMs: 400 }))).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('only names of units are asked for', async () => {
  for (const unit of ['--help', '-x', 'a b', 'a;b', '../x', ''])
    expect(complaints(systemd, { unit })[0], unit).toMatch(/^unit: expected the name of a unit such as nginx.service/)
  expect(complaints(systemd, { unit: 'nginx', state: 'up' })[0]).toMatch(/^state: expected one of active, inactive/)
})

test('targets', () => {
  expect(systemd.parseTarget('systemd:nginx', undefined)).toEqual(settings())
  expect(systemd.parseTarget('systemd:getty@tty1.service', 'inactive')).toEqual({
    unit: 'getty@tty1.service',
    state: 'inactive',
  })
  expect(systemd.target(settings())).toBe('nginx.service')
  expect(() => systemd.parseTarget('systemd:-x', undefined)).toThrow('expected systemd:UNIT')
  expect(() => systemd.parseTarget('systemd:x', 'up')).toThrow(
    '--expect: expected active, inactive or failed, got "up"',
  )
})
