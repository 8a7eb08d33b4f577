import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeLine } from '../../src/log/decode.ts'
import { encodeLine } from '../../src/log/encode.ts'
import { DAY_MS, HOUR_MS, lineFileName } from '../../src/log/files.ts'
import type { Line, MetricsLine } from '../../src/log/line.ts'
import { maintain } from '../../src/log/retention.ts'
import { numbered, temporaryPlace, textsIn } from './places.ts'

const HOUR = Date.UTC(2026, 10, 25, 14)
const FILE = '2026-11-25T14.ndjson'
const PACKED = `${FILE}.gz`
const ENOUGH = { keepMs: 14 * DAY_MS, sizeBytes: 500 * 1024 * 1024 }
const KEEP = { ...ENOUGH, nowMs: HOUR + 2 * DAY_MS }

const metrics = (second: number, values: Record<string, number>): MetricsLine => ({
  v: 1,
  t: HOUR + second * 1000,
  kind: 'metrics',
  values,
})
const processes = (second: number, pid: number): Line => ({
  v: 1,
  t: HOUR + second * 1000,
  kind: 'processes',
  processes: [{ pid, name: 'node', started_ms: 1, memory_bytes: 2 }],
})
const check = (second: number): Line => ({
  v: 1,
  t: HOUR + second * 1000,
  kind: 'check',
  check: 'api',
  state: 'up',
  since_ms: HOUR,
})
const event = (second: number): Line => ({ ...numbered(second), t: HOUR + second * 1000 })

const textOf = (lines: readonly Line[]) => lines.map((line) => `${encodeLine(line)}\n`).join('')

/** The 24 newest hours stay as they are: hours that are later than those a test is about. */
function laterHours(folder: string, count = 24, bytes = 0): void {
  for (let hour = 0; hour < count; hour++) {
    writeFileSync(join(folder, lineFileName(HOUR + DAY_MS + hour * HOUR_MS) as string), 'x'.repeat(bytes))
  }
}

const unpacked = (folder: string, name = PACKED): (Line | undefined)[] =>
  gunzipSync(readFileSync(join(folder, name)))
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map(decodeLine)

test('an hour older than a day has a line of metrics and of processes a minute, and all of the rest, by time', async () => {
  using place = temporaryPlace()
  laterHours(place.path)
  const ten = (index: number) =>
    metrics(index * 10 + 9, { cpu_used_ratio: index / 10, memory_used_bytes: index, 'x{a="1"}': index })
  const lines = [
    ...Array.from({ length: 12 }, (_, index) => ten(index)),
    processes(9, 1),
    processes(59, 2),
    processes(61, 3),
  ]
  writeFileSync(join(place.path, FILE), textOf([event(3), check(5), ...lines, check(7), event(70)]))
  expect(await maintain(place.path, KEEP)).toMatchObject({ packed: 1, dropped: 0, failed: [] })
  expect(readdirSync(place.path)).not.toContain(FILE)
  expect(statSync(join(place.path, PACKED)).mode & 0o777).toBe(0o600)
  expect(unpacked(place.path)).toEqual([
    event(3),
    check(5),
    check(7),
    // What moves as the mean of 0 … 0.5, levels as they were last.
    metrics(59, { cpu_used_ratio: 0.25, memory_used_bytes: 5, 'x{a="1"}': 5 }),
    processes(59, 2),
    processes(61, 3),
    event(70),
    metrics(119, { cpu_used_ratio: 0.85, memory_used_bytes: 11, 'x{a="1"}': 11 }),
  ])
})

test('series that are in some lines of a minute only are kept', async () => {
  using place = temporaryPlace()
  laterHours(place.path)
  writeFileSync(
    join(place.path, FILE),
    textOf([metrics(1, { a: 1, check_up: 1 }), metrics(11, { a: 2, __proto__: 4 })]),
  )
  await maintain(place.path, KEEP)
  expect(unpacked(place.path)).toEqual([metrics(11, { a: 2, check_up: 1 })])
})

