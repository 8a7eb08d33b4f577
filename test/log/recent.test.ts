import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listLog } from '../../src/log/read/files.ts'
import { readRecent } from '../../src/log/recent.ts'
import { AFTERNOON, checkLine, HOUR, MINUTE, metrics, SECOND, TemporaryLog } from './logs.ts'

const NOW = AFTERNOON + 5 * MINUTE

async function recent(log: TemporaryLog, nowMs = NOW) {
  return readRecent((await listLog(log.folder)).hours, nowMs)
}

test('the lines of the last quarter of an hour, across the hour', async () => {
  using log = new TemporaryLog()
  const times = Array.from({ length: 100 }, (_, at) => NOW - (99 - at) * 10 * SECOND - 1)
  const line = (t: number) => metrics(t, { load_1m: t - NOW, ...(t > AFTERNOON && { swap_used_ratio: 0.5 }) })
  log.hour(AFTERNOON - HOUR, [...times.filter((t) => t < AFTERNOON).map(line), checkLine(AFTERNOON - SECOND)])
  log.hour(AFTERNOON, ['no line', ...times.filter((t) => t >= AFTERNOON).map(line)])
  const { wallMs, series } = (await recent(log)) ?? {}
  expect([...(wallMs ?? [])]).toEqual(times.slice(-90))
  expect([...(series?.get('load_1m') ?? [])]).toEqual(times.slice(-90).map((t) => t - NOW))
  const swap = [...(series?.get('swap_used_ratio') ?? [])]
  expect([swap.filter(Number.isNaN).length, swap.filter((value) => value === 0.5).length]).toEqual([60, 30])
})

test('times rise although the clock was set back', async () => {
  using log = new TemporaryLog()
  const seconds = [-60, -50, -40, -55, -45]
  log.hour(
    AFTERNOON,
    seconds.map((second) => metrics(NOW + second * SECOND)),
  )
  expect([...((await recent(log))?.wallMs ?? [])].map((t) => (t - NOW) / SECOND)).toEqual([-60, -55, -45])
})

test('nothing of long ago, of times to come, of a packed file, and of what cannot be read', async () => {
  using log = new TemporaryLog()
  expect(await recent(log)).toBeUndefined()
  log.hour(AFTERNOON - HOUR, [metrics(NOW - 16 * MINUTE), metrics(NOW - 14 * MINUTE)], 'packed')
  log.hour(AFTERNOON, [metrics(NOW), metrics(NOW + MINUTE)])
  expect(await recent(log)).toBeUndefined()
  const path = join(log.folder, 'none')
  const [file] = (await listLog(log.folder)).hours.slice(-1)
  expect(await readRecent(file === undefined ? [] : [{ ...file, path }], NOW)).toBeUndefined()
})
