import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseStat, StatReading } from '../../../src/probes/linux/processes/stat.ts'
import { sendSignal } from '../../../src/sources/live/signal.ts'
import { makeTree, statLine } from './tree.ts'

function refusal(code: string): Error {
  return Object.assign(new Error(`kill ${code}`), { code })
}

function ask(pid: number, startTicks: number, thrown?: Error) {
  using tree = makeTree({ 'proc/8/stat': statLine(8, 'eight', { state: 'Z' }) })
  const sent: unknown[] = []
  const kill = (...what: unknown[]) => {
    sent.push(what)
    if (thrown) throw thrown
  }
  const outcome = sendSignal(
    { kind: 'signal', target: { pid, startTicks }, signal: 'SIGTERM' },
    { root: tree.root, kill },
  )
  return { outcome, sent }
}

test('the process that is meant gets its signal', () => {
  expect(ask(7, 100)).toEqual({ outcome: { ok: true }, sent: [[7, 'SIGTERM']] })
})

test.each([
  ['a pid nobody has', 9, 100, 'ended already'],
  ['a pid that was used again', 7, 99, 'pid 7 is another process now'],
  ['a process that nobody waited for', 8, 100, 'ended already, its parent has not noticed yet'],
  ['every process', -1, 100, '-1 is no process'],
  ['the own group', 0, 100, '0 is no process'],
])('nothing is sent to %s', (_, pid, startTicks, reason) => {
  expect(ask(pid, startTicks)).toEqual({ outcome: { ok: false, reason }, sent: [] })
})

test.each([
  ['EPERM', 'not permitted: it belongs to ada'],
  ['ESRCH', 'ended already'],
  ['ERR_UNKNOWN_SIGNAL', 'there is no signal SIGTERM here'],
  ['EIO', 'kill EIO'],
])('%s is told in words', (code, reason) => {
  expect(ask(7, 100, refusal(code)).outcome).toEqual({ ok: false, reason })
})

test('a real process ends by it', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  await once(child, 'spawn')
  const reading = new StatReading()
  const stat = readFileSync(`/proc/${child.pid}/stat`)
  parseStat(stat, stat.length, reading)
  const target = { pid: child.pid as number, startTicks: reading.startTicks }
  const options = { root: '/', kill: (pid: number, signal: NodeJS.Signals) => void process.kill(pid, signal) }
  const exited = once(child, 'exit')
  expect(sendSignal({ kind: 'signal', target, signal: 'SIGKILL' }, options)).toEqual({ ok: true })
  expect(await exited).toEqual([null, 'SIGKILL'])
})
