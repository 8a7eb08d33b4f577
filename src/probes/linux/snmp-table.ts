import { Cursor } from '../../lib/decimal.ts'
import { demand } from '../decode.ts'
import type { Bytes } from '../probe.ts'

const NEWLINE = 10

/**
 * Numbers by name of the two lines (names, then numbers) that begin with `heading` in a file such as /proc/net/snmp:
 * `Tcp: RtoMin RtoMax` `Tcp: 200 120000`. Only those that are wanted; empty without the lines. Throws ParseError when a number is none.
 */
export function parseSnmpTable(
  bytes: Bytes,
  file: string,
  heading: string,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const result = new Map<string, number>()
  const cursor = new Cursor(bytes)
  let names: string[] | undefined
  for (; !cursor.done; cursor.skipLine()) {
    if (!cursor.take(heading)) continue
    if (names === undefined) {
      names = restOfLine(bytes, cursor.at).split(' ')
      continue
    }
    for (const name of names) {
      if (!wanted.has(name)) cursor.skipWord()
      else result.set(name, demand(cursor.integer(), file, name, bytes, cursor.at))
    }
    return result
  }
  return result
}

/** At one go: netstat has 130 names, and a word at a time takes ten times as long. */
function restOfLine(bytes: Bytes, at: number): string {
  const newline = bytes.indexOf(NEWLINE, at)
  const end = newline < 0 ? bytes.length : newline
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at)
    .toString('latin1')
    .trim()
}
