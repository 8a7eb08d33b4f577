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
import { expect, test } from 'vitest'
import { encodeLine } from '../../../src/log/encode.ts'
import { lineFileName } from '../../../src/log/files.ts'
import { follow } from '../../../src/log/read/follow.ts'
import { packHour } from '../../../src/log/retention/pack.ts'
import { AFTERNOON, event, HOUR, MINUTE, SECOND, TemporaryLog, tallied } from '../logs.ts'

/** Follows a folder, and looks at it when it is told to: nothing here goes by time. */
class Following implements AsyncDisposable {
  readonly tally = tallied()
  readonly troubles: (string | undefined)[] = []
  private readonly stop = new AbortController()
  private readonly times: number[] = []
  private readonly pieces: ReturnType<typeof follow>
  private ended: Promise<never> | undefined
  private goOn = () => {}
  private looked = () => {}

  constructor(folder: string, fromMs = AFTERNOON) {
    const pause = () =>
      new Promise<void>((resolve) => {
        this.goOn = resolve
        this.looked()
      })
    const onTrouble = (error: Error | undefined) => this.troubles.push(error?.message)
    this.pieces = follow(folder, { fromMs, signal: this.stop.signal, onTrouble, pause }, this.tally)
  }

  /** Has it look once, to the end: the times of the lines that it tells. Rejects where it does. */
  async look(): Promise<number[]> {
    const looked = new Promise<void>((resolve) => {
      this.looked = resolve
    })
    this.goOn()
    this.ended ??= this.takeAll()
    await Promise.race([looked, this.ended])
    return this.times.splice(0)
  }

  private async takeAll(): Promise<never> {
    for await (const piece of this.pieces) this.times.push(...piece.map(({ line }) => line.t))
    throw new Error('it ended')
  }

