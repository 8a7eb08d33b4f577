import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Spawn } from '../../../../src/lib/run-program.ts'
import { thisMachine } from '../../../../src/sources/live/actions/action.ts'
import { possibleActions } from '../../../../src/sources/live/actions/possible.ts'
import { ask, hasProgram } from '../../../../src/sources/live/actions/program.ts'
import { makeTree } from '../tree.ts'
import { act, sleeper } from './processes.ts'

/** Something that goes on, whatever program is asked. */
function hanging(): { readonly spawn: Spawn; readonly child: () => ChildProcess } {
  let child: ChildProcess | undefined
  return {
    spawn: (_, __, options) => {
      child = spawn('sleep', ['1000'], options)
      return child
    },
    child: () => child as ChildProcess,
  }
}

test('a program that hangs is ended after two seconds', async () => {
  const { spawn, child } = hanging()
  const machine = { ...thisMachine('/', new AbortController().signal), spawn }
  const answer = await ask('ionice', ['-p', '1'], machine)
  expect(answer).toMatchObject({ ok: false, reason: 'ionice did not answer within 2 seconds' })
  if (child().exitCode === null && child().signalCode === null) await once(child(), 'exit')
  expect(child().signalCode).toBe('SIGKILL')
})

test('and with the source', async () => {
  const { spawn, child } = hanging()
  const controller = new AbortController()
  const answer = ask('taskset', ['-p', '1'], { ...thisMachine('/', controller.signal), spawn })
  const gone = once(child(), 'exit')
  controller.abort()
  expect(await answer).toMatchObject({ ok: false, reason: 'taskset: was ended' })
  expect(await gone).toEqual([null, 'SIGKILL'])
})

test('nothing is started after the end', async () => {
  const never: Spawn = () => {
    throw new Error('started')
  }
  const answer = await ask('taskset', [], { ...thisMachine('/', AbortSignal.abort()), spawn: never })
  expect(answer).toMatchObject({ ok: false, reason: 'taskset: was ended' })
})

test.each(['io_class', 'affinity'] as const)('%s without its program', async (kind) => {
  await using process = await sleeper()
  const program = kind === 'io_class' ? 'ionice' : 'taskset'
  const nowhere: Spawn = (name, args, options) => spawn(`/nowhere/${name}`, args, options)
  const { target } = process
  const command =
    kind === 'io_class'
      ? ({ kind, targets: [target], ioClass: 'idle', level: 0 } as const)
      : ({ kind, targets: [target], cores: [0] } as const)
  const reason = `no ${program} on this machine: it is in util-linux`
  expect(await act(command, { spawn: nowhere })).toEqual({ ok: false, reason })
})

test('a program is one that may be run', () => {
  using tree = makeTree()
  writeFileSync(`${tree.root}/ionice`, '')
  expect(hasProgram('ionice', ['/nowhere', tree.root])).toBe(false)
  chmodSync(`${tree.root}/ionice`, 0o755)
  expect(hasProgram('ionice', ['/nowhere', tree.root])).toBe(true)
  expect(hasProgram('taskset', ['/nowhere', tree.root])).toBe(false)
})

test('what is possible depends on the system and its programs', () => {
  expect([...possibleActions('linux', () => true)]).toEqual(['signal', 'nice', 'io_class', 'affinity'])
  expect([...possibleActions('linux', (program) => program === 'taskset')]).toEqual(['signal', 'nice', 'affinity'])
  expect([...possibleActions('darwin', () => true)]).toEqual(['signal', 'nice'])
})
