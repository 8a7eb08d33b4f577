import { safeText } from '../../lib/text.ts'
import { readName } from './dns-name.ts'

/** More of one record is shown to nobody. */
const LONGEST = 2000

type Reader = (bytes: Buffer, start: number, end: number) => string

const nameAt = (bytes: Buffer, at: number) => readName(bytes, at).name

function addressV6(bytes: Buffer, start: number): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(start + 2 * index).toString(16))
  // The shortest form (RFC 5952).
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}

/** Strings of a length and their bytes, joined (RFC 7208 3.3 and every other use). */
function textStrings(bytes: Buffer, start: number, end: number): string {
  const parts: Buffer[] = []
  for (let at = start; at < end; ) {
    const next = at + 1 + bytes.readUInt8(at)
    if (next > end) throw new RangeError('a text that ends behind its record')
    parts.push(bytes.subarray(at + 1, next))
    at = next
  }
  return Buffer.concat(parts).toString('utf8')
}

function soa(bytes: Buffer, start: number): string {
  const primary = readName(bytes, start)
  const mailbox = readName(bytes, primary.next)
  const figures = Array.from({ length: 5 }, (_, index) => bytes.readUInt32BE(mailbox.next + 4 * index))
  return [primary.name, mailbox.name, ...figures].join(' ')
}

function caa(bytes: Buffer, start: number, end: number): string {
  const value = start + 2 + bytes.readUInt8(start + 1)
  if (value > end) throw new RangeError('a tag that ends behind its record')
  return `${bytes.readUInt8(start)} ${bytes.toString('latin1', start + 2, value)} "${bytes.toString('latin1', value, end)}"`
}

/** How the data of a record reads, by the number of its type. */
const READERS: Readonly<Record<number, Reader>> = {
  1: (bytes, start) => Array.from({ length: 4 }, (_, index) => bytes.readUInt8(start + index)).join('.'),
  2: nameAt,
  5: nameAt,
  6: soa,
  12: nameAt,
  15: (bytes, start) => `${bytes.readUInt16BE(start)} ${nameAt(bytes, start + 2)}`,
  16: textStrings,
  28: addressV6,
  33: (bytes, start) =>
    `${[0, 2, 4].map((offset) => bytes.readUInt16BE(start + offset)).join(' ')} ${nameAt(bytes, start + 6)}`,
  257: caa,
}

/** The data of a record between `start` and `end` of a message, as zone files write it. Safe text. Throws RangeError. */
export function recordText(bytes: Buffer, type: number, start: number, end: number): string {
  const reader = READERS[type]
  return reader === undefined ? '' : safeText(reader(bytes, start, end), LONGEST)
}
