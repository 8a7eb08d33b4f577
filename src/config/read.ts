import { readSync } from 'node:fs'

const CHUNK = 65_536

/** What an open file holds, or undefined when that is more than `most` bytes: devices and pipes have no size that could be asked before. */
export function readAtMost(file: number, most: number): Buffer | undefined {
  const chunks: Buffer[] = []
  let length = 0
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK)
    const read = readSync(file, chunk, 0, CHUNK, null)
    if (read === 0) return Buffer.concat(chunks)
    chunks.push(chunk.subarray(0, read))
    length += read
    if (length > most) return undefined
  }
}
