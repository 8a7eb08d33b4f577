import type { FileHandle } from 'node:fs/promises'
import { createSplitter, type Splitter } from './split.ts'

/** Every line has its time in its first bytes: no two files begin, or go on, alike for so long. */
const MARK_BYTES = 256

/** How far a file was read, and by what it is known again: names and inodes are used anew. */
export interface Reading {
  /** Bytes that were read. */
  readonly at: number
  readonly splitter: Splitter
  /** The first bytes of the file, and the last ones before `at`. */
  readonly head: Buffer
  readonly tail: Buffer
}

const NOTHING: Buffer = Buffer.alloc(0)

export function readingFromStart(): Reading {
  return { at: 0, splitter: createSplitter(), head: NOTHING, tail: NOTHING }
}

/** A file as if it had been read up to a byte. Rejects as the file system does. */
export async function readingFrom(file: FileHandle, at: number): Promise<Reading> {
  const head = await bytesAt(file, 0, Math.min(MARK_BYTES, at))
  const from = Math.max(0, at - MARK_BYTES)
  return { at, splitter: createSplitter(at), head, tail: await bytesAt(file, from, at - from) }
}

/** How a file was read once these bytes have been, too. */
export function readOn(reading: Reading, bytes: Buffer): Reading {
  const { at, splitter, head, tail } = reading
  const missing = MARK_BYTES - head.length
  const last = bytes.subarray(Math.max(0, bytes.length - MARK_BYTES))
  return {
    at: at + bytes.length,
    splitter,
    head: missing > 0 && at === head.length ? Buffer.concat([head, bytes.subarray(0, missing)]) : head,
    tail: Buffer.concat([tail.subarray(Math.max(0, tail.length + last.length - MARK_BYTES)), last]),
  }
}

/**
 * Where to go on in what lies under the name of a file now: there, if it has grown, been copied or come back; at its end, if it was cut off, for
 * what is left of it was read; else at its beginning, for it is another one. Rejects as the file system does.
 */
export async function resumed(file: FileHandle, size: number, reading: Reading): Promise<Reading> {
  const { at, head, tail } = reading
  if (size >= at && (await bytesAt(file, at - tail.length, tail.length)).equals(tail)) return reading
  const start = await bytesAt(file, 0, Math.min(head.length, size))
  const wasCutOff = size < at && start.equals(head.subarray(0, start.length))
  return wasCutOff ? readingFrom(file, size) : readingFromStart()
}

/** Fewer where the file ends. */
async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
