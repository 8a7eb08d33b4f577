import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createKeeping } from '../../../src/commands/station/keeping.ts'
import { readHistory } from '../../../src/log/history.ts'
import { marksPath } from '../../../src/log/marks.ts'
import { readLog } from '../../../src/log/read.ts'
import { answer } from '../../../src/log/worker/answer.ts'
import type { Upkeep } from '../../../src/log/worker/messages.ts'
import type { LogWorker } from '../../../src/log/worker-client.ts'
import { NO_MARKS } from '../../../src/model/alert.ts'
import type { LogEvent } from '../../../src/model/event.ts'
import type { Batch } from '../../../src/model/source.ts'
import { alertOf, recordOf } from '../../fixtures/alerts.ts'
import { frameOf } from '../../fixtures/frame.ts'
import { AFTERNOON, all, event, HOUR, SECOND, TemporaryLog, tallied } from '../../log/logs.ts'

/** The log is kept in order by the same code as in its thread, one after the other. */
function worker(): LogWorker & { readonly upkeeps: number; readonly idle: () => Promise<unknown> } {
  let last: Promise<unknown> = Promise.resolve()
  let upkeeps = 0
  return {
    readHistory,
    maintain(state, retention) {
      upkeeps++
      const done = last.then(() => answer({ kind: 'maintain', state, retention }, new AbortController().signal))
      last = done
      return done as Promise<Upkeep>
    },
    end: async () => {},
    get upkeeps() {
      return upkeeps
    },
    idle: () => last,
  }
}

function keepingIn(state: string, sizeBytes: number) {
  const clock = { wall: AFTERNOON, mono: 0, wallMs: () => clock.wall, monoMs: () => clock.mono }
  const told: LogEvent[] = []
  const tended = worker()
  const keeping = createKeeping({
    state,
    log: { keepMs: 14 * 24 * HOUR, sizeBytes },
    run: { pid: 1, version: '0', interval_ms: 1000 },
    monitor: { restore: () => {}, tell: ({ events = [] }: Partial<Batch>) => void told.push(...events) },
    worker: tended,
    clock,
  })
  return { keeping, clock, told, tended }
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

test('the log stays within its size in a storm of an hour, no alert is lost, and who looks is told', async () => {
  using log = new TemporaryLog()
  const sizeBytes = 2 * 1024 ** 2
  for (let hour = 1; hour <= 24; hour++)
    log.hour(AFTERNOON - hour * HOUR, [event(AFTERNOON - hour * HOUR, { text: 'x'.repeat(75_000) })])
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { keeping, clock, told, tended } = keepingIn(log.state, sizeBytes)
  await keeping.begin()
  let events: readonly LogEvent[] = []
  let largest = 0
  for (let second = 0; second < 3600; second += 10) {
    clock.wall += 10 * SECOND
    clock.mono += 10 * SECOND
    const fresh = Array.from({ length: 20 }, (_, index) => ({
      wallMs: clock.wall,
      kind: 'check' as const,
      level: 'warning' as const,
      subject: `api-${index}`,
      text: `down ${'x'.repeat(300)}`,
    }))
    events = [...fresh, ...events].slice(0, 500)
    const series = `check_up{check="api-${second}"}`
    const alert = alertOf({ id: `flaps ${second}`, series, sinceMs: clock.wall, firedMs: clock.wall })
    keeping.take(frameOf({ wallMs: clock.wall, monoMs: clock.mono, events, records: [recordOf(alert)] }), {
      kind: 'own',
    })
    await keeping.written()
    await tended.idle()
    await vi.advanceTimersByTimeAsync(10_000)
    largest = Math.max(largest, bytesIn(log.folder))
  }
  vi.useRealTimers()
  await keeping.end()
  expect(largest).toBeLessThanOrEqual(sizeBytes)
  expect(largest).toBeGreaterThan(sizeBytes / 2)
  expect(tended.upkeeps).toBeLessThan(40)
  const lines = (await all(readLog(log.folder, {}, tallied()))).map(({ line }) => line)
  const alerts = new Set(lines.flatMap((line) => (line.kind === 'alert' ? [line.id] : [])))
  expect(alerts.size).toBe(360)
  // It is told when it begins, then every ten minutes, and the rest at the end.
  const words = /^left out (\d+) lines?: this hour alone would pass log\.size\. How each alert stands is written$/
  const counts = told.flatMap(({ text }) => words.exec(text)?.[1] ?? [])
  expect(counts.length).toBeGreaterThanOrEqual(4)
  expect(counts.length).toBeLessThanOrEqual(6)
  const atTheEnd = lines.flatMap((line) => (line.kind === 'event' ? (words.exec(line.text)?.[1] ?? []) : []))
  const leftOut = [...counts, ...atTheEnd].reduce((sum, count) => sum + Number(count), 0)
  expect(lines.filter((line) => line.kind === 'event' && line.event === 'check').length + leftOut).toBe(7200)
})

test('who gets the state folder takes away what a save of the marks left half made; who is attached does not', async () => {
  using log = new TemporaryLog()
  const half = `${marksPath(log.state)}.01234567.tmp`
  writeFileSync(half, '{')
  const { keeping } = keepingIn(log.state, 1e9)
  await keeping.begin()
  keeping.take(frameOf(), { kind: 'attached', by: { pid: 2, command: 'run' } })
  keeping.take(frameOf(), { kind: 'looking' })
  await keeping.written()
  expect(readdirSync(log.state)).toContain('marks.json.01234567.tmp')
  keeping.take(frameOf({ marks: { ...NO_MARKS } }), { kind: 'own' })
  await keeping.end()
  expect(readdirSync(log.state).sort()).toEqual(['log', 'marks.json'])
})

test('that marks are not kept is said once, and that they are again', async () => {
  using log = new TemporaryLog()
  const { keeping, told } = keepingIn(log.state, 1e9)
  await keeping.begin()
  mkdirSync(join(marksPath(log.state), 'in-the-way'), { recursive: true })
  const mark = async () => {
    keeping.take(frameOf({ marks: { ...NO_MARKS } }), { kind: 'own' })
    await keeping.written()
  }
  const said = () => told.filter(({ subject }) => subject === 'alerts').map(({ level, text }) => `${level} ${text}`)
  await mark()
  await mark()
  await vi.waitFor(() => expect(said()).toEqual([expect.stringMatching(/^warning .* is not kept: there is a folder/)]))
  rmSync(marksPath(log.state), { recursive: true })
  await mark()
  await keeping.end()
  expect(said().slice(1)).toEqual(['ok what was done to them is kept again'])
})

test('who has its place back says that it writes again, though no frame came meanwhile', async () => {
  using log = new TemporaryLog()
  const { keeping, clock } = keepingIn(log.state, 1e9)
  await keeping.begin()
  const began: LogEvent = { wallMs: clock.wall, kind: 'started', level: 'event', subject: 'healthtop', text: 'begins' }
  const frame = () => frameOf({ wallMs: clock.wall, events: [began] })
  keeping.take(frame(), { kind: 'own' })
  keeping.turned()
  keeping.turned()
  clock.wall += 5 * SECOND
  keeping.take(frame(), { kind: 'own' })
  await keeping.end()
  const lines = (await all(readLog(log.folder, { kinds: new Set(['event']) }, tallied()))).map(({ line }) => line)
  expect(lines).toMatchObject([
    { event: 'started', text: 'begins', run: { pid: 1 } },
    { event: 'started', text: 'writes the log from now on', run: { pid: 1 } },
    { event: 'ended' },
  ])
})
