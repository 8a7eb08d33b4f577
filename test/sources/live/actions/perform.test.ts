import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import { getPriority } from 'node:os'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Command, Outcome } from '../../../../src/model/source.ts'
import { hasProgram } from '../../../../src/sources/live/actions/program.ts'
import { type Bundle, bundle } from '../bundle.ts'
import { act, niceValues, output, type Running, sleeper } from './processes.ts'

const run = promisify(execFile)

test('it goes on after one that fails', async () => {
  await using first = await sleeper()
  const ended = await sleeper()
  await ended.end()
  await using last = await sleeper()
  const again = { pid: first.pid, startTicks: 1 }
  const targets = [first.target, ended.target, again, last.target]
  expect(await act({ kind: 'nice', targets, nice: 3 })).toEqual({ ok: false, reason: '2 of 4 not: ended already' })
  expect([first, last].map(({ pid }) => niceValues(pid))).toEqual([[3], [3]])
})

test('several at once', async () => {
  await using one = await sleeper()
  await using other = await sleeper()
  const targets = [one.target, other.target]
  expect(await act({ kind: 'nice', targets, nice: 3 })).toEqual({ ok: true })
  expect(niceValues(other.pid)).toEqual([3])
})

test('nobody is meant', async () => {
  const reason = 'no process is meant'
  expect(await act({ kind: 'signal', targets: [], signal: 'SIGTERM' })).toEqual({ ok: false, reason })
})

function canBeNobody(): boolean {
  if (process.getuid?.() !== 0) return false
  try {
    return output('setpriv', '--reuid=65534', '--clear-groups', 'id', '-u').trim() === '65534'
  } catch {
    return false
  }
}

/** Needs root, who alone can become somebody else, and setpriv of util-linux. */
describe.runIf(canBeNobody())('somebody who may not', () => {
  const NOBODY = 65534
  let acting: Bundle
  let own: Running
  let foreign: Running
  beforeAll(async () => {
    acting = await bundle('test/sources/live/actions/acting.ts')
    chmodSync(dirname(acting.path), 0o755)
    own = await sleeper({ uid: NOBODY, gid: NOBODY, cwd: '/' })
    foreign = await sleeper()
  })
  afterAll(async () => {
    acting[Symbol.dispose]()
    await own.end()
    await foreign.end()
  })

  async function asNobody(command: Command): Promise<Outcome> {
    const program = [process.execPath, acting.path, JSON.stringify(command)]
    const become = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--inh-caps=-all']
    const { stdout } = await run('setpriv', [...become, ...program], { cwd: '/' })
    return JSON.parse(stdout)
  }

  const refused = (reason: string) => ({ ok: false, reason })
  const NOT_PERMITTED = 'not permitted: it belongs to root'

  test('signals', async () => {
    const command = { kind: 'signal', targets: [foreign.target], signal: 'SIGKILL' } as const
    expect(await asNobody(command)).toEqual(refused(NOT_PERMITTED))
    expect(foreign.child.signalCode).toBeNull()
  })

  test('nice: back, but not first again', async () => {
    const nice = (target: Running, value: number) => asNobody({ kind: 'nice', targets: [target.target], nice: value })
    expect(await nice(foreign, 5)).toEqual(refused(NOT_PERMITTED))
    expect(await nice(own, 5)).toEqual({ ok: true })
    expect(await nice(own, 2)).toEqual(refused('only root may make it go first again'))
    expect(await nice(own, -3)).toEqual(refused('only root may make it go before others'))
    expect([own, foreign].map(({ pid }) => niceValues(pid))).toEqual([[5], [getPriority()]])
  })

  test.runIf(hasProgram('ionice'))('classes of I/O', async () => {
    const before = output('ionice', '-p', `${foreign.pid}`)
    const set = (target: Running, ioClass: 'idle' | 'realtime') =>
      asNobody({ kind: 'io_class', targets: [target.target], ioClass, level: 4 })
    expect(await set(foreign, 'idle')).toEqual(refused(NOT_PERMITTED))
    expect(await set(own, 'realtime')).toEqual(refused('only root may make it real-time'))
    expect(await set(own, 'idle')).toEqual({ ok: true })
    expect(output('ionice', '-p', `${own.pid}`)).toBe('idle\n')
    expect(output('ionice', '-p', `${foreign.pid}`)).toBe(before)
  })

  test.runIf(hasProgram('taskset'))('cores', async () => {
    const command = { kind: 'affinity', targets: [foreign.target], cores: [0] } as const
    expect(await asNobody(command)).toEqual(refused(NOT_PERMITTED))
  })

  test('of several the own one gets it', async () => {
    const mine = await sleeper({ uid: NOBODY, gid: NOBODY, cwd: '/' })
    const exited = once(mine.child, 'exit')
    const targets = [foreign.target, mine.target, { pid: own.pid, startTicks: 1 }]
    expect(await asNobody({ kind: 'signal', targets, signal: 15 })).toEqual(refused(`2 of 3 not: ${NOT_PERMITTED}`))
    expect(await exited).toEqual([null, 'SIGTERM'])
  })
})