  /** The file that it stands in is closed then. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.stop.abort()
    this.goOn()
    await this.ended?.catch(() => {})
  }
}

test('what was there is told from its moment on, then what is appended, across the change of the hour', async () => {
  using log = new TemporaryLog()
  log.hour(AFTERNOON - HOUR, [event(AFTERNOON - HOUR), event(AFTERNOON - MINUTE)], 'packed')
  const path = log.hour(AFTERNOON, [event(AFTERNOON), event(AFTERNOON + MINUTE)])
  await using following = new Following(log.folder, AFTERNOON - MINUTE)
  expect(await following.look()).toEqual([AFTERNOON - MINUTE, AFTERNOON, AFTERNOON + MINUTE])
  appendFileSync(path, `${encodeLine(event(AFTERNOON + 2 * MINUTE))}\n`)
  expect(await following.look()).toEqual([AFTERNOON + 2 * MINUTE])
  log.hour(AFTERNOON + HOUR, [event(AFTERNOON + HOUR)])
  expect(await following.look()).toEqual([AFTERNOON + HOUR])
  // A clock that was set back: the file of the hour before grows again.
  appendFileSync(path, `${encodeLine(event(AFTERNOON + 3 * MINUTE))}\n`)
  expect(await following.look()).toEqual([AFTERNOON + 3 * MINUTE])
  expect(await following.look()).toEqual([])
})

test('the folder may come later, and go and come again', async () => {
  using log = new TemporaryLog()
  rmSync(log.folder, { recursive: true })
  await using following = new Following(log.folder)
  expect(await following.look()).toEqual([])
  mkdirSync(log.folder)
  log.hour(AFTERNOON, [event(AFTERNOON), event(AFTERNOON + SECOND)])
  expect(await following.look()).toEqual([AFTERNOON, AFTERNOON + SECOND])
  const other = `${log.folder}-other`
  mkdirSync(other)
  renameSync(log.folder, `${log.folder}-gone`)
  renameSync(other, log.folder)
  log.hour(AFTERNOON, [event(AFTERNOON + MINUTE)])
  expect(await following.look()).toEqual([AFTERNOON + MINUTE])
})

test('a line is told once its end is there', async () => {
  using log = new TemporaryLog()
  const line = encodeLine(event(AFTERNOON + SECOND))
  const path = log.hour(AFTERNOON, [event(AFTERNOON)])
  await using following = new Following(log.folder)
  expect(await following.look()).toEqual([AFTERNOON])
  appendFileSync(path, line.slice(0, 40))
  expect(await following.look()).toEqual([])
  appendFileSync(path, `${line.slice(40)}\nnonsense\n${encodeLine(event(AFTERNOON + MINUTE))}\n`)
  expect(await following.look()).toEqual([AFTERNOON + SECOND, AFTERNOON + MINUTE])
  expect(following.tally.skipped).toBe(1)
})

test('what was written before its moment is not told, though its file grows', async () => {
  using log = new TemporaryLog()
  const path = log.hour(AFTERNOON - HOUR, [event(AFTERNOON - HOUR)])
  await using following = new Following(log.folder)
  expect(await following.look()).toEqual([])
  appendFileSync(path, `${encodeLine(event(AFTERNOON - SECOND))}\n${encodeLine(event(AFTERNOON))}\n`)
  expect(await following.look()).toEqual([AFTERNOON])
})

test('it looks again by itself, and ends with the signal', async () => {
  using log = new TemporaryLog()
  const path = log.hour(AFTERNOON, [event(AFTERNOON)])
  const stop = new AbortController()
  const pieces = follow(log.folder, { fromMs: AFTERNOON, signal: stop.signal }, tallied())
  expect((await pieces.next()).value).toMatchObject([{ line: { t: AFTERNOON } }])
  const more = pieces.next()
  appendFileSync(path, lineAt(1))
  expect((await more).value).toMatchObject([{ line: { t: at(1) } }])
  const ended = pieces.next()
  stop.abort()
  expect(await ended).toEqual({ done: true, value: undefined })
})

const at = (second: number) => AFTERNOON + second * SECOND
const lineAt = (second: number) => `${encodeLine(event(at(second), { text: `it happened, ${second}` }))}\n`

type Change = (path: string, log: TemporaryLog, look: () => Promise<number[]>) => void | Promise<void>

/** Follows an hour of which ten lines were told; what is told after `change`, and after a line more. */
async function changed(change: Change): Promise<number[][]> {
  using log = new TemporaryLog()
  const path = log.file(lineFileName(AFTERNOON) as string, '')
  for (let second = 0; second < 10; second++) appendFileSync(path, lineAt(second))
  await using following = new Following(log.folder)
  expect(await following.look()).toHaveLength(10)
  await change(path, log, () => following.look())
  const told = await following.look()
  mkdirSync(log.folder, { recursive: true })
  appendFileSync(path, lineAt(99))
  const last = await following.look()
  return [told, last].map((times) => times.map((t) => (t - AFTERNOON) / SECOND))
}

test.each<readonly [string, Change, readonly number[]]>([
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
    async (_, log, look) => {
      renameSync(log.folder, `${log.folder}-away`)
      expect(await look()).toEqual([])
      renameSync(`${log.folder}-away`, log.folder)
    },
    [],
  ],
  ['goes with its folder, for good', (_, log) => rmSync(log.folder, { recursive: true }), []],
  [
    'is a FIFO for a while',
    async (path, _, look) => {
      renameSync(path, `${path}.away`)
      execFileSync('mkfifo', [path])
      expect(await look()).toEqual([])
      renameSync(`${path}.away`, path)
    },
    [],
  ],
  [
    'is thinned and gzipped, and one of its name has come',
    async (path, log, look) => {
      await packHour(log.folder, lineFileName(AFTERNOON) as string, undefined)
      expect(await look()).toEqual([])
      expect(() => readFileSync(path)).toThrow('ENOENT')
    },
    [],
  ],
])('each line is told once where its file %s', async (_, change, between) => {
  expect(await changed(change)).toEqual([between, [99]])
})

test('hours that are packed already are told when their folder comes later', async () => {
  using log = new TemporaryLog()
  log.hour(AFTERNOON - HOUR, [event(AFTERNOON - HOUR), event(AFTERNOON - MINUTE)], 'packed')
  log.hour(AFTERNOON, [event(AFTERNOON)])
  renameSync(log.folder, `${log.folder}-away`)
  await using following = new Following(log.folder, AFTERNOON - MINUTE)
  expect(await following.look()).toEqual([])
  renameSync(`${log.folder}-away`, log.folder)
  expect(await following.look()).toEqual([AFTERNOON - MINUTE, AFTERNOON])
  expect(await following.look()).toEqual([])
})

test('a folder that cannot be read any more is told and waited for; one that never could be is an error', async () => {
  using log = new TemporaryLog()
  const path = log.hour(AFTERNOON, [event(AFTERNOON)])
  await using following = new Following(log.folder)
  expect(await following.look()).toEqual([AFTERNOON])
  renameSync(log.folder, `${log.folder}-away`)
  writeFileSync(log.folder, 'something else')
  // It is told once, though it goes on.
  for (let look = 0; look < 2; look++) expect(await following.look()).toEqual([])
  expect(following.troubles).toEqual([expect.stringMatching(/^ENOTDIR: /)])
  await using late = new Following(log.folder)
  await expect(late.look()).rejects.toThrow('ENOTDIR')
  rmSync(log.folder)
  renameSync(`${log.folder}-away`, log.folder)
  appendFileSync(path, lineAt(1))
  expect(await following.look()).toEqual([at(1)])
  expect(following.troubles).toEqual([expect.stringMatching(/^ENOTDIR: /), undefined])
})
