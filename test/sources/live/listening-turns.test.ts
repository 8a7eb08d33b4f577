import { expect, test } from 'vitest'
import { scansAt } from '../../../src/sources/live/cadence.ts'
import { ListeningTurns } from '../../../src/sources/live/listening-turns.ts'

/** The ticks with a reading among so many, when processes start at these, and readings bring news at those. */
function readings(intervalMs: number, ticks: number, started: (tick: number) => boolean, news: readonly number[] = []) {
  const turns = new ListeningTurns(intervalMs)
  const read: number[] = []
  for (let tick = 0; tick < ticks; tick++) {
    if (started(tick)) turns.started(tick)
    if (!turns.take(tick)) continue
    read.push(tick)
    turns.found(news.includes(tick))
  }
  return read
}

const never = () => false

test('what listens is read every 30 seconds, never in a tick with a scan', () => {
  expect(readings(1000, 62, never)).toEqual([30, 60])
  expect(readings(10_000, 7, never)).toEqual([3, 6])
  expect(readings(500, 130, never)).toEqual([60, 120])
  for (const intervalMs of [500, 1000, 2000, 10_000])
    for (const tick of readings(intervalMs, 500, (at) => at % 37 === 5))
      if (intervalMs < 2000) expect(scansAt(tick, intervalMs)).toBe(false)
})

test('what has started is looked for at once, and again for as long as it may yet come', () => {
  expect(readings(1000, 75, (tick) => tick === 11)).toEqual([12, 20, 36, 66])
  // It is there: nothing more to wait for.
  expect(readings(1000, 75, (tick) => tick === 11, [12])).toEqual([12, 42, 72])
  expect(readings(1000, 75, (tick) => tick === 11, [20])).toEqual([12, 20, 50])
})

test('where processes come and go all the time it is read as seldom as elsewhere', () => {
  expect(readings(1000, 200, (tick) => tick % 2 === 1)).toEqual([4, 12, 28, 58, 88, 118, 148, 178])
  // After half a minute in which none came the next one counts again.
  expect(readings(1000, 200, (tick) => tick < 60 || tick === 101)).toEqual([4, 12, 28, 58, 88, 102, 110, 126, 156, 186])
})

test('a reading that an interval is too long for is the usual one', () => {
  expect(readings(60_000, 5, () => true)).toEqual([1, 2, 3, 4])
})
