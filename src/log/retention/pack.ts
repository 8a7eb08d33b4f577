import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { accessOf } from '../../lib/access.ts'
import { packedFileName } from '../files.ts'
import { isOfFile, plainPieces, unpackedPieces } from '../read/file-lines.ts'
import { createSplitter, type RawLine } from '../read/split.ts'
import { replaceFile } from '../replace.ts'
import { createThinner, type Thinner } from './thin.ts'

const zip = promisify(gzip)

/**
 * Thins an hour's lines and puts them into a packed file in place of the plain one. Where there is a packed one already (a crash between
 * making it and taking the plain one away; a clock that was set back by more than a day) the lines of both go into it. Until the packed
 * file is on the disk the plain one stays; it stays too where lines were added meanwhile. Rejects as the file system does; with the
 * signal, having done nothing.
 */
export async function packHour(folder: string, name: string, signal: AbortSignal | undefined): Promise<void> {
  const plain = join(folder, name)
  const packed = join(folder, packedFileName(name))
  const thinner = createThinner()
  const before = statSync(plain)
  await takePacked(packed, thinner, signal)
  await takeLines(plainPieces(plain, 0), thinner, signal)
  const lines = thinner.texts()
  const content = await zip(Buffer.from(lines.map((line) => `${line}\n`).join('')))
  signal?.throwIfAborted()
  if (lines.length > 0) await replaceFile(packed, content, await accessOf(folder))
  // In one go: what is appended between the two would be gone.
  const after = statSync(plain)
  if (after.size === before.size && after.mtimeMs === before.mtimeMs) rmSync(plain)
}

/** A packed file that is not there has no lines; one that is damaged has those before the damage. */
async function takePacked(path: string, thinner: Thinner, signal: AbortSignal | undefined): Promise<void> {
  try {
    await takeLines(unpackedPieces(path), thinner, signal)
  } catch (error) {
    if (!isOfFile(error)) throw error
    const { code = '' } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && !code.startsWith('Z_')) throw error
  }
}

async function takeLines(
  pieces: AsyncIterable<Buffer>,
  thinner: Thinner,
  signal: AbortSignal | undefined,
): Promise<void> {
  const splitter = createSplitter()
  const take = (lines: readonly RawLine[]) => {
    for (const { bytes } of lines) thinner.take(bytes.toString('utf8'))
  }
  for await (const piece of pieces) {
    signal?.throwIfAborted()
    take(splitter.push(piece))
  }
  const rest = splitter.rest()
  if (rest !== undefined) take([rest])
}
