import { expect, test } from 'vitest'
import { type SeenProcesses, seeProcesses } from '../../../src/checks/process/main-starts.ts'
import { row } from '../../export/frame.ts'

/** Instances by pid, each younger than the one before. */
const instances = (...pids: readonly number[]) =>
  pids.map((pid, index) => row({ pid, startTicks: pid * 100, startedMs: index * 1000 }))

/** Restarts seen after a look at each of these, a minute apart. */
function restartsAfter(...looks: readonly (readonly number[])[]): number {
  let seen: SeenProcesses | undefined
  looks.forEach((pids, minute) => {
    seen = seeProcesses(seen, instances(...pids), minute * 60_000)
  })
  return seen?.restarts.length ?? 0
}

test('the first that are seen are no restart, nor is it when nothing changes', () => {
  expect(restartsAfter([1, 2], [1, 2])).toBe(0)
  expect(restartsAfter([], [1])).toBe(0)
})

test('a main process that is another one was started again', () => {
  expect(restartsAfter([1, 2], [3, 4], [5])).toBe(2)
})

test('one that was away meanwhile was started again', () => {
  expect(restartsAfter([1], [], [], [2])).toBe(1)
})

test('workers may come and go, and the next oldest may lead', () => {
  expect(restartsAfter([1, 2, 3], [1, 4, 5], [1, 6])).toBe(0)
  expect(restartsAfter([1, 2, 3], [2, 3, 4], [3, 4, 5])).toBe(0)
})

test('a pid that is used again is another process', () => {
  const first = seeProcesses(undefined, [row({ pid: 1, startTicks: 5 })], 0)
  expect(seeProcesses(first, [row({ pid: 1, startTicks: 9 })], 1).restarts).toHaveLength(1)
})
