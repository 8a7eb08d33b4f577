import { expect, test } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import { measureOnce } from '../../../src/sources/live/once.ts'
import { makeTree, statLine } from './tree.ts'

test('the second batch has rates of processes, what listens, and the order asked for', async () => {
  using tree = makeTree({ 'proc/8/stat': statLine(8, 'eight', { pages: 99 }) })
  const measuring = measureOnce({ root: tree.root, clock: systemClock, delayMs: 50 })
  const [first, second] = await measuring
  expect(first.samples.every(({ warmup }) => warmup)).toBe(true)
  expect(first.host?.name).toBe('small')
  expect(second.samples.some(({ warmup }) => warmup)).toBe(false)
  expect(second.monoMs - first.monoMs).toBeGreaterThanOrEqual(49)
  const sources = second.samples.map(({ source }) => source)
  expect(sources).toEqual(expect.arrayContaining(['cpu', 'space', 'processes', 'listeners']))
  expect(second.processes?.rows.map(({ pid }) => pid).sort()).toEqual([7, 8])
  expect(second.processes?.rows.every(({ cpuRatio }) => cpuRatio !== undefined)).toBe(true)
  expect(second.leaders?.memory[0]?.pid).toBe(8)
  expect(second.listeners).toEqual([])
})

test('without a proc folder it says so', async () => {
  await expect(measureOnce({ root: '/nowhere', clock: systemClock })).rejects.toThrow('ENOENT')
})
