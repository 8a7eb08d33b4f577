import { join } from 'node:path'
import { type Access, FILE_MODE, FOLDER_MODE } from '../../lib/access.ts'
import type { Disk, OpenFile } from './disk.ts'
import type { Queued } from './queue.ts'

const NEWLINE = 10
const LINE_BREAK = Uint8Array.of(NEWLINE)
/** A file system that takes nothing and names no error is given up after so many turns. */
const MOST_EMPTY_TURNS = 3

/** How the last append left its file: whoever finds it like that knows its last byte, and whether it is in the middle of a line. */
export interface Left {
  readonly file: string
  readonly dev: number
  readonly ino: number
  readonly size: number
  /** The line that is there in part, and how many bytes of it. */
  readonly torn?: { readonly number: number; readonly bytes: number }
}

/** What became of lines that were to be appended. `written` are the first so many of them: their write(2) has returned. */
export interface Appended {
  readonly written: number
  readonly bytes: number
  readonly left?: Left
  /** Why the rest was not written. */
  readonly error?: unknown
}

/**
 * Appends lines to their file in the folder, with one write(2) if the disk takes them. A folder or file that is not there is made, permissions are
 * made to be what `access` says: command lines and answers of services are nobody else's business. A line that an earlier append left torn is completed where its file is as it was left; any other file whose
 * last byte is no newline gets one first, so that a torn line costs only itself. Never rejects.
 */
export async function appendLines(
  disk: Disk,
  folder: string,
  lines: readonly [Queued, ...Queued[]],
  left: Left | undefined,
  access: Access = 'owner',
): Promise<Appended> {
  const [{ file }] = lines
  let fd: number
  try {
    fd = await openFile(disk, folder, file, access)
  } catch (error) {
    return { written: 0, bytes: 0, ...(left && { left }), error }
  }
  const result = await appendTo(disk, folder, fd, lines, left, access)
  try {
    await disk.close(fd)
  } catch (error) {
    // close(2) may tell late of what write(2) could not (NFS, quotas). What was written was written; the next append meets it again.
    return { error, ...result }
  }
  return result
}

async function openFile(disk: Disk, folder: string, file: string, access: Access): Promise<number> {
  const path = join(folder, file)
  try {
    return await disk.open(path, FILE_MODE[access])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    await disk.makeFolder(folder, FOLDER_MODE[access])
    return await disk.open(path, FILE_MODE[access])
  }
}

async function appendTo(
  disk: Disk,
  folder: string,
  fd: number,
  lines: readonly [Queued, ...Queued[]],
  left: Left | undefined,
  access: Access,
): Promise<Appended> {
  let found: OpenFile
  let begin: Beginning
  try {
    found = await disk.stat(fd)
    if (!isAsLeft(left, lines[0].file, found)) await disk.permitFolder(folder, FOLDER_MODE[access])
    if (found.mode !== FILE_MODE[access]) await disk.permit(fd, FILE_MODE[access])
    begin = await beginning(disk, fd, found, lines[0], left)
  } catch (error) {
    return { written: 0, bytes: 0, ...(left && { left }), error }
  }
  const whole = Buffer.concat([...(begin.newline ? [LINE_BREAK] : []), ...lines.map(({ bytes }) => bytes)])
  const { taken, error } = await appendAll(disk, fd, whole.subarray(begin.there))
  const failed = error !== undefined && { error }
  // Where nothing was appended, what is known of the end of the file is what was known before.
  if (taken === 0) return { written: 0, bytes: 0, ...(left && { left }), ...failed }
  const { written, torn } = linesUpTo(lines, begin.there + taken - (begin.newline ? 1 : 0))
  const { dev, ino, size } = found
  return {
    written,
    bytes: taken,
    left: { file: lines[0].file, dev, ino, size: size + taken, ...(torn && { torn }) },
    ...failed,
  }
}

function isAsLeft(left: Left | undefined, file: string, { dev, ino, size }: OpenFile): left is Left {
  return left !== undefined && left.file === file && left.dev === dev && left.ino === ino && left.size === size
}

/** How the append begins: with a newline of its own, or after so many bytes of the first line that are there already. */
interface Beginning {
  readonly newline: boolean
  readonly there: number
}

async function beginning(
  disk: Disk,
  fd: number,
  found: OpenFile,
  first: Queued,
  left: Left | undefined,
): Promise<Beginning> {
  if (isAsLeft(left, first.file, found)) {
    if (left.torn === undefined) return { newline: false, there: 0 }
    if (left.torn.number === first.number) return { newline: false, there: left.torn.bytes }
  }
  const last = found.size === 0 ? NEWLINE : await disk.byteAt(fd, found.size - 1)
  return { newline: last !== NEWLINE, there: 0 }
}

/** Appends until all is taken; a turn that takes a part (short writes, signals) is followed by another. */
async function appendAll(
  disk: Disk,
  fd: number,
  bytes: Uint8Array,
): Promise<{ readonly taken: number; readonly error?: unknown }> {
  let taken = 0
  let empty = 0
  while (taken < bytes.length) {
    let count = 0
    try {
      count = await disk.append(fd, bytes.subarray(taken))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EINTR') return { taken, error }
    }
    taken += count
    empty = count > 0 ? 0 : empty + 1
    if (empty === MOST_EMPTY_TURNS) return { taken, error: new Error('the disk takes nothing') }
  }
  return { taken }
}

/** Which lines lie wholly before a place in them; one that lacks its newline alone is there, and the next append ends it. */
function linesUpTo(lines: readonly Queued[], end: number): { readonly written: number; readonly torn?: Left['torn'] } {
  let from = 0
  let written = 0
  for (const { number, bytes } of lines) {
    const missing = from + bytes.length - end
    if (missing > 1) return end > from ? { written, torn: { number, bytes: end - from } } : { written }
    written++
    // The newline is still owed: no line is, so the next append looks at the last byte.
    if (missing === 1) return { written, torn: { number: -1, bytes: 0 } }
    from += bytes.length
  }
  return { written }
}
