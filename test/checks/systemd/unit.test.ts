import { expect, test } from 'vitest'
import { endingOf } from '../../../src/checks/systemd/ending.ts'
import { parseUnit, type Unit } from '../../../src/checks/systemd/unit.ts'
import { ACTIVE, AUTO_RESTART, FAILED, NOT_FOUND, TIMER } from './units.ts'

const at = (time: string) => Date.parse(`2026-11-25T${time}Z`)

test('a service that runs', () => {
  expect(parseUnit(ACTIVE)).toEqual({
    load: 'loaded',
    active: 'active',
    sub: 'running',
    result: 'success',
    changedMs: at('10:00:00'),
    activeSinceMs: at('10:00:00'),
    restarts: 0,
  })
})

test('one that failed, and one that was killed', () => {
  expect(parseUnit(FAILED)).toMatchObject({ active: 'failed', exit: { how: 'exited', status: 203 }, restarts: 5 })
  expect(parseUnit(FAILED)?.activeSinceMs).toBeUndefined()
  expect(parseUnit(AUTO_RESTART)).toMatchObject({ sub: 'auto-restart', exit: { how: 'killed', status: 11 } })
})

test('what is no service, or nothing at all, has no restarts and no times', () => {
  expect(parseUnit(TIMER)).toMatchObject({ active: 'active', sub: 'waiting' })
  expect(parseUnit(TIMER)).not.toHaveProperty('restarts')
  expect(parseUnit(NOT_FOUND)).toEqual({ load: 'not-found', active: 'inactive', sub: 'dead', result: '' })
})

test.each(['', 'garbage', '=x\n==\n', 'LoadState=loaded\n'])('%j tells no state', (text) => {
  expect(parseUnit(text)).toBeUndefined()
})

test('nothing of it reaches a terminal raw', () => {
  expect(parseUnit('ActiveState=\u001b[31mactive\u0007\nSubState=x\r\n')).toMatchObject({ active: '[31mactive' })
})

const ended = (result: string, exit?: Unit['exit']) =>
  endingOf({ load: 'loaded', active: 'failed', sub: 'failed', result, ...(exit && { exit }) })

test.each([
  ['success', undefined, undefined],
  ['exit-code', { how: 'exited', status: 1 }, 'exit status 1'],
  ['exit-code', { how: 'exited', status: 203 }, 'exit status 203: its program cannot be run'],
  ['signal', { how: 'killed', status: 9 }, 'ended by SIGKILL'],
  ['core-dump', { how: 'dumped', status: 11 }, 'ended by SIGSEGV, core dumped'],
  ['signal', { how: 'killed', status: 99 }, 'ended by signal 99'],
  ['oom-kill', { how: 'killed', status: 9 }, 'the kernel ended it for want of memory'],
  ['start-limit-hit', undefined, 'it was started too often in too short a time'],
  ['something-new', undefined, 'something-new'],
] as const)('%s, %o: %s', (result, exit, expected) => {
  expect(ended(result, exit)).toBe(expected)
})
