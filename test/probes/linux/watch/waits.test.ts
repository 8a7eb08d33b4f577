import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ProcessFiles } from '../../../../src/probes/linux/watch/reader.ts'
import { ThreadWaits } from '../../../../src/probes/linux/watch/waits.ts'
import { makeTree, statLine } from '../../../sources/live/tree.ts'
import { Child } from './following.ts'

const onLinux = process.platform === 'linux'

test.runIf(onLinux)('context switches and waiting are those of all threads', async () => {
  const script = `
    const { Worker } = require('worker_threads')
    let up = 0
    for (let i = 0; i < 4; i++) {
      new Worker('setTimeout(() => {}, 1e6)', { eval: true }).on('online', () => ++up === 4 && setTimeout(() => console.log('up'), 300))
    }`
  await using child = new Child(process.execPath, ['-e', script])
  await child.says()
  const sum = (file: string, pattern: RegExp) =>
    readdirSync(`/proc/${child.pid}/task`).reduce((total, id) => {
      const match = pattern.exec(readFileSync(`/proc/${child.pid}/task/${id}/${file}`, 'utf8'))
      return total + Number(match?.[1])
    }, 0)
  const switches = () => sum('status', /^voluntary_ctxt_switches:\t(\d+)/m)
  const delay = () => sum('schedstat', /^\d+ (\d+)/) / 1e9
  const before = { switches: switches(), delay: delay() }
  const waits = new ThreadWaits(new ProcessFiles('/'), child.pid).read(11)
  const after = { switches: switches(), delay: delay() }
  expect(waits?.voluntary).toBeGreaterThanOrEqual(before.switches)
  expect(waits?.voluntary).toBeLessThanOrEqual(after.switches)
  expect(waits?.cpuSeconds).toBeGreaterThanOrEqual(before.delay)
  expect(waits?.cpuSeconds).toBeLessThanOrEqual(after.delay)
})

const status = (voluntary: number) =>
  `Name:\tx\nvoluntary_ctxt_switches:\t${voluntary}\nnonvoluntary_ctxt_switches:\t1\n`

test('a thread that ended keeps what it had, and so many are read at a time', () => {
  using tree = makeTree()
  const thread = (id: number, voluntary: number) => {
    tree.write(`proc/7/task/${id}/stat`, statLine(id, 'thread'))
    tree.write(`proc/7/task/${id}/status`, status(voluntary))
    tree.write(`proc/7/task/${id}/schedstat`, '5 2000000000 1\n')
  }
  for (let id = 100; id < 300; id++) thread(id, 10)
  const waits = new ThreadWaits(new ProcessFiles(tree.root), 7)
  expect(waits.read(200)).toEqual({ voluntary: 640, forced: 64, cpuSeconds: 128, diskTicks: 0 })
  for (let id = 100; id < 300; id++) thread(id, 11)
  // Where the others were before they were read the first time is where they start from.
  const read = [1, 2, 3, 4].map(() => waits.read(200)?.voluntary)
  expect(read).toEqual([640, 640, 696, 704])
  for (let id = 100; id < 300; id++) thread(id, 12)
  expect([1, 2, 3, 4].map(() => waits.read(200)?.voluntary).at(-1)).toBe(704 + 200)
})

test('a kernel that does not count waiting for cores says nothing of it', () => {
  using tree = makeTree({ 'proc/7/task/7/schedstat': '0 0 0\n', 'proc/7/task/7/status': status(3) })
  expect(new ThreadWaits(new ProcessFiles(tree.root), 7).read(1)).toMatchObject({ voluntary: 3, cpuSeconds: undefined })
  tree.write('proc/7/task/7/status', 'Name:\tx\n')
  expect(new ThreadWaits(new ProcessFiles(tree.root), 7).read(1)).toMatchObject({ voluntary: undefined })
  expect(new ThreadWaits(new ProcessFiles(tree.root), 8).read(2)).toBeUndefined()
})
