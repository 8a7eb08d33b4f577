import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { lookInProc } from '../../../../src/sources/live/actions/target.ts'
import { makeTree } from '../tree.ts'
import { act, sleeper, startTicksOf } from './processes.ts'

function refusal(code: string): Error {
  return Object.assign(new Error(`kill ${code}`), { code })
}

async function ask(signal: string | number, thrown?: Error) {
  using tree = makeTree()
  const { root } = tree
  const sent: unknown[] = []
  const kill = (...what: unknown[]) => {
    sent.push(what)
    if (thrown) throw thrown
  }
  const targets = [{ pid: 7, startTicks: 100 }]
  const outcome = await act({ kind: 'signal', targets, signal }, { root, look: lookInProc(root), kill })
  return { outcome, sent }
}

test.each([
  ['SIGTERM', 15],
  ['hup', 1],
  ['SIGRTMIN+3', 37],
  [40, 40],
])('the process that is meant gets %s', async (signal, number) => {
  expect(await ask(signal)).toEqual({ outcome: { ok: true }, sent: [[7, number]] })
})

test.each(['SIGNONE', 0, -9, 65, 1.5, ''])('there is no signal %s', async (signal) => {
  expect(await ask(signal)).toEqual({
    outcome: { ok: false, reason: `there is no signal ${signal} here` },
    sent: [],
  })
})

test.each([
  ['EPERM', 'not permitted: it belongs to ada'],
  ['ESRCH', 'ended already'],
  ['EINVAL', 'there is no signal SIGTERM here'],
  ['EIO', 'kill EIO'],
])('%s is told in words', async (code, reason) => {
  expect((await ask('SIGTERM', refusal(code))).outcome).toEqual({ ok: false, reason })
})

test('a real process ends by it', async () => {
  await using process = await sleeper()
  const exited = once(process.child, 'exit')
  expect(await act({ kind: 'signal', targets: [process.target], signal: 'SIGKILL' })).toEqual({ ok: true })
  expect(await exited).toEqual([null, 'SIGKILL'])
})

test('a real-time signal arrives as the shell calls it', async () => {
  const shell = spawn('bash', ['-c', 'trap "echo came; exit" RTMIN+5; echo there; while :; do sleep 0.02; done'])
  shell.stdout.setEncoding('utf8')
  expect(await once(shell.stdout, 'data')).toEqual(['there\n'])
  const target = { pid: shell.pid as number, startTicks: startTicksOf(shell.pid as number) }
  const came = once(shell.stdout, 'data')
  const exited = once(shell, 'exit')
  expect(await act({ kind: 'signal', targets: [target], signal: 'SIGRTMIN+5' })).toEqual({ ok: true })
  expect(await came).toEqual(['came\n'])
  await exited
})