test('what a later version wrote is kept, what is torn is not', async () => {
  using place = temporaryPlace()
  laterHours(place.path)
  const later = '{"v":2,"t":5,"kind":"trace"}'
  writeFileSync(join(place.path, FILE), `${later}\n{"v":1,"t":1,"ki\n\0\0\n${textOf([event(1)])}{"v":1`)
  await maintain(place.path, KEEP)
  expect(gunzipSync(readFileSync(join(place.path, PACKED))).toString('utf8')).toBe(`${later}\n${textOf([event(1)])}`)
})

test('younger hours, the newest 24 and other files stay as they are', async () => {
  using place = temporaryPlace()
  const folder = place.path
  laterHours(folder, 23)
  writeFileSync(join(folder, FILE), textOf([metrics(1, { a: 1 }), metrics(2, { a: 1 })]))
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  const names = readdirSync(folder)
  // Two days later by a clock that may be wrong: these are the newest there are.
  expect(await maintain(folder, KEEP)).toMatchObject({ packed: 0, dropped: 0 })
  laterHours(folder)
  expect(await maintain(folder, { ...KEEP, nowMs: HOUR + HOUR_MS + DAY_MS - 1 })).toMatchObject({ packed: 0 })
  expect(readdirSync(folder)).toEqual([...names, lineFileName(HOUR + DAY_MS + 23 * HOUR_MS)].sort())
  expect(await maintain(folder, { ...KEEP, nowMs: HOUR + HOUR_MS + DAY_MS })).toMatchObject({ packed: 1 })
})

test('a crash before the packed file had its name, or before the plain one was taken away, loses and doubles nothing', async () => {
  using place = temporaryPlace()
  const folder = place.path
  laterHours(folder)
  const lines = [event(1), check(2), metrics(9, { cpu_used_ratio: 0.5 }), metrics(19, { cpu_used_ratio: 0.5 })]
  writeFileSync(join(folder, FILE), textOf(lines))
  await maintain(folder, KEEP)
  const packed = readFileSync(join(folder, PACKED))
  writeFileSync(join(folder, FILE), textOf(lines))
  writeFileSync(join(folder, `${PACKED}.1a2b.tmp`), packed.subarray(0, 20))
  expect(await maintain(folder, KEEP)).toMatchObject({ packed: 1 })
  expect(readdirSync(folder).filter((name) => name.startsWith(FILE))).toEqual([PACKED])
  expect(unpacked(folder)).toEqual([event(1), check(2), metrics(19, { cpu_used_ratio: 0.5 })])
})

test('lines of a clock that was set back by days join those that are packed', async () => {
  using place = temporaryPlace()
  const folder = place.path
  laterHours(folder)
  writeFileSync(join(folder, PACKED), gzipSync(textOf([event(1), metrics(5, { a: 1 })])))
  writeFileSync(join(folder, FILE), textOf([event(2), metrics(65, { a: 2 })]))
  await maintain(folder, KEEP)
  expect(unpacked(folder)).toEqual([event(1), event(2), metrics(5, { a: 1 }), metrics(65, { a: 2 })])
})

test('a packed file that is damaged gives what can be read of it, and the plain one all', async () => {
  using place = temporaryPlace()
  const folder = place.path
  laterHours(folder)
  writeFileSync(join(folder, PACKED), 'no gzip at all')
  writeFileSync(join(folder, FILE), textOf([event(2)]))
  expect(await maintain(folder, KEEP)).toMatchObject({ packed: 1, failed: [] })
  expect(unpacked(folder)).toEqual([event(2)])
})

