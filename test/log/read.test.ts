import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LONGEST_LINE } from '../../src/log/decode.ts'
import { encodeLine } from '../../src/log/encode.ts'
import { lineFileName, packedFileName } from '../../src/log/files.ts'
import { type ReadOptions, readLog } from '../../src/log/read.ts'
import {
  AFTERNOON,
  alertLine,
  all,
  checkLine,
  event,
  HOUR,
  MINUTE,
  metrics,
  SECOND,
  TemporaryLog,
  tallied,
} from './logs.ts'

async function read(folder: string, options: ReadOptions = {}) {
  const tally = tallied()
  const lines = await all(readLog(folder, options, tally))
  return { times: lines.map(({ line }) => line.t), kinds: lines.map(({ line }) => line.kind), lines, tally }
}

test('files are read in the order of their hours, lines stay in theirs', async () => {
  using log = new TemporaryLog()
  log.hour(AFTERNOON - HOUR, [event(AFTERNOON - HOUR), event(AFTERNOON - MINUTE)], 'packed')
  log.hour(AFTERNOON, [event(AFTERNOON), event(AFTERNOON + MINUTE)])
  expect((await read(log.folder)).times).toEqual([AFTERNOON - HOUR, AFTERNOON - MINUTE, AFTERNOON, AFTERNOON + MINUTE])
})

test('a stretch of time and some kinds are all that is told of', async () => {
  using log = new TemporaryLog()
  const at = (minute: number) => AFTERNOON + minute * MINUTE
  const lines = [metrics(at(0)), event(at(1)), checkLine(at(2)), alertLine(at(3)), event(at(4)), event(at(61))]
  log.lines(lines)
  const { times, kinds } = await read(log.folder, { fromMs: at(1), toMs: at(4), kinds: new Set(['event', 'alert']) })
  expect([times, kinds]).toEqual([
    [at(1), at(3)],
    ['event', 'alert'],
  ])
})

test('a line is told as it stands there too', async () => {
  using log = new TemporaryLog()
  const text =
    '{ "kind":"event", "t":1764079200000, "v":1, "event":"reboot", "level":"event","subject":"m","text":"x","new":1 }'
  log.hour(AFTERNOON, [text])
  const { lines } = await read(log.folder)
  expect(lines).toMatchObject([{ text, line: { event: 'reboot' }, offset: 0 }])
  // Members in another order are no reason to miss one.
  expect((await read(log.folder, { kinds: new Set(['metrics']) })).lines).toEqual([])
})

test('garbage is counted and costs only itself', async () => {
  using log = new TemporaryLog()
  const good = encodeLine(event(AFTERNOON))
  const garbage = [
    'nonsense',
    '{"v":1',
    '{"v":2,"t":1,"kind":"event"}',
    '{"v":1,"t":1,"kind":"new"}',
    '[]',
    '\0\0\0\0',
    '\u{1f600}',
  ]
  const path = log.hour(AFTERNOON, [good, ...garbage, '', 'x'.repeat(LONGEST_LINE + 1), good, good.slice(0, -9)])
  truncateSync(
    path,
    Buffer.byteLength([good, ...garbage, '', 'x'.repeat(LONGEST_LINE + 1), good, good.slice(0, -9)].join('\n')),
  )
  const { times, tally } = await read(log.folder)
  expect(times).toEqual([AFTERNOON, AFTERNOON])
  // The torn one at the end, the long one, and what is none.
  expect(tally.skipped).toBe(garbage.length + 2)
})

test('of half a gzip there is what is in it; a damaged one counts', async () => {
  using log = new TemporaryLog()
  const lines = Array.from({ length: 5000 }, (_, second) =>
    metrics(AFTERNOON + second * 100, { load_1m: Math.sin(second) }),
  )
  const path = log.hour(AFTERNOON, lines, 'packed')
  const whole = await read(log.folder)
  expect([whole.lines.length, whole.tally.skipped]).toEqual([5000, 0])
  truncateSync(path, statSync(path).size / 2)
  const half = await read(log.folder)
  expect(half.lines.length).toBeGreaterThan(1000)
  expect(half.lines.length).toBeLessThan(5000)
  expect(half.tally.skipped).toBe(1)
  writeFileSync(path, 'no gzip at all')
  expect(await read(log.folder)).toMatchObject({ lines: [], tally: { skipped: 1 } })
  writeFileSync(path, '')
  expect(await read(log.folder)).toMatchObject({ lines: [], tally: { skipped: 0 } })
})

