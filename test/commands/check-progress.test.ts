import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ProgressOut, startProgress } from '../../src/commands/check-progress.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function start(names: readonly string[], out: Omit<ProgressOut, 'write'> = {}) {
  const written: string[] = []
  const progress = startProgress(names, { ...out, write: (text) => written.push(text) }, () => Date.now())
  return { written, progress }
}

test('what is quick needs no words', () => {
  const { written, progress } = start(['a', 'b'], { isTTY: true })
  vi.advanceTimersByTime(600)
  progress.done('a')
  progress.done('b')
  vi.advanceTimersByTime(5000)
  progress.end()
  expect(written).toEqual([])
})

test('a terminal has one line, written over and taken back', () => {
  const { written, progress } = start(['db', 'api', 'web'], { isTTY: true, columns: 80 })
  vi.advanceTimersByTime(750)
  expect(written).toEqual(['\r\x1b[K0 of 3 checked, waiting for db, api, web'])
  progress.done('api')
  vi.advanceTimersByTime(250)
  expect(written.at(-1)).toBe('\r\x1b[K1 of 3 checked, waiting for db, web')
  progress.end()
  expect(written.at(-1)).toBe('\r\x1b[K')
  const count = written.length
  vi.advanceTimersByTime(10_000)
  expect(written).toHaveLength(count)
})

test('a narrow terminal has a line that fits', () => {
  const { written, progress } = start(['a-check-with-a-long-name', 'and-another-one'], { isTTY: true, columns: 40 })
  vi.advanceTimersByTime(750)
  progress.end()
  expect(written[0]?.replace('\r\x1b[K', '')).toMatch(/^0 of 2 checked, waiting for .*…$/)
  expect(written[0]?.replace('\r\x1b[K', '').length).toBeLessThan(40)
})

test('anything else has a line every five seconds', () => {
  const { written, progress } = start(['db', 'api'])
  vi.advanceTimersByTime(750)
  expect(written).toEqual(['healthtop: 0 of 2 checked, waiting for db, api\n'])
  progress.done('api')
  vi.advanceTimersByTime(4750)
  expect(written).toHaveLength(1)
  vi.advanceTimersByTime(500)
  progress.end()
  expect(written.slice(1)).toEqual(['healthtop: 1 of 2 checked, waiting for db\n'])
})

test('of many checks the first twenty are named', () => {
  const { written, progress } = start(Array.from({ length: 100 }, (_, index) => `c${index}`))
  vi.advanceTimersByTime(750)
  progress.end()
  expect(written[0]).toMatch(/^healthtop: 0 of 100 checked, waiting for c0, .*c19\n$/)
})
