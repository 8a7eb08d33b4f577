import {
  appendFileSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeLine } from '../../../src/log/encode.ts'
import { lineFileName } from '../../../src/log/files.ts'
import { readHistory } from '../../../src/log/history.ts'
import type { Line } from '../../../src/log/line.ts'
import { maintain } from '../../../src/log/retention.ts'
import { withRoll } from '../../../src/log/rollup/file.ts'
import { rollUp } from '../../../src/log/rollup/roll-up.ts'
import { alertOf, recordOf } from '../../fixtures/alerts.ts'
import { AFTERNOON, alertLine, checkLine, DAY, event, HOUR, MINUTE, metrics, TemporaryLog } from '../logs.ts'

const TODAY = Math.floor(AFTERNOON / DAY) * DAY
const NAME = '2026-11-25.roll'

/** Two hours of a day, a line of metrics and one of a check each minute, and what happened. */
function twoHours(from = AFTERNOON - 2 * HOUR): Line[] {
  const minutes = Array.from({ length: 120 }, (_, minute) => minute)
  return [
    event(from, {
      event: 'started',
      level: 'event',
      run: { pid: 1, version: '1', interval_ms: 1000, boot_id: 'first' },
    }),
    ...minutes.flatMap((minute) => [
      metrics(from + minute * MINUTE, { load_1m: minute }),
      checkLine(from + minute * MINUTE, 'up', {
        since_ms: from,
        began_ms: from + minute * MINUTE - 9,
        latency_s: minute,
      }),
    ]),
    alertLine(from + HOUR + MINUTE),
  ].sort((a, b) => a.t - b.t)
}

/** What is in a roll-up. */
async function rolled(log: TemporaryLog, name = NAME) {
  return withRoll(join(log.folder, name), async (roll) => {
    const { head } = roll
    const load = new Map(await roll.allSeries()).get('load_1m')
    const [parts] = await roll.checks()
    const [past] = await roll.pasts()
    return { head, load, parts, past, ...(await roll.lines()) }
  })
}

const nothing = { written: 0, skipped: 0 }

test('hours that are over are rolled up, once', async () => {
  using log = new TemporaryLog()
  log.lines([...twoHours(), metrics(AFTERNOON, { load_1m: 999 })])
  expect(await rollUp(log.folder, AFTERNOON + MINUTE)).toEqual({ written: 1, skipped: 0 })
  const roll = await rolled(log)
  expect(roll?.head).toMatchObject({ dayMs: TODAY, endMs: AFTERNOON - MINUTE, bootId: 'first', events: 1, alerts: 1 })
  expect(roll?.head.checks).toEqual([
    {
      check: 'api',
      last: { wallMs: AFTERNOON - MINUTE, state: 'up', sinceMs: AFTERNOON - 2 * HOUR, gapMs: MINUTE },
      results: 120,
    },
  ])
  expect(roll?.past?.changes).toEqual([{ wallMs: AFTERNOON - 2 * HOUR, state: 'up' }])
  expect([...(roll?.past?.results.latencyS ?? [])]).toEqual(Array.from({ length: 120 }, (_, minute) => minute))
  expect(roll?.past?.results.wallMs.at(-1)).toBe(AFTERNOON - MINUTE - 9)
  const noon = 12 * 60
  expect([...(roll?.load?.mean.subarray(noon - 1, noon + 2) ?? [])]).toEqual([Number.NaN, 0, 1])
  // The hour that goes on is not in it.
  expect([...(roll?.load?.mean.subarray(noon + 119, noon + 121) ?? [])]).toEqual([119, Number.NaN])
  expect(roll?.parts?.known.reduce((sum, seconds) => sum + seconds, 0)).toBe(119 * 60)
  expect(statSync(join(log.folder, NAME)).mode & 0o777).toBe(0o600)
  expect(await rollUp(log.folder, AFTERNOON + MINUTE)).toEqual(nothing)
})

test('what was added since is added, and is as if all had been there at once', async () => {
  using log = new TemporaryLog()
  using whole = new TemporaryLog()
  const lines = twoHours()
  const more = Array.from({ length: 60 }, (_, minute) => [
    metrics(AFTERNOON + minute * MINUTE, { load_1m: minute, other: 1 }),
    checkLine(AFTERNOON + minute * MINUTE, minute < 30 ? 'up' : 'down', {
      since_ms: minute < 30 ? AFTERNOON - 2 * HOUR : AFTERNOON + 30 * MINUTE,
      began_ms: AFTERNOON + minute * MINUTE,
    }),
  ]).flat()
  log.lines(lines)
  await rollUp(log.folder, AFTERNOON)
  log.lines(more)
  expect((await rollUp(log.folder, AFTERNOON + HOUR)).written).toBe(1)
  whole.lines([...lines, ...more])
  await rollUp(whole.folder, AFTERNOON + HOUR)
  expect(await rolled(log)).toEqual(await rolled(whole))
})

