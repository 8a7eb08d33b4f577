import { readFileSync } from 'node:fs'
import { endianness } from 'node:os'

/** Most machines' page size, and that of recorded trees. */
export const USUAL_PAGE_BYTES = 4096
const AT_PAGESZ = 6n
const PAIR_BYTES = 16

/**
 * The page size from an auxiliary vector, getauxval(3): pairs of 64-bit words in this machine's byte order. `USUAL_PAGE_BYTES`
 * where it does not say.
 */
export function parsePageBytes(auxv: Uint8Array, littleEndian = endianness() === 'LE'): number {
  const view = new DataView(auxv.buffer, auxv.byteOffset, auxv.length)
  for (let at = 0; at + PAIR_BYTES <= view.byteLength; at += PAIR_BYTES) {
    if (view.getBigUint64(at, littleEndian) === AT_PAGESZ) return Number(view.getBigUint64(at + 8, littleEndian))
  }
  return USUAL_PAGE_BYTES
}

/** The page size of this machine. Recorded trees hold no vector: theirs is the usual one. */
export function readPageBytes(root: string): number {
  try {
    return parsePageBytes(readFileSync(`${root}/proc/self/auxv`))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR') return USUAL_PAGE_BYTES
    throw error
  }
}
