import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createKeeping } from '../../../src/commands/station/keeping.ts'
import { systemClock } from '../../../src/lib/clock.ts'
import type { LogWorker } from '../../../src/log/worker-client.ts'
import type { LogEvent } from '../../../src/model/event.ts'
import type { Batch } from '../../../src/model/source.ts'
import { frameOf } from '../../fixtures/frame.ts'
import { TemporaryLog } from '../../log/logs.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const STARTED: LogEvent = { wallMs: 1, kind: 'started', level: 'event', subject: 'healthtop', text: 'started watching' }

/** A disk that never answers who reads the log. */
const hangs: LogWorker = {
  readHistory: (_, __, signal) =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  maintain: () => Promise.reject(new Error('nobody asked')),
  end: async () => {},
}

test('earlier runs that cannot be read for a disk that hangs are given up, and this one is written', async () => {
  using log = new TemporaryLog()
  const told: Partial<Batch>[] = []
  const keeping = createKeeping({
    state: log.state,
    log: { keepMs: 1e9, sizeBytes: 1e9 },
    run: { pid: 1, version: '0', interval_ms: 1000 },
    monitor: { restore: () => {}, tell: (news) => told.push(news) },
    worker: hangs,
    clock: systemClock,
  })
  const begun = keeping.begin()
  keeping.take(frameOf({ events: [STARTED] }), { kind: 'own' })
  await vi.advanceTimersByTimeAsync(29_000)
  expect([told, readdirSync(log.folder)]).toEqual([[], []])
  await vi.advanceTimersByTimeAsync(2000)
  await begun
  await keeping.written()
  const [news] = told.flatMap(({ events = [] }) => events)
  expect(news?.text).toBe('earlier runs cannot be read: the disk does not answer')
  expect(readdirSync(log.folder)).toHaveLength(1)
  vi.useRealTimers()
  await keeping.end()
})
