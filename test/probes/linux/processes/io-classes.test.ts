import { execFileSync, spawn } from 'node:child_process'
import { expect, test, vi } from 'vitest'
import { systemClock } from '../../../../src/lib/clock.ts'
import type { Spawn } from '../../../../src/lib/run-program.ts'
import type { ProcessField } from '../../../../src/model/processes.ts'
import { IoClasses, parseIoClasses } from '../../../../src/probes/linux/processes/io-classes.ts'
import { ProcessScanner } from '../../../../src/probes/linux/processes/scanner.ts'
import { Children } from './children.ts'
import { Reading } from './reading.ts'
import { ALL, Scanning } from './scanning.ts'

const COLUMNS: readonly ProcessField[] = ['io_class']

function isInstalled(): boolean {
  try {
    execFileSync('ionice', ['-p', String(process.pid)], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a line each, and what is none of them is not known', () => {
  expect(parseIoClasses('none: prio 0\nidle\nbest-effort: prio 7\n?\n')).toEqual([
    'none',
    'idle',
    'best-effort 7',
    undefined,
  ])
})

test.runIf(isInstalled())('one program tells the classes of all rows in sight, once', async () => {
  await using children = new Children()
  const idle = (await children.start('ionice', ['-c', '3', 'sleep', '60'])).pid as number
  const busy = (await children.start('ionice', ['-c', '2', '-n', '6', 'sleep', '60'])).pid as number
  let ended: Promise<void> = Promise.resolve()
  const counted = vi.fn<Spawn>((...given) => {
    const child = spawn(...given)
    ended = new Promise((resolve) => child.once('close', () => resolve()))
    return child
  })
  const scanner = new ProcessScanner({ root: '/', ticksPerSecond: 100, bootMs: 0, clock: systemClock, spawn: counted })
  scanner.query({ ...ALL, columns: COLUMNS, filter: `pid:${idle},${busy}`, sort: 'pid' })
  await scanner.scan()
  expect(scanner.answer()?.rows.map(({ ioClass }) => ioClass)).toEqual([undefined, undefined])
  await ended
  for (let scan = 0; scan < 3; scan++) {
    await scanner.scan()
    const classes = new Map(scanner.answer()?.rows.map(({ pid, ioClass }) => [pid, ioClass]))
    expect(classes.get(idle)).toBe('idle')
    expect(classes.get(busy)).toBe('best-effort 6')
  }
  expect(counted).toHaveBeenCalledTimes(1)
  scanner.close()
})

test.runIf(isInstalled())('one that ended meanwhile costs the others a second question', async () => {
  await using children = new Children()
  const ending = await children.start('sleep', ['60'])
  using reading = new Reading()
  const [gone, here] = [ending.pid as number, process.pid]
  reading.scan(gone, here)
  for (const pid of [gone, here]) reading.row(pid, 'cgroup')
  const processes = [gone, here].map((pid) => reading.process(pid))
  const classes = new IoClasses(spawn)
  for (const process of processes) classes.want(process)
  await children.end(ending)
  await classes.ask()
  expect(processes.map(({ details }) => details?.ioClass)).toEqual([undefined, undefined])
  reading.scan(gone, here)
  await classes.ask()
  expect(processes[1]?.details?.ioClass).toBeDefined()
  expect(processes[0]?.details?.ioClass).toBeUndefined()
})

test('where there is no such program, it is looked for once', async () => {
  using reading = new Reading()
  reading.scan(process.pid)
  const missing = vi.fn<Spawn>((_, args, options) => spawn('/nowhere/ionice', args, options))
  const classes = new IoClasses(missing)
  for (let again = 0; again < 3; again++) {
    classes.want(reading.process(process.pid))
    await classes.ask()
  }
  expect(missing).toHaveBeenCalledTimes(1)
})

test('processes of a recorded tree have none: their pids are others on this machine', async () => {
  const started = vi.fn<Spawn>(spawn)
  using scanning = new Scanning({ processes: 8 }, { spawn: started })
  await scanning.scan()
  expect(scanning.answer({ columns: COLUMNS }).rows[0]).not.toHaveProperty('ioClass')
  expect(started).not.toHaveBeenCalled()
})
