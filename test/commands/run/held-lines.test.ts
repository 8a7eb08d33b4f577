import { expect, test } from 'vitest'
import { createHeldLines } from '../../../src/commands/run/held-lines.ts'

function trial() {
  const told: string[] = []
  const keep: (() => void)[] = []
  const lines = createHeldLines(
    () => new Promise((resolve) => keep.push(resolve)),
    (line) => told.push(line),
  )
  const settle = async (at: number) => {
    keep[at]?.()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { told, lines, settle, asked: () => keep.length }
}

test('nobody is told anything before it is kept', async () => {
  const { told, lines, settle } = trial()
  lines.add(['a', 'b'])
  expect(told).toEqual([])
  await settle(0)
  expect(told).toEqual(['a', 'b'])
})

test('what came first is told first, whatever is kept first', async () => {
  const { told, lines, settle } = trial()
  lines.add(['a'])
  lines.add(['b'])
  lines.add(['c'])
  await settle(1)
  expect(told).toEqual([])
  await settle(0)
  expect(told).toEqual(['a', 'b'])
  await settle(2)
  expect(told).toEqual(['a', 'b', 'c'])
})

test('at the end all of it is told, each line once', async () => {
  const { told, lines, settle, asked } = trial()
  lines.add([])
  expect(asked()).toBe(0)
  lines.add(['a'])
  lines.release()
  await settle(0)
  expect(told).toEqual(['a'])
})
