import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { openRegular } from '../../lib/regular-file.ts'
import { isOfFile, linesOfFile, type ReadLine, readLines, type Tally, type Wanted } from './file-lines.ts'
import { type HourFile, type LogFiles, listLog } from './files.ts'
import { type Reading, readingFrom, readingFromStart, readOn, resumed } from './reading.ts'

/** How often the files are looked at. No inotify: a log may lie on a file system of another machine. */
const POLL_MS = 250
const PIECE = 256 * 1024
/** Hours that are gone are remembered, for they may come back; no more of them. */
const MOST_HOURS = 200
const PACKED_ENDING = '.gz'

/** A file as it was read, and what it was like when it had been read to its end: as long as it is, nothing has changed. */
interface Followed {
  reading: Reading
  seen?: Pick<Stats, 'ino' | 'size' | 'mtimeMs'>
}

export interface FollowOptions extends Omit<Wanted, 'toMs'> {
  /** What was written before is told first, from this wall time on. */
  readonly fromMs: number
  readonly signal: AbortSignal
  /** Told when the folder that could be read cannot be any more, and when it can again. */
  readonly onTrouble?: (error: Error | undefined) => void
  /** Waits between two looks, and no more once the signal has come; 250 ms unless given. */
  readonly pause?: () => Promise<void>
}

/**
 * The lines of a log from a moment on, and those that are appended, as they come, until the signal. Every file that grows is followed, so that
 * the hour may change and the clock be set back; the folder may come later, go and come again. A line counts once its end is there, and is told
 * once, though its file may be cut off, copied or packed. Rejects where the folder cannot be read at the first look.
 */
export async function* follow(
  folder: string,
  options: FollowOptions,
  tally: Tally,
): AsyncGenerator<readonly ReadLine[]> {
  const { signal, onTrouble = () => {}, pause = () => untilNextLook(signal), ...wanted } = options
  /** By the paths that files have before they are packed. */
  const followed = new Map<string, Followed | 'packed'>()
  const look = createLook(folder, onTrouble)
  while (!signal.aborted) {
    const hours = await look()
    for (const file of hours ?? []) {
      if (signal.aborted) return
      if (!file.packed) yield* appended(file, followed, wanted, tally)
      else if (!followed.has(plainPath(file))) {
        // Packed long ago. What is packed later was followed before.
        followed.set(plainPath(file), 'packed')
        if (file.endMs > wanted.fromMs) yield* linesOfFile(file, wanted, tally, { signal })
      }
    }
    if (hours !== undefined) forget(followed, hours)
    await pause()
  }
}

function untilNextLook(signal: AbortSignal): Promise<void> {
  return sleep(POLL_MS, undefined, { signal }).catch(() => {})
}

/** Lists the folder, again and again; undefined while it cannot be read. Rejects where it never could. */
function createLook(
  folder: string,
  onTrouble: (error: Error | undefined) => void,
): () => Promise<LogFiles['hours'] | undefined> {
  let could = false
  let told: string | undefined
  return async () => {
    try {
      const { hours } = await listLog(folder)
      could = true
      if (told !== undefined) onTrouble(undefined)
      told = undefined
      return hours
    } catch (error) {
      if (!could || !isOfFile(error)) throw error
      const { message } = error as Error
      if (message !== told) onTrouble(error as Error)
      told = message
      return undefined
    }
  }
}

function plainPath({ path, packed }: HourFile): string {
  return packed ? path.slice(0, -PACKED_ENDING.length) : path
}

/** Forgets the oldest hours that are not there any more. */
function forget(followed: Map<string, Followed | 'packed'>, hours: readonly HourFile[]): void {
  if (followed.size <= MOST_HOURS) return
  const there = new Set(hours.map(plainPath))
  const gone = [...followed.keys()].filter((path) => !there.has(path)).sort()
  for (const path of gone.slice(0, followed.size - MOST_HOURS)) followed.delete(path)
}

/** What came to a file since the last look. What was there at the first look and belongs to a time before `fromMs` is passed over. */
async function* appended(
  { path, endMs }: HourFile,
  followed: Map<string, Followed | 'packed'>,
  wanted: Omit<FollowOptions, 'signal' | 'onTrouble' | 'pause'>,
  tally: Tally,
): AsyncGenerator<readonly ReadLine[]> {
  const now = await stat(path).catch(unlessOfFile)
  const before = followed.get(path)
  const known = before === 'packed' ? undefined : before
  if (now === undefined || isSame(known?.seen, now)) return
  const file = await openRegular(path).catch(unlessOfFile)
  if (file === undefined) return
  try {
    const { ino, size, mtimeMs } = await file.stat()
    const passes = known === undefined && endMs <= wanted.fromMs
    const reading = passes
      ? await readingFrom(file, size)
      : await resumed(file, size, known?.reading ?? readingFromStart())
    const entry: Followed = { reading }
    followed.set(path, entry)
    const { splitter } = reading
    const buffer = Buffer.allocUnsafe(PIECE)
    for (let tooLong = splitter.tooLong; ; tooLong = splitter.tooLong) {
      const { bytesRead } = await file.read(buffer, 0, PIECE, entry.reading.at)
      if (bytesRead === 0) {
        entry.seen = { ino, size, mtimeMs }
        return
      }
      const bytes = buffer.subarray(0, bytesRead)
      const lines = readLines(splitter.push(bytes), wanted, tally)
      entry.reading = readOn(entry.reading, bytes)
      tally.skipped += splitter.tooLong - tooLong
      if (lines.length > 0) yield lines
    }
  } catch (error) {
    unlessOfFile(error)
  } finally {
    await file.close()
  }
}

function isSame(seen: Followed['seen'] | undefined, { ino, size, mtimeMs }: Stats): boolean {
  return seen !== undefined && seen.ino === ino && seen.size === size && seen.mtimeMs === mtimeMs
}

/** A file that cannot be read now is looked at again soon. */
function unlessOfFile(error: unknown): undefined {
  if (!isOfFile(error)) throw error
}