test('one that is missing, damaged, cut off, of another version or of other files is made anew', async () => {
  using log = new TemporaryLog()
  log.lines(twoHours())
  await rollUp(log.folder, AFTERNOON)
  const path = join(log.folder, NAME)
  const content = readFileSync(path)
  const before = await rolled(log)
  const middle = Buffer.from(content)
  middle.fill(0xff, content.length - 200, content.length - 150)
  for (const damage of [
    () => rmSync(path),
    () => truncateSync(path, content.length - 1),
    () => truncateSync(path, 5),
    () => writeFileSync(path, middle),
    () => writeFileSync(path, Buffer.concat([Buffer.from('htroll9\n'), content.subarray(8)])),
  ]) {
    damage()
    expect((await rollUp(log.folder, AFTERNOON)).written).toBe(1)
    expect(await rolled(log)).toEqual(before)
  }
  // An hour with fewer lines than were read of it is another one.
  log.hour(AFTERNOON - HOUR, [metrics(AFTERNOON - HOUR, { load_1m: 7 })])
  await rollUp(log.folder, AFTERNOON)
  const { load } = (await rolled(log)) ?? {}
  expect([load?.mean[13 * 60], load?.mean[13 * 60 + 1], load?.mean[12 * 60 + 1]]).toEqual([7, Number.NaN, 1])
})

test('one that cannot be read now stays as it is, is told of, and holds up no day but the next', async () => {
  using log = new TemporaryLog()
  const before = AFTERNOON - 2 * DAY
  const name = '2026-11-23.roll'
  const path = join(log.folder, name)
  const aside = join(log.folder, 'aside')
  log.lines(twoHours(before))
  await rollUp(log.folder, AFTERNOON)
  // Since then its first hour was dropped, and another one came to it.
  rmSync(join(log.folder, lineFileName(before) as string))
  log.lines([metrics(before + 2 * HOUR, { load_1m: 999 }), ...twoHours()])
  renameSync(path, aside)
  // Not even root may pass through a file.
  symlinkSync(join(aside, 'x'), path)
  await expect(rollUp(log.folder, AFTERNOON)).rejects.toThrow(/ENOTDIR/)
  expect(lstatSync(path).isSymbolicLink()).toBe(true)
  expect((await rolled(log))?.load?.mean[13 * 60]).toBe(60)
  // Who only reads has the lines that are left.
  const { series, skipped } = await readHistory(log.state, { nowMs: AFTERNOON, minutes: 2 * 1440 + 1 })
  const { last } = series.get('load_1m') ?? {}
  expect([last?.[0], last?.[60], last?.[120], skipped]).toEqual([Number.NaN, 60, 999, 1])
  // The day after it goes on from its end, and waits for that.
  log.hour(before + DAY, [metrics(before + DAY)])
  await expect(rollUp(log.folder, AFTERNOON)).rejects.toThrow(/ENOTDIR/)
  expect(readdirSync(log.folder)).not.toContain('2026-11-24.roll')
  renameSync(aside, path)
  expect((await rollUp(log.folder, AFTERNOON)).written).toBe(2)
  const { load } = (await rolled(log, name)) ?? {}
  expect([load?.mean[14 * 60 + 1], load?.mean[15 * 60], load?.mean[16 * 60]]).toEqual([1, 60, 999])
})

test('a link that leads nowhere but to itself is no roll-up', async () => {
  using log = new TemporaryLog()
  log.lines(twoHours())
  symlinkSync(NAME, join(log.folder, NAME))
  expect((await rollUp(log.folder, AFTERNOON)).written).toBe(1)
  expect((await rolled(log))?.load?.mean[13 * 60]).toBe(60)
})

test('what was packed after it was rolled up stays as it was rolled up', async () => {
  using log = new TemporaryLog()
  const fine = [0, 10, 20, 30].map((second) => metrics(AFTERNOON - DAY + second * 1000, { load_1m: second }))
  log.hour(AFTERNOON - DAY, fine)
  // A day of other hours, so that it is the oldest of them.
  for (let hour = 1; hour <= 25; hour++) log.hour(AFTERNOON - DAY + hour * HOUR, [event(AFTERNOON - DAY + hour * HOUR)])
  const nowMs = AFTERNOON + 3 * HOUR
  await rollUp(log.folder, nowMs)
  const before = await rolled(log, '2026-11-24.roll')
  const packed = await maintain(log.folder, { nowMs, keepMs: 9 * DAY, sizeBytes: 1e9 })
  expect(packed.packed).toBeGreaterThan(0)
  expect(readdirSync(log.folder)).toContain(`${lineFileName(AFTERNOON - DAY)}.gz`)
  expect((await rollUp(log.folder, nowMs)).written).toBe(0)
  const after = await rolled(log, '2026-11-24.roll')
  expect(after).toEqual(before)
  expect([after?.load?.min[14 * 60], after?.load?.max[14 * 60]]).toEqual([0, 30])
  // Without it, it is made of what is left: of a level the last value of each minute.
  rmSync(join(log.folder, '2026-11-24.roll'))
  await rollUp(log.folder, nowMs)
  const again = await rolled(log, '2026-11-24.roll')
  expect([again?.load?.min[14 * 60], again?.load?.max[14 * 60]]).toEqual([30, 30])
})

