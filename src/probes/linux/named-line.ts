import { readInteger } from '../../lib/decimal.ts'
import { demand } from '../decode.ts'
import type { Bytes } from '../probe.ts'

/**
 * Finds the line of a file that begins with a name and a space, and reads the whole number that follows (`ctxt 827373`). Made for
 * files of hundreds of lines of which a few are wanted: the search runs in native code. Not for the first line of a file.
 */
export interface NamedLine {
  /** Undefined where there is no such line. Throws ParseError when no number follows. */
  read(bytes: Bytes): number | undefined
}

/** `fromEnd` searches backwards, past nothing but the lines behind the wanted one. */
export function namedLine(file: string, name: string, fromEnd = false): NamedLine {
  const head = Buffer.from(`\n${name} `)
  return {
    read(bytes) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      const at = fromEnd ? text.lastIndexOf(head) : text.indexOf(head)
      if (at < 0) return undefined
      const first = at + head.length
      return demand(readInteger(bytes, first), file, name, bytes, first)
    },
  }
}
