import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { encodeLine } from '../../../src/log/encode.ts'
import { lineFileName } from '../../../src/log/files.ts'
import { follow } from '../../../src/log/read/follow.ts'
import { packHour } from '../../../src/log/retention/pack.ts'
import { AFTERNOON, event, HOUR, MINUTE, SECOND, TemporaryLog, tallied } from '../logs.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** Follows a folder; `next` waits for so many lines more and tells their times. */
function following(folder: string, fromMs = AFTERNOON, atTheEnd = ends) {
  const stop = new AbortController()
  const tally = tallied()
  const troubles: (string | undefined)[] = []
  const onTrouble = (error: Error | undefined) => troubles.push(error?.message)
  const pieces = follow(folder, { fromMs, signal: stop.signal, onTrouble }, tally)
  atTheEnd.push(() => {
    stop.abort()
    // The file that it stands in is closed then.
    return pieces.return(undefined)
  })
  let rest: number[] = []
  const next = async (count: number): Promise<number[]> => {
    while (rest.length < count) {
      const piece = await pieces.next()
      if (piece.done) throw new Error('it ended')
      rest.push(...piece.value.map(({ line }) => line.t))
    }
    const told = rest.slice(0, count)
    rest = rest.slice(count)
    return told
  }
  return { next, stop, tally, pieces, troubles, rest: () => rest }
}

test('what was there is told from its moment on, then what is appended, across the change of the hour', async () => {
  using log = new TemporaryLog()
  log.hour(AFTERNOON - HOUR, [event(AFTERNOON - HOUR), event(AFTERNOON - MINUTE)], 'packed')
  const path = log.hour(AFTERNOON, [event(AFTERNOON), event(AFTERNOON + MINUTE)])
  const { next, rest } = following(log.folder, AFTERNOON - MINUTE)
  expect(await next(3)).toEqual([AFTERNOON - MINUTE, AFTERNOON, AFTERNOON + MINUTE])
  appendFileSync(path, `${encodeLine(event(AFTERNOON + 2 * MINUTE))}\n`)
  expect(await next(1)).toEqual([AFTERNOON + 2 * MINUTE])
  log.hour(AFTERNOON + HOUR, [event(AFTERNOON + HOUR)])
  expect(await next(1)).toEqual([AFTERNOON + HOUR])
  // A clock that was set back: the file of the hour before grows again.
  appendFileSync(path, `${encodeLine(event(AFTERNOON + 3 * MINUTE))}\n`)
  expect(await next(1)).toEqual([AFTERNOON + 3 * MINUTE])
  expect(rest()).toEqual([])
})

test('the folder may come later, and go and come again', async () => {
  using log = new TemporaryLog()
  rmSync(log.folder, { recursive: true })
  const { next } = following(log.folder)
  setTimeout(() => {
    mkdirSync(log.folder)
    log.hour(AFTERNOON, [event(AFTERNOON), event(AFTERNOON + SECOND)])
  }, 100)
  expect(await next(2)).toEqual([AFTERNOON, AFTERNOON + SECOND])
  const other = `${log.folder}-other`
  mkdirSync(other)
  renameSync(log.folder, `${log.folder}-gone`)
  renameSync(other, log.folder)
  log.hour(AFTERNOON, [event(AFTERNOON + MINUTE)])
  expect(await next(1)).toEqual([AFTERNOON + MINUTE])
})

test('a line is told once its end is there', async () => {
  using log = new TemporaryLog()
  const line = encodeLine(event(AFTERNOON + SECOND))
  const path = log.hour(AFTERNOON, [event(AFTERNOON)])
  const { next, tally } = following(log.folder)
  expect(await next(1)).toEqual([AFTERNOON])
  appendFileSync(path, line.slice(0, 40))
  setTimeout(() => appendFileSync(path, `${line.slice(40)}\nnonsense\n${encodeLine(event(AFTERNOON + MINUTE))}\n`), 400)
  expect(await next(2)).toEqual([AFTERNOON + SECOND, AFTERNOON + MINUTE])
  expect(tally.skipped).toBe(1)
})

test('what was written before its moment is not told, though its file grows', async () => {
  using log = new TemporaryLog()
  const path = log.hour(AFTERNOON - HOUR, [event(AFTERNOON - HOUR)])
  const { next } = following(log.folder)
  setTimeout(
    () => appendFileSync(path, `${encodeLine(event(AFTERNOON - SECOND))}\n${encodeLine(event(AFTERNOON))}\n`),
    300,
  )
  expect(await next(1)).toEqual([AFTERNOON])
})

test('it ends with the signal', async () => {
  using log = new TemporaryLog()
  const { stop, pieces } = following(log.folder)
  const ended = pieces.next()
  stop.abort()
  expect(await ended).toEqual({ done: true, value: undefined })
})

/** Longer than a look at the files, so that one falls between. */
const A_LOOK_MS = 400
const at = (second: number) => AFTERNOON + second * SECOND
const lineAt = (second: number) => `${encodeLine(event(at(second), { text: `it happened, ${second}` }))}\n`

