import { expect, test } from 'vitest'
import type { Run } from '../../../../src/model/watch.ts'
import { restartsText, rhythm } from '../../../../src/ui/panels/watch/restarts.ts'
import { NOW } from '../../../fixtures/frame.ts'
import { WATCHED } from '../../../fixtures/watched.ts'

const HOUR = 3_600_000
const GIB = 1024 ** 3
const run = (hours: number, memory?: number, cause?: string): Run => ({
  pid: 1,
  startedMs: 0,
  endedMs: hours * HOUR,
  ...(memory === undefined ? {} : { memoryBytes: memory * GIB }),
  ...(cause === undefined ? {} : { cause }),
})

test('runs that ended alike have a rhythm', () => {
  expect(rhythm(WATCHED.runs)).toBe('each time at 2.0 GiB, about 15 h after start')
  expect(rhythm([run(15, 2), run(3, 2)])).toBe('each time at 2.0 GiB')
  expect(rhythm([run(15, 2), run(15, 0.5)])).toBe('each time about 15 h after start')
})

test('one run, or runs that differ, or ones of which nothing is known, have none', () => {
  expect(rhythm([])).toBeUndefined()
  expect(rhythm([run(15, 2)])).toBeUndefined()
  expect(rhythm([run(15, 2), run(2, 0.5)])).toBeUndefined()
  expect(rhythm([{ pid: 1, startedMs: 0 }, run(15, 2)])).toBeUndefined()
})

test('where the kernel ended some for want of memory, those are compared', () => {
  expect(rhythm([run(15, 2, 'out of memory'), run(200, 0.1), run(15, 2, 'out of memory')])).toBe(
    'each time at 2.0 GiB, about 15 h after start',
  )
})

test('restarts are counted since the first end', () => {
  expect(restartsText(WATCHED, NOW)).toEqual({ count: '4', rest: ' in 2 d' })
  expect(restartsText({ ...WATCHED, restarts: 0 }, NOW)).toBeUndefined()
})
