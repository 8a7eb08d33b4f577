import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { accessOf } from '../../lib/access.ts'
import { isOfItself, openRegular } from '../../lib/regular-file.ts'
import type { MinuteColumns } from '../../model/history.ts'
import { isOfFile } from '../read/file-lines.ts'
import { ROLL_ENDING } from '../read/files.ts'
import { replaceFile } from '../replace.ts'
import type { CheckParts } from './check-parts.ts'
import type { CheckPast } from './check-past.ts'
import {
  decodeChecks,
  decodeHead,
  decodeLines,
  decodePasts,
  decodeSeries,
  encodeRoll,
  headLength,
  type Place,
  PREFIX_BYTES,
  type Roll,
  RollDamaged,
  type RollHead,
} from './format.ts'

/** Mostly the head and all there is behind it of checks; what is not in it is read when it is asked for. */
const FIRST_READ = 64 * 1024

/** A roll-up of which only the head was read so far. */
export interface OpenRoll {
  readonly head: RollHead
  /** All series of the day, read at once. These and all others reject with RollDamaged. */
  allSeries(): Promise<readonly (readonly [key: string, columns: MinuteColumns])[]>
  checks(): Promise<readonly CheckParts[]>
  /** What checks found, or how they turned alone. */
  pasts(how?: 'changes alone'): Promise<readonly CheckPast[]>
  lines(): Promise<Pick<Roll, 'events' | 'alerts'>>
}

export function rollName(dayMs: number): string {
  return `${new Date(dayMs).toISOString().slice(0, 10)}${ROLL_ENDING}`
}

/**
 * Opens a roll-up for as long as `use` takes. Undefined where it is not there, damaged, or no file; what goes wrong in `use` as damage, too.
 * Rejects as the file system does with all else: that may be a good one, which cannot be read now.
 */
export async function withRoll<T>(path: string, use: (roll: OpenRoll) => Promise<T>): Promise<T | undefined> {
  let file: FileHandle | undefined
  try {
    file = await openRegular(path)
    return await use(await openRoll(file))
  } catch (error) {
    if (!isNone(error)) throw error
    return undefined
  } finally {
    await file?.close()
  }
}

/** As `withRoll`, for those who write nothing in its place: one that cannot be read now is none either. */
export async function withReadable<T>(path: string, use: (roll: OpenRoll) => Promise<T>): Promise<T | undefined> {
  try {
    return await withRoll(path, use)
  } catch (error) {
    if (!isOfFile(error)) throw error
    return undefined
  }
}

function isNone(error: unknown): boolean {
  return error instanceof RollDamaged || (error as NodeJS.ErrnoException).code === 'ENOENT' || isOfItself(error)
}

async function openRoll(file: FileHandle): Promise<OpenRoll> {
  const { size } = await file.stat()
  const first = await bytesAt(file, 0, Math.min(FIRST_READ, size))
  const length = headLength(first)
  // Nothing is believed before its CRC was seen, and memory is taken before.
  if (PREFIX_BYTES + length > size) throw new RollDamaged('it was cut off')
  const blocksAt = PREFIX_BYTES + length
  const head = decodeHead(
    first.length >= blocksAt ? first.subarray(PREFIX_BYTES, blocksAt) : await bytesAt(file, PREFIX_BYTES, length),
  )
  const blockAt = ({ offset, length: bytes }: Place) => bytesAt(file, blocksAt + offset, bytes)
  return {
    head,
    async allSeries() {
      const all = await bytesAt(file, blocksAt, head.checksAt.offset)
      return [...head.series].map(([key, { offset, length: bytes }]) => [
        key,
        decodeSeries(all.subarray(offset, offset + bytes)),
      ])
    },
    checks: async () => decodeChecks(await blockAt(head.checksAt), head.checks.length),
    async pasts(how) {
      const results = how === undefined ? await blockAt(head.resultsAt) : undefined
      return decodePasts(results, await blockAt(head.changesAt), head)
    },
    lines: async () => decodeLines(await blockAt(head.linesAt), head),
  }
}

async function bytesAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  for (let read = 0; read < length; ) {
    const { bytesRead } = await file.read(bytes, read, length - read, offset + read)
    if (bytesRead === 0) throw new RollDamaged('it was cut off')
    read += bytesRead
  }
  return bytes
}

/**
 * Writes a roll-up in place of the one before: whoever reads meanwhile sees either, and so does the next start after a crash. Rejects as the
 * file system does, and leaves nothing half made.
 */
export async function writeRoll(folder: string, roll: Roll): Promise<void> {
  const path = join(folder, rollName(roll.dayMs))
  await replaceFile(path, encodeRoll(roll), await accessOf(folder))
}
