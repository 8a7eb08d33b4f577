import { getPriority } from 'node:os'
import { expect, test } from 'vitest'
import { thisMachine } from '../../../../src/sources/live/actions/action.ts'
import { coresOf, parseCores } from '../../../../src/sources/live/actions/cores.ts'
import { currentOf, parseAffinity, parseIoClass } from '../../../../src/sources/live/actions/current.ts'
import { hasProgram } from '../../../../src/sources/live/actions/program.ts'
import { output, sleeper } from './processes.ts'

const machine = thisMachine('/', new AbortController().signal)

test.runIf(hasProgram('ionice') && hasProgram('taskset'))('what was set by others is what is told', async () => {
  await using process = await sleeper()
  const pid = `${process.pid}`
  output('ionice', '-c', '0', '-p', pid)
  const usual = await currentOf(process.target, machine)
  const allowed = /list: (.*)$/m.exec(output('taskset', '-c', '-p', pid))?.[1] ?? ''
  expect(usual).toEqual({
    nice: getPriority(),
    ioClass: 'none',
    affinity: parseCores(Buffer.from(allowed)),
    cores: coresOf('/'),
  })
  output('renice', '-n', '4', '-p', pid)
  output('ionice', '-c', '2', '-n', '6', '-p', pid)
  output('taskset', '-c', '-p', '0', pid)
  const changed = { nice: 4, ioClass: 'best-effort 6', affinity: [0], cores: coresOf('/') }
  expect(await currentOf(process.target, machine)).toEqual(changed)
})

test('what cannot be asked is absent', async () => {
  await using process = await sleeper()
  const { spawn } = machine
  const nowhere = { ...machine, spawn: (...[name, ...rest]: Parameters<typeof spawn>) => spawn(`/no/${name}`, ...rest) }
  expect(await currentOf(process.target, nowhere)).not.toHaveProperty('ioClass')
  expect(await currentOf(process.target, { ...machine, platform: 'darwin' })).toEqual({
    nice: getPriority(),
    cores: coresOf('/'),
  })
})

test('nothing is told of one that has ended, or is another', async () => {
  const process = await sleeper()
  const { pid, startTicks } = process.target
  expect(await currentOf({ pid, startTicks: startTicks + 1 }, machine)).toBeUndefined()
  await process.end()
  expect(await currentOf(process.target, machine)).toBeUndefined()
})

test.each([
  ['none: prio 0\n', 'none'],
  ['none: prio 4\n', 'none'],
  ['idle\n', 'idle'],
  ['best-effort: prio 4\n', 'best-effort 4'],
  ['realtime: prio 0\n', 'realtime 0'],
  ['unknown: prio 3\n', undefined],
  ['', undefined],
])('ionice says %j', (text, ioClass) => {
  expect(parseIoClass(text)).toBe(ioClass)
})

test('a status without a list of cores', () => {
  expect(parseAffinity(Buffer.from('Name:\tx\nCpus_allowed:\tff\n'))).toBeUndefined()
  expect(parseAffinity(Buffer.from('Cpus_allowed:\tff\nCpus_allowed_list:\t0-1,7\nMems_allowed:\t1\n'))).toEqual([
    0, 1, 7,
  ])
})
