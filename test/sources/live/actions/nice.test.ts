import { getPriority } from 'node:os'
import { expect, test } from 'vitest'
import { act, niceValues, output, sleeper, startTicksOf, threaded, threadIds } from './processes.ts'

test('all threads of a process are reniced', async () => {
  await using process = await threaded()
  const { pid, target } = process
  expect(niceValues(pid).length).toBeGreaterThan(4)
  expect(await act({ kind: 'nice', targets: [target], nice: 7 })).toEqual({ ok: true })
  expect(new Set(niceValues(pid))).toEqual(new Set([7]))
  expect(output('ps', '-o', 'ni=,cls=', '-p', `${pid}`).trim().split(/\s+/)).toEqual(['7', 'TS'])
})

test('a thread is reniced alone', async () => {
  await using process = await threaded()
  const thread = Number(threadIds(process.pid)[2])
  const target = { pid: thread, startTicks: startTicksOf(thread) }
  expect(await act({ kind: 'nice', targets: [target], nice: 11 })).toEqual({ ok: true })
  expect(
    niceValues(process.pid)
      .map((nice, index) => (nice === 11 ? index : -1))
      .filter((index) => index >= 0),
  ).toEqual([2])
})

test.each([20, -21, 1.5, Number.NaN])('nice %s is refused', async (nice) => {
  await using process = await sleeper()
  const reason = 'nice is a whole number from -20 to 19'
  expect(await act({ kind: 'nice', targets: [process.target], nice })).toEqual({ ok: false, reason })
  expect(niceValues(process.pid)).toEqual([getPriority()])
})

test('a thread that ends meanwhile does not matter, a process does', async () => {
  await using process = await threaded()
  const gone = Object.assign(new Error('setpriority'), { code: 'ERR_SYSTEM_ERROR', info: { code: 'ESRCH' } })
  const command = { kind: 'nice', targets: [process.target], nice: 5 } as const
  const last = Math.max(...threadIds(process.pid).map(Number))
  const one = (id: number) => {
    if (id === last) throw gone
  }
  const all = () => {
    throw gone
  }
  expect(await act(command, { setPriority: one })).toEqual({ ok: true })
  expect(await act(command, { setPriority: all })).toEqual({ ok: false, reason: 'ended already' })
})

test('without threads of their own, processes are set as a whole', async () => {
  await using process = await threaded()
  const set: unknown[] = []
  const setPriority = (...what: unknown[]) => void set.push(what)
  await act({ kind: 'nice', targets: [process.target], nice: 5 }, { platform: 'darwin', setPriority })
  expect(set).toEqual([[process.pid, 5]])
})
