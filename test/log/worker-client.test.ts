import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHistory } from '../../src/log/history.ts'
import { createLogWorker, type LogWorker } from '../../src/log/worker-client.ts'
import { until } from '../e2e/helpers.ts'
import { AFTERNOON, alertLine, checkLine, DAY, event, HOUR, MINUTE, metrics, TemporaryLog } from './logs.ts'

const bundle = mkdtempSync(join(tmpdir(), 'healthtop-log-worker-'))
const entry = join(bundle, 'log-worker.cjs')
const NOW = AFTERNOON + 20 * MINUTE
const RETENTION = { nowMs: NOW, keepMs: 30 * DAY, sizeBytes: 1e9 }

beforeAll(async () => {
  const built = await rolldown({ input: 'src/log/worker.ts', platform: 'node', external: [/^node:/] })
  await built.write({ file: entry, format: 'cjs', codeSplitting: false })
  await built.close()
})
afterAll(() => rmSync(bundle, { recursive: true }))

async function withWorker(use: (worker: LogWorker) => Promise<void>, idleMs?: number, path = entry): Promise<void> {
  const worker = createLogWorker(path, idleMs)
  try {
    await use(worker)
  } finally {
    await worker.end()
  }
}

/** Threads of this process; a worker is one. */
const threads = () => readdirSync('/proc/self/task').length

function someHours(log: TemporaryLog): void {
  const minutes = Array.from({ length: 140 }, (_, minute) => AFTERNOON - 2 * HOUR + minute * MINUTE)
  log.lines(minutes.flatMap((t) => [metrics(t), checkLine(t, 'up', { since_ms: AFTERNOON }), event(t), alertLine(t)]))
}

test('a thread answers what reading here would, and keeps the log in order', async () => {
  using log = new TemporaryLog()
  someHours(log)
  await withWorker(async (worker) => {
    const before = await readHistory(log.state, { nowMs: NOW })
    expect(await worker.readHistory(log.state, { nowMs: NOW })).toEqual(before)
    expect(await worker.maintain(log.state, RETENTION)).toEqual({ maintained: { failed: [] } })
    expect(readdirSync(log.folder)).toContain('2026-11-25.roll')
    expect(await worker.readHistory(log.state, { nowMs: NOW })).toEqual(before)
  })
})

test('what goes wrong is told, and the thread goes on', async () => {
  using log = new TemporaryLog()
  someHours(log)
  rmSync(log.folder, { recursive: true })
  rmSync(log.state, { recursive: true })
  const file = join(bundle, 'file')
  await withWorker(async (worker) => {
    await expect(worker.readHistory(join(entry, 'x'), { nowMs: NOW })).rejects.toThrow(/ENOTDIR/)
    expect((await worker.readHistory(file, { nowMs: NOW })).events).toEqual([])
  })
})

test('who does not want to wait any more is let go, and others are not', async () => {
  using log = new TemporaryLog()
  someHours(log)
  await withWorker(async (worker) => {
    const stop = new AbortController()
    const asked = [
      worker.readHistory(log.state, { nowMs: NOW }, stop.signal),
      worker.readHistory(log.state, { nowMs: NOW }),
    ]
    stop.abort(new Error('enough'))
    await expect(asked[0]).rejects.toThrow('enough')
    expect((await asked[1])?.events.length).toBe(140)
    await expect(worker.readHistory(log.state, { nowMs: NOW }, stop.signal)).rejects.toThrow('enough')
  })
})

test('it ends when there is nothing to do, and starts again when there is', async () => {
  using log = new TemporaryLog()
  someHours(log)
  const before = threads()
  await withWorker(async (worker) => {
    for (let round = 0; round < 2; round++) {
      const asked = worker.readHistory(log.state, { nowMs: NOW })
      await until('the thread is there', () => threads() > before)
      expect((await asked).events.length).toBe(140)
      await until('the thread is gone', () => threads() === before)
    }
  }, 50)
})

test('after its end nothing is answered any more', async () => {
  using log = new TemporaryLog()
  someHours(log)
  const worker = createLogWorker(entry)
  const asked = worker.readHistory(log.state, { nowMs: NOW })
  const told = expect(asked).rejects.toThrow('the thread that reads the log ended')
  await worker.end()
  await told
  await expect(worker.readHistory(log.state, { nowMs: NOW })).rejects.toThrow('ended')
})

test('a thread that cannot start is an error, no crash', async () => {
  await withWorker(
    async (worker) => {
      await expect(worker.readHistory('/nowhere', { nowMs: NOW })).rejects.toThrow(/failed: .*none\.cjs/s)
    },
    undefined,
    join(bundle, 'none.cjs'),
  )
})
