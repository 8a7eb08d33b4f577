import type { FileHandle } from 'node:fs/promises'
import { constants, createGunzip } from 'node:zlib'
import { openRegular } from '../../lib/regular-file.ts'
import { decodeLine } from '../decode.ts'
import type { Line, LineKind } from '../line.ts'
import type { HourFile } from './files.ts'
import { createSplitter, type RawLine } from './split.ts'

const PIECE = 256 * 1024
/** Every line that was written begins with its version, time and kind: one that is not wanted need not be read any further. */
const HEAD = /^\{"v":1,"t":(\d{1,16}),"kind":"([a-z]+)"[,}]/
const HEAD_BYTES = 64

/** A line of the log, as it was read and as it stands there. */
export interface ReadLine {
  readonly line: Line
  readonly text: string
  /** Where it begins in its file, in bytes; of a packed file in what is in it. */
  readonly offset: number
}

/** Which lines are wanted. */
export interface Wanted {
  readonly fromMs?: number
  /** Not itself included. */
  readonly toMs?: number
  /** All kinds without it. */
  readonly kinds?: ReadonlySet<LineKind>
}

/** What was met on the way; counted on while reading. */
export interface Tally {
  /** Lines that were looked at, wanted or not. */
  lines: number
  /** Lines that are none, and files that cannot be read. */
  skipped: number
}

/**
 * The lines of a file from a byte on, in the order in which they stand there, a piece at a time. What is no line is counted and passed
 * over; so is the rest of a file that is damaged or goes away meanwhile. Ends with the signal.
 */
export async function* linesOfFile(
  { path, packed }: Pick<HourFile, 'path' | 'packed'>,
  wanted: Wanted,
  tally: Tally,
  { signal, offset = 0 }: { readonly signal?: AbortSignal | undefined; readonly offset?: number } = {},
): AsyncGenerator<readonly ReadLine[]> {
  const splitter = createSplitter(offset)
  let tooLong = 0
  try {
    for await (const piece of packed ? unpackedPieces(path) : plainPieces(path, offset)) {
      if (signal?.aborted) return
      const lines = readLines(splitter.push(piece), wanted, tally)
      tally.skipped += splitter.tooLong - tooLong
      tooLong = splitter.tooLong
      if (lines.length > 0) yield lines
    }
    const rest = splitter.rest()
    if (rest !== undefined) yield readLines([rest], wanted, tally)
  } catch (error) {
    if (!isOfFile(error)) throw error
    tally.skipped++
  }
}

/** Lines of a file as they are wanted. */
export function readLines(raw: readonly RawLine[], wanted: Wanted, tally: Tally): ReadLine[] {
  const lines: ReadLine[] = []
  for (const { bytes, offset } of raw) {
    tally.lines++
    const head = HEAD.exec(bytes.toString('latin1', 0, HEAD_BYTES))
    if (head !== null && !wants(wanted, Number(head[1]), head[2] as LineKind)) continue
    const text = bytes.toString('utf8')
    const line = decodeLine(text)
    if (line === undefined) tally.skipped++
    else if (head !== null || wants(wanted, line.t, line.kind)) lines.push({ line, text, offset })
  }
  return lines
}

function wants({ fromMs, toMs, kinds }: Wanted, t: number, kind: LineKind): boolean {
  return !(fromMs !== undefined && t < fromMs) && !(toMs !== undefined && t >= toMs) && kinds?.has(kind) !== false
}

/** Errors of the file system and of zlib have a number: what they are about is a file, no bug of ours. */
export function isOfFile(error: unknown): boolean {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).errno === 'number'
}

/** The bytes of a file from one on, in the same buffer again and again: what is kept of a piece has to be copied. */
export async function* plainPieces(path: string, offset: number): AsyncGenerator<Buffer> {
  let file: FileHandle | undefined
  try {
    file = await openRegular(path)
    const buffer = Buffer.allocUnsafe(PIECE)
    for (let at = offset; ; ) {
      const { bytesRead } = await file.read(buffer, 0, PIECE, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file?.close()
  }
}

/** What is in a packed file. Rejects as the file system and zlib do. */
export async function* unpackedPieces(path: string): AsyncGenerator<Buffer> {
  const file = (await openRegular(path)).createReadStream()
  // A file that was cut off gives all that is in it, and then ends: its last line is torn, and counts as such.
  const gunzip = createGunzip({ chunkSize: PIECE, finishFlush: constants.Z_SYNC_FLUSH })
  file.on('error', (error) => gunzip.destroy(error))
  try {
    for await (const piece of file.pipe(gunzip)) yield piece as Buffer
  } finally {
    file.destroy()
    gunzip.destroy()
  }
}
