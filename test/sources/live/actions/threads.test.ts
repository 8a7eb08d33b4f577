import { expect, test } from 'vitest'
import { everyThread, isThread, parseThreadGroup, threadsOf } from '../../../../src/sources/live/actions/threads.ts'
import { makeTree } from '../tree.ts'
import { threaded, threadIds } from './processes.ts'

test('threads are those ps knows', async () => {
  await using process = await threaded()
  const threads = threadsOf(process.pid, '/')
  const known = threadIds(process.pid).map(Number)
  expect(threads).toEqual(known)
  expect(threads[0]).toBe(process.pid)
  const thread = known[1] as number
  expect([isThread(process.pid, '/'), isThread(thread, '/')]).toEqual([false, true])
  expect(threadsOf(thread, '/')).toEqual([thread])
})

test('threads that were started meanwhile get their turn, and nobody twice', async () => {
  using tree = makeTree({ 'proc/7/task/7/stat': '', 'proc/7/task/9/stat': '' })
  const turns: (readonly number[])[] = []
  const reason = await everyThread(7, tree.root, (threads) => {
    turns.push(threads)
    if (turns.length === 1) tree.write('proc/7/task/12/stat', '')
    return undefined
  })
  expect(reason).toBeUndefined()
  expect(turns).toEqual([[7, 9], [12]])
})

test('where one has ended, all get another turn; the end comes', async () => {
  using tree = makeTree({ 'proc/7/task/7/stat': '' })
  const rounds: number[] = []
  const ended = (round: number) => {
    rounds.push(round)
    return 'ended already'
  }
  expect(await everyThread(7, tree.root, (_, round) => ended(round))).toBe('ended already')
  expect(rounds).toEqual([0, 1, 2, 3])
  expect(await everyThread(7, tree.root, () => 'not permitted')).toBe('not permitted')
  expect(await everyThread(8, tree.root, () => undefined)).toBe('ended already')
})

test('a status without a thread group', () => {
  expect(parseThreadGroup(Buffer.from('Name:\tx\nPid:\t4\n'))).toBeNaN()
  expect(parseThreadGroup(Buffer.from('Name:\tx\nTgid:\t3\nPid:\t4\n'))).toBe(3)
})