/** Follows an hour of which ten lines were told; what `change` does comes after it, then a line more. */
async function changed(change: (path: string, log: TemporaryLog) => void | Promise<void>): Promise<number[]> {
  using log = new TemporaryLog()
  const path = log.file(lineFileName(AFTERNOON) as string, '')
  for (let second = 0; second < 10; second++) appendFileSync(path, lineAt(second))
  const end: typeof ends = []
  const { next, rest } = following(log.folder, AFTERNOON, end)
  expect(await next(10)).toHaveLength(10)
  const more = next(1)
  await pause(A_LOOK_MS)
  await change(path, log)
  await pause(A_LOOK_MS)
  mkdirSync(log.folder, { recursive: true })
  appendFileSync(path, lineAt(99))
  const told = await more
  while (told.at(-1) !== at(99)) told.push(...(await next(1)))
  for (const stop of end) await stop()
  return [...told, ...rest()].map((t) => (t - AFTERNOON) / SECOND)
}

test.concurrent.each<readonly [string, (path: string, log: TemporaryLog) => void | Promise<void>, readonly number[]]>([
  ['is cut off at a line', (path) => truncateSync(path, 3 * lineAt(0).length), []],
  [
    'is cut off in the middle of a line, which is ended',
    (path) => {
      truncateSync(path, 3 * lineAt(0).length - 20)
      appendFileSync(path, '\n')
    },
    [],
  ],
  ['is emptied', (path) => truncateSync(path), []],
  ['is emptied, and has other lines', (path) => writeFileSync(path, lineAt(20) + lineAt(21)), [20, 21]],
  [
    'is another one, longer, of the same inode',
    (path) => {
      const { ino } = statSync(path)
      writeFileSync(path, Array.from({ length: 30 }, (_, index) => lineAt(30 + index)).join(''))
      expect(statSync(path).ino).toBe(ino)
    },
    Array.from({ length: 30 }, (_, index) => 30 + index),
  ],
  [
    'is a copy with more in it',
    (path) => {
      copyFileSync(path, `${path}.copy`)
      appendFileSync(`${path}.copy`, lineAt(20))
      renameSync(`${path}.copy`, path)
    },
    [20],
  ],
  [
    'is another one under its name',
    (path) => {
      rmSync(path)
      writeFileSync(path, lineAt(20))
    },
    [20],
  ],
  [
    'goes with its folder, and comes back with it',
    async (_, log) => {
      renameSync(log.folder, `${log.folder}-away`)
      await pause(A_LOOK_MS)
      renameSync(`${log.folder}-away`, log.folder)
    },
    [],
  ],
  ['goes with its folder, for good', (_, log) => rmSync(log.folder, { recursive: true }), []],
  [
    'is a FIFO for a while',
    async (path) => {
      renameSync(path, `${path}.away`)
      execFileSync('mkfifo', [path])
      await pause(A_LOOK_MS)
      renameSync(`${path}.away`, path)
    },
    [],
  ],
  [
    'is thinned and gzipped, and one of its name has come',
    async (path, log) => {
      await packHour(log.folder, lineFileName(AFTERNOON) as string, undefined)
      await pause(A_LOOK_MS)
      expect(() => readFileSync(path)).toThrow('ENOENT')
    },
    [],
  ],
])('each line is told once where its file %s', async (_, change, between) => {
  expect(await changed(change)).toEqual([...between, 99])
})

test('hours that are packed already are told when their folder comes later', async () => {
  using log = new TemporaryLog()
  log.hour(AFTERNOON - HOUR, [event(AFTERNOON - HOUR), event(AFTERNOON - MINUTE)], 'packed')
  log.hour(AFTERNOON, [event(AFTERNOON)])
  renameSync(log.folder, `${log.folder}-away`)
  const { next, rest } = following(log.folder, AFTERNOON - MINUTE)
  setTimeout(() => renameSync(`${log.folder}-away`, log.folder), A_LOOK_MS)
  expect(await next(2)).toEqual([AFTERNOON - MINUTE, AFTERNOON])
  expect(rest()).toEqual([])
})

test('a folder that cannot be read any more is told and waited for; one that never could be is an error', async () => {
  using log = new TemporaryLog()
  const path = log.hour(AFTERNOON, [event(AFTERNOON)])
  const { next, troubles } = following(log.folder)
  expect(await next(1)).toEqual([AFTERNOON])
  const more = next(1)
  renameSync(log.folder, `${log.folder}-away`)
  writeFileSync(log.folder, 'something else')
  await pause(2 * A_LOOK_MS)
  await expect(following(log.folder).next(1)).rejects.toThrow('ENOTDIR')
  rmSync(log.folder)
  renameSync(`${log.folder}-away`, log.folder)
  appendFileSync(path, lineAt(1))
  expect(await more).toEqual([at(1)])
  expect(troubles).toEqual([expect.stringMatching(/^ENOTDIR: /), undefined])
})
