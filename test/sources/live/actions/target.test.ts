import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { expect, test, vi } from 'vitest'
import { checkTarget, lookInProc } from '../../../../src/sources/live/actions/target.ts'
import { makeTree, statLine } from '../tree.ts'
import { act, sleeper, startTicksOf } from './processes.ts'

const look = lookInProc('/')

test('a process that is there is seen', async () => {
  await using process = await sleeper()
  const { startTicks } = process.target
  expect(await checkTarget(process.target, look)).toEqual({ startTicks, zombie: false, nice: getPriority() })
})

test('one whose pid was used again is left alone', async () => {
  await using process = await sleeper()
  const targets = [{ pid: process.pid, startTicks: process.target.startTicks - 1 }]
  const reason = `pid ${process.pid} is another process now`
  expect(await act({ kind: 'signal', targets, signal: 'SIGKILL' })).toEqual({ ok: false, reason })
  expect(await act({ kind: 'nice', targets, nice: 9 })).toEqual({ ok: false, reason })
  expect(await checkTarget(process.target, look)).toMatchObject({ nice: getPriority() })
})

test('one that has ended', async () => {
  const process = await sleeper()
  await process.end()
  expect(await checkTarget(process.target, look)).toBe('ended already')
})

test('one that nobody waited for', async () => {
  const parent = spawn('sh', ['-c', 'sleep 1000 & echo $!; exec sleep 1000'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const gone = once(parent, 'exit')
  try {
    const [text] = await once(parent.stdout, 'data')
    const pid = Number(text)
    // The shell becomes a program that knows of no child.
    await vi.waitUntil(() => readFileSync(`/proc/${parent.pid}/comm`, 'latin1') === 'sleep\n', { timeout: 10_000 })
    process.kill(pid, 'SIGKILL')
    await vi.waitUntil(() => readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z '), { timeout: 10_000 })
    const target = { pid, startTicks: startTicksOf(pid) }
    const reason = 'ended already, its parent has not noticed yet'
    expect(await act({ kind: 'nice', targets: [target], nice: 5 })).toEqual({ ok: false, reason })
  } finally {
    parent.kill('SIGKILL')
    await gone
  }
})

test('one whose first thread has ended lives on in the others', async () => {
  const threads = statLine(8, 'eight', { state: 'Z' }).replace(' 20 0 1 0 100 ', ' 20 0 3 0 100 ')
  using tree = makeTree({ 'proc/8/stat': threads, 'proc/9/stat': statLine(9, 'nine', { state: 'Z' }) })
  expect(await checkTarget({ pid: 8, startTicks: 100 }, lookInProc(tree.root))).toMatchObject({ zombie: false })
  expect(await checkTarget({ pid: 9, startTicks: 100 }, lookInProc(tree.root))).toMatch(/^ended already, its parent/)
})

test.each([-1, 0, 1.5, Number.NaN])('%s is no process', async (pid) => {
  const never = () => {
    throw new Error('looked')
  }
  expect(await checkTarget({ pid, startTicks: 1 }, never)).toBe(`${pid} is no process`)
})

test('platforms without procfs look in their own time', async () => {
  const seen = { startTicks: 5, zombie: false, nice: 1 }
  expect(await checkTarget({ pid: 3, startTicks: 5 }, () => Promise.resolve(seen))).toBe(seen)
  const failing = () => Promise.reject(new Error('ps: was ended'))
  expect(await checkTarget({ pid: 3, startTicks: 5 }, failing)).toBe('not found out who it is: ps: was ended')
})
