import { expect, test } from 'vitest'
import { hostOutlook } from '../../../src/commands/forecast/host.ts'
import { type ReadHistory, recordedHistory, recordedKeys, recordedMs } from '../../../src/commands/forecast/recorded.ts'
import { wantedSeries } from '../../../src/commands/forecast/series.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import type { History } from '../../../src/model/history.ts'
import { historyOf, MINUTE_MS, recording } from '../../engine/restore/recording.ts'
import { gauges, START_MS } from '../../engine/samples.ts'

const KEY = 'memory_used_ratio'
/** It fills by a tenth in an hour. */
const filling = (second: number) => 0.2 + second / 36_000
const THREE_HOURS = 3 * 3600

const here = { root: '/', stateDir: '/state', log: { keepMs: 1, sizeBytes: 1 } } as const

/** What is asked of a log, what it says, and what is told of it. */
async function ask(options: Parameters<typeof recordedHistory>[0], read: ReadHistory = async () => historyOf()) {
  const folders: string[] = []
  const told: string[] = []
  const history = await recordedHistory(
    options,
    START_MS,
    (text) => told.push(text),
    (folder, wanted) => {
      folders.push(folder)
      expect(wanted).toEqual({ nowMs: START_MS, minutes: 4320 })
      return read(folder, wanted)
    },
  )
  return { history, folders, told }
}

test('the log is the one of the state folder; another machine has none, and --no-log uses none', async () => {
  expect((await ask(here)).folders).toEqual(['/state'])
  expect(await ask({ ...here, log: 'off' })).toEqual({ history: undefined, folders: [], told: [] })
  const { stateDir: _, ...elsewhere } = { ...here, root: '/recorded' }
  expect((await ask(elsewhere)).folders).toEqual([])
  expect((await ask({ ...elsewhere, stateDir: '/its' })).folders).toEqual(['/its'])
})

test('what cannot be read is told, and a bug is no such thing', async () => {
  const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', errno: -13 })
  const { history, told } = await ask(here, () => Promise.reject(denied))
  expect(history).toBeUndefined()
  expect(told).toEqual(['the log cannot be read, so this machine is sampled: EACCES: permission denied'])
  expect((await ask(here, async () => historyOf({ skipped: 1 }))).told).toEqual(['1 line of the log could not be read'])
  expect((await ask(here, async () => historyOf({ skipped: 7 }))).told).toEqual([
    '7 lines of the log could not be read',
  ])
  await expect(ask(here, () => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug')
})

test('series count that were recorded for half an hour', () => {
  const disk = (mount: string) => `disk_used_ratio{mount="${mount}"}`
  const late = (second: number) => (second >= THREE_HOURS - 29 * 60 ? 0.5 : Number.NaN)
  const early = (second: number) => (second >= 3600 ? 0.5 : Number.NaN)
  const history = recording({ [KEY]: filling, [disk('/')]: early, [disk('/new')]: late }, 0, THREE_HOURS)
  expect(recordedKeys(history, undefined)).toEqual([KEY, disk('/')])
  expect(recordedKeys(history, wantedSeries('disk_used_ratio'))).toEqual([disk('/')])
  expect(recordedKeys(history, wantedSeries('disk_used_ratio{mount=/new}'))).toEqual([])
  const nowMs = START_MS + THREE_HOURS * 1000
  expect(recordedMs(history, [KEY, disk('/')], nowMs)).toBe(THREE_HOURS * 1000)
  expect(recordedMs(history, [disk('/')], nowMs)).toBe((THREE_HOURS - 3600) * 1000)
  expect(recordedMs(history, ['no_such'], nowMs)).toBe(0)
})

test('a series of the log is told by its minutes, and what is expected reaches as far as they say', () => {
  const history: History = recording({ [KEY]: filling }, 0, THREE_HOURS)
  const engine = createEngine({ unhurried: true })
  const startMs = START_MS + THREE_HOURS * 1000
  const at = (second: number) => {
    const wallMs = startMs + second * 1000
    const of = gauges(second * 1000, { [KEY]: filling(THREE_HOURS + second) }, { wallMs })
    return engine.accept({ ...of, wallMs })
  }
  const first = at(0)
  engine.restore(history, first.wallMs, first.monoMs)
  const frame = at(1)
  const options = { horizonMs: 3_600_000, sampledMs: THREE_HOURS * 1000, recorded: true, threshold: { value: 0.7 } }
  const outlook = hostOutlook(engine, frame, KEY, options)
  expect(outlook).toMatchObject({ minutes: true, samples: 181, stepMs: MINUTE_MS, horizonMs: 3_600_000 })
  expect(outlook.history.stepMs).toBe(MINUTE_MS)
  expect(outlook.history.values[0]).toBeCloseTo(0.2 + 29.5 / 36_000, 5)
  expect(outlook.value).toBeCloseTo(0.5, 3)
  expect(outlook.ahead).toHaveLength(60)
  expect(outlook.ahead.at(-1)?.mean).toBeCloseTo(0.6, 2)
  const time = outlook.limit?.time
  if (time?.kind !== 'heading') throw new Error(time?.kind)
  expect(Math.abs(time.eta.likely - 7200)).toBeLessThan(600)
})