test('an hour that cannot be packed is told, stays, and holds up no other', async () => {
  using place = temporaryPlace()
  const folder = place.path
  laterHours(folder)
  mkdirSync(join(folder, FILE))
  const next = lineFileName(HOUR + HOUR_MS) as string
  writeFileSync(join(folder, next), textOf([event(1)]))
  const result = await maintain(folder, KEEP)
  expect(result).toMatchObject({ packed: 1, failed: [{ name: FILE }] })
  expect(readdirSync(folder)).toContain(`${next}.gz`)
})

test('lines that are added while an hour is packed stay', async () => {
  using place = temporaryPlace()
  const folder = place.path
  laterHours(folder)
  writeFileSync(join(folder, FILE), textOf(Array.from({ length: 3000 }, (_, index) => event(index))))
  const maintained = maintain(folder, KEEP)
  // Until there is no plain file any more, every line that is added has to be somewhere in the end.
  let added = 0
  const timer = setInterval(() => {
    if (readdirSync(folder).includes(FILE) && added < 20)
      appendFileSync(join(folder, FILE), textOf([event(10_000 + added++)]))
  }, 1)
  await maintained
  clearInterval(timer)
  await maintain(folder, KEEP)
  const texts = new Set(textsIn(folder))
  for (let index = 0; index < added; index++) expect(texts).toContain(encodeLine(event(10_000 + index)))
  expect(added).toBeGreaterThan(0)
})

test('files older than they are kept are dropped, roll-ups after the last hour of their day', async () => {
  using place = temporaryPlace()
  const folder = place.path
  for (const name of [
    '2026-11-24T23.ndjson.gz',
    '2026-11-25T00.ndjson',
    '2026-11-24.roll',
    '2026-11-25.roll',
    'x.json',
  ]) {
    writeFileSync(join(folder, name), '')
  }
  const nowMs = Date.UTC(2026, 10, 27)
  expect(await maintain(folder, { ...ENOUGH, nowMs, keepMs: 2 * DAY_MS })).toMatchObject({ dropped: 2 })
  expect(readdirSync(folder)).toEqual(['2026-11-25.roll', '2026-11-25T00.ndjson', 'x.json'])
})

test('the oldest files are dropped until all fit, with room for what is to come; never the hour that goes on', async () => {
  using place = temporaryPlace()
  const folder = place.path
  laterHours(folder, 24, 1000)
  writeFileSync(join(folder, '2026-11-26.roll'), 'x'.repeat(300))
  const nowMs = HOUR + DAY_MS + 23 * HOUR_MS + 60_000
  const result = await maintain(folder, { nowMs, keepMs: 14 * DAY_MS, sizeBytes: 10_500 })
  // The day ends after ten hours, and its roll-up goes with the last of them. Nine hours and an eighth of the size fit.
  expect(result).toMatchObject({ bytes: 9000, dropped: 16 })
  expect(readdirSync(folder).sort()[0]).toBe(lineFileName(HOUR + DAY_MS + 15 * HOUR_MS))
  expect(await maintain(folder, { nowMs, keepMs: 1, sizeBytes: 1 })).toMatchObject({ bytes: 1000 })
  expect(readdirSync(folder)).toEqual([lineFileName(nowMs)])
})

test('a log that is not there needs nothing, and one that is no folder is told', async () => {
  using place = temporaryPlace()
  const nothing = { packed: 0, dropped: 0, bytes: 0, failed: [] }
  expect(await maintain(join(place.path, 'none'), KEEP)).toEqual(nothing)
  writeFileSync(join(place.path, 'file'), '')
  await expect(maintain(join(place.path, 'file'), KEEP)).rejects.toThrow('ENOTDIR')
})

test('it ends with its signal, and what was not done is left', async () => {
  using place = temporaryPlace()
  laterHours(place.path)
  writeFileSync(join(place.path, FILE), textOf([event(1)]))
  utimesSync(join(place.path, FILE), 1, 1)
  expect(await maintain(place.path, KEEP, AbortSignal.abort())).toMatchObject({ packed: 0, dropped: 0, failed: [] })
  expect(readdirSync(place.path)).toContain(FILE)
})