test('an hour that was being packed is told once', async () => {
  using log = new TemporaryLog()
  log.hour(AFTERNOON, [event(AFTERNOON), metrics(AFTERNOON)], 'packed')
  log.hour(AFTERNOON, [event(AFTERNOON), metrics(AFTERNOON), metrics(AFTERNOON + SECOND)])
  expect((await read(log.folder)).times).toEqual([AFTERNOON, AFTERNOON, AFTERNOON + SECOND])
})

test('other files of the folder, and folders that look like files, are none of its business', async () => {
  using log = new TemporaryLog()
  log.file('notes.txt', 'x')
  log.file(`${lineFileName(AFTERNOON)}.gz.1234.tmp`, 'x')
  log.hour(AFTERNOON, [event(AFTERNOON)])
  rmSync(log.hour(AFTERNOON + HOUR, []))
  const folder = mkdtempSync(join(log.folder, 'x-'))
  expect(folder).toContain(log.folder)
  expect(await read(log.folder)).toMatchObject({ times: [AFTERNOON], tally: { lines: 1, skipped: 0 } })
})

test('no folder is an empty log; what is no folder is an error', async () => {
  using log = new TemporaryLog()
  expect((await read(join(log.folder, 'none'))).lines).toEqual([])
  await expect(read(log.file('file', ''))).rejects.toThrow(/ENOTDIR/)
})

test('it ends with the signal', async () => {
  using log = new TemporaryLog()
  log.hour(AFTERNOON, [event(AFTERNOON)])
  log.hour(AFTERNOON + HOUR, [event(AFTERNOON + HOUR)])
  const stop = new AbortController()
  const times: number[] = []
  for await (const piece of readLog(log.folder, { signal: stop.signal }, tallied())) {
    times.push(...piece.map(({ line }) => line.t))
    stop.abort()
  }
  expect(times).toEqual([AFTERNOON])
})

const LINES = process.env.LARGE === '1' ? 2_000_000 : 40_000

test(`${LINES} lines with garbage among them are read, with a count of what was skipped, in little memory`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-large-'))
  try {
    const file = createWriteStream(join(folder, lineFileName(AFTERNOON) as string))
    const values = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`disk_used_ratio{mount="/${index}"}`, index / 20]),
    )
    let garbage = 0
    for (let written = 0; written < LINES; ) {
      const lines: string[] = []
      for (let index = 0; index < 1000; index++, written++) {
        const t = AFTERNOON + written
        if (written % 7 === 3) {
          garbage++
          lines.push(['\0\0', '{"v":1,"t":', 'ÿ', '{}'][written % 4] as string)
        } else lines.push(encodeLine(written % 3 === 0 ? metrics(t, values) : checkLine(t)))
      }
      if (!file.write(`${lines.join('\n')}\n`)) await once(file, 'drain')
    }
    file.end()
    await once(file, 'finish')
    const tally = tallied()
    const before = process.memoryUsage().rss
    const started = performance.now()
    let read = 0
    let most = before
    for await (const piece of readLog(folder, {}, tally)) {
      read += piece.length
      most = Math.max(most, process.memoryUsage().rss)
    }
    if (process.env.LARGE === '1') console.log(`${LINES} lines: ${Math.round(performance.now() - started)} ms`)
    expect([read, tally.skipped, tally.lines]).toEqual([LINES - garbage, garbage, LINES])
    expect((most - before) / 1024 ** 2).toBeLessThan(200)
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 300_000)

test('names of packed files are those of the plain ones with an ending', () => {
  expect(packedFileName(lineFileName(AFTERNOON) as string)).toBe('2026-11-25T14.ndjson.gz')
})
