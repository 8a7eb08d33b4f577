import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { hasProgram } from '../../../../src/sources/live/actions/program.ts'
import { act, output, sleeper, startTicksOf, threaded, threadIds } from './processes.ts'

function lists(pid: number): string[] {
  const text = output('taskset', '-a', '-c', '-p', `${pid}`)
  return [...text.matchAll(/list: (.*)$/gm)].map(([, list]) => list ?? '')
}

test.runIf(hasProgram('taskset'))('all threads of a process are bound to cores', async () => {
  await using process = await threaded()
  const { pid, target } = process
  expect(await act({ kind: 'affinity', targets: [target], cores: [0] })).toEqual({ ok: true })
  expect(new Set(lists(pid))).toEqual(new Set(['0']))
  expect(lists(pid).length).toBe(threadIds(pid).length)
})

test.runIf(hasProgram('taskset'))('a thread is bound alone', async () => {
  await using process = await threaded()
  const before = lists(process.pid)
  const pid = Number(threadIds(process.pid)[2])
  const targets = [{ pid, startTicks: startTicksOf(pid) }]
  expect(await act({ kind: 'affinity', targets, cores: [0] })).toEqual({ ok: true })
  expect(lists(process.pid)).toEqual(before.with(2, '0'))
})

test('where a thread that has ended stops the program, each is bound alone', async () => {
  await using process = await sleeper()
  const { pid, target } = process
  const calls: string[] = []
  const outcome = await act(
    { kind: 'affinity', targets: [target], cores: [0] },
    {
      spawn: (_, args, options) => {
        calls.push(args.join(' '))
        const script = args[0] === '-a' ? 'echo "taskset: failed to set: No such process" >&2; exit 1' : 'exit 0'
        return spawn('sh', ['-c', script], options)
      },
    },
  )
  expect(outcome).toEqual({ ok: true })
  expect(calls).toEqual([...new Array(3).fill(`-a -c -p 0 ${pid}`), `-c -p 0 ${pid}`])
})

test('what the kernel does not allow', async () => {
  await using process = await sleeper()
  const outcome = await act(
    { kind: 'affinity', targets: [process.target], cores: [0] },
    { spawn: (_, __, options) => spawn('sh', ['-c', 'echo "taskset: Invalid argument" >&2; exit 1'], options) },
  )
  expect(outcome).toEqual({ ok: false, reason: 'it may not run on these: its cgroup or the kernel binds it' })
})

test('no core, and cores that are not there', async () => {
  await using process = await sleeper()
  const refusal = async (cores: number[]) => act({ kind: 'affinity', targets: [process.target], cores })
  const last = output('cat', '/sys/devices/system/cpu/online').trim()
  expect(await refusal([])).toEqual({ ok: false, reason: 'no core is left to run on' })
  expect(await refusal([0, 4096, 5000])).toEqual({
    ok: false,
    reason: `there is no core 4096, 5000 here, only ${last}`,
  })
})
