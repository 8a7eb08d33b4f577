import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { hasProgram } from '../../../../src/sources/live/actions/program.ts'
import { act, output, sleeper, threaded, threadIds } from './processes.ts'

function classes(pid: number): Set<string> {
  return new Set(
    output('ionice', '-p', ...threadIds(pid))
      .trim()
      .split('\n'),
  )
}

test.runIf(hasProgram('ionice'))('all threads of a process get a class', async () => {
  await using process = await threaded()
  const { pid, target } = process
  const set = (ioClass: 'none' | 'best-effort' | 'idle', level = 0) =>
    act({ kind: 'io_class', targets: [target], ioClass, level })
  expect(await set('best-effort', 6)).toEqual({ ok: true })
  expect(classes(pid)).toEqual(new Set(['best-effort: prio 6']))
  expect(await set('idle', 99)).toEqual({ ok: true })
  expect(classes(pid)).toEqual(new Set(['idle']))
  expect(await set('none')).toEqual({ ok: true })
  expect(classes(pid)).toEqual(new Set(['none: prio 0']))
})

test.each([8, -1, 2.5])('level %s is refused', async (level) => {
  await using process = await sleeper()
  const command = { kind: 'io_class', targets: [process.target], ioClass: 'best-effort', level } as const
  expect(await act(command)).toEqual({ ok: false, reason: 'the level is a whole number from 0 to 7' })
})

test('a thread that ends meanwhile keeps none of the others from its class', async () => {
  await using process = await sleeper()
  const calls: string[][] = []
  const outcome = await act(
    { kind: 'io_class', targets: [process.target], ioClass: 'idle', level: 0 },
    {
      spawn: (_, args, options) => {
        calls.push([...args])
        const script = calls.length === 1 ? 'echo "ionice: ioprio_set failed: No such process" >&2; exit 1' : 'exit 0'
        return spawn('sh', ['-c', script], options)
      },
    },
  )
  expect(outcome).toEqual({ ok: true })
  expect(calls).toEqual([
    ['-c', '3', '-p', `${process.pid}`],
    ['-c', '3', '-t', '-p', `${process.pid}`],
  ])
})

test('only Linux has classes', async () => {
  await using process = await sleeper()
  const command = { kind: 'io_class', targets: [process.target], ioClass: 'idle', level: 0 } as const
  expect(await act(command, { platform: 'darwin' })).toEqual({ ok: false, reason: 'only Linux has classes of I/O' })
})