test('a check goes on over midnight', async () => {
  using log = new TemporaryLog()
  const since = TODAY - 9 * MINUTE
  const times = Array.from({ length: 20 }, (_, minute) => TODAY - 9 * MINUTE + minute * MINUTE - 1000)
  log.lines(times.map((t) => checkLine(t, 'up', { since_ms: since })))
  await rollUp(log.folder, TODAY + HOUR)
  expect((await rolled(log))?.parts?.known[0]).toBe(300)
})

test.each([
  ['asked each minute, in the middle of it', MINUTE],
  ['asked each half hour', 30 * MINUTE],
])('no time is lost at midnight of a check that is %s, however often it is rolled up', async (_, everyMs) => {
  using log = new TemporaryLog()
  const [first, last] = [TODAY - 3 * HOUR + everyMs / 2, TODAY + 3 * HOUR - everyMs / 2]
  const times = Array.from({ length: (last - first) / everyMs + 1 }, (_, index) => first + index * everyMs)
  const turned = TODAY - everyMs / 4
  const lines: Line[] = times.map((t) =>
    t < TODAY ? checkLine(t, 'up', { since_ms: first }) : checkLine(t, 'down', { since_ms: turned }),
  )
  // Something is written each minute beside it.
  for (let t = TODAY - 3 * HOUR; t < TODAY + 3 * HOUR; t += MINUTE) lines.push(metrics(t))
  log.lines(lines.sort((a, b) => a.t - b.t))
  const sum = (parts?: Uint16Array) => parts?.reduce((total, seconds) => total + seconds, 0)
  const known = async (nowMs: number) => {
    const check = (await readHistory(log.state, { nowMs })).checks.get('api')
    return [sum(check?.known), sum(check?.good)]
  }
  const all = [(last - first) / 1000, (turned - first) / 1000]
  expect(await known(last)).toEqual(all)
  for (const hour of [0, 1, 2, 3]) {
    await rollUp(log.folder, TODAY + hour * HOUR)
    expect(await known(last)).toEqual(all)
  }
  // A roll-up that is made anew at once has it, too.
  rmSync(join(log.folder, NAME))
  await rollUp(log.folder, TODAY + 3 * HOUR)
  expect(await known(last)).toEqual(all)
})

test('garbage is counted, and what a crash left half made is taken away', async () => {
  using log = new TemporaryLog()
  log.hour(AFTERNOON - HOUR, [metrics(AFTERNOON - HOUR), 'garbage', '{"v":1,"t":'])
  log.file(`${NAME}.12345678.tmp`, 'half')
  log.file('other.tmp', 'kept')
  expect(await rollUp(log.folder, AFTERNOON)).toEqual({ written: 1, skipped: 2 })
  expect(readdirSync(log.folder).sort()).toEqual(['2026-11-25.roll', '2026-11-25T13.ndjson', 'other.tmp'])
})

test('a torn line that was ended later is no reason to read all of it again', async () => {
  using log = new TemporaryLog()
  const path = log.hour(AFTERNOON - HOUR, [metrics(AFTERNOON - HOUR, { load_1m: 1 })])
  appendFileSync(path, '{"v":1,"t":12')
  expect(await rollUp(log.folder, AFTERNOON)).toEqual({ written: 1, skipped: 1 })
  expect(await rollUp(log.folder, AFTERNOON)).toEqual(nothing)
  appendFileSync(path, `\n${encodeLine(metrics(AFTERNOON - 59 * MINUTE, { load_1m: 2 }))}\n`)
  expect(await rollUp(log.folder, AFTERNOON)).toEqual({ written: 1, skipped: 0 })
  expect([...((await rolled(log))?.load?.mean.subarray(13 * 60, 13 * 60 + 2) ?? [])]).toEqual([1, 2])
})

test('nothing is rolled up of no log, and a signal ends it with what was written', async () => {
  using log = new TemporaryLog()
  expect(await rollUp(log.folder, AFTERNOON)).toEqual(nothing)
  expect(await rollUp(join(log.folder, 'none'), AFTERNOON)).toEqual(nothing)
  log.lines(twoHours())
  expect(await rollUp(log.folder, AFTERNOON, AbortSignal.abort())).toEqual(nothing)
})

test('no more events and alerts are kept of a day than are ever shown, the newest ones', async () => {
  using log = new TemporaryLog()
  const times = Array.from({ length: 1800 }, (_, second) => AFTERNOON - HOUR + second * 1000)
  const over = (t: number) => recordOf(alertOf({ sinceMs: t, firedMs: t }), { state: 'resolved' })
  log.lines(times.flatMap((t) => [event(t, { text: `${t}` }), alertLine(t, over(t))]))
  await rollUp(log.folder, AFTERNOON)
  const { events = [], alerts = [] } = (await rolled(log)) ?? {}
  expect([events.length, alerts.length]).toEqual([500, 500])
  for (const lines of [events, alerts]) expect(JSON.parse(lines.at(-1) as string).t).toBe(times.at(-1))
})
