import { safeText } from '../lib/text.ts'
import { type Bytes, ParseError } from './probe.ts'

const MAX_LABEL = 256

/** Bytes as UTF-8 (anything else becomes U+FFFD), as they are: for paths that go back to the system. */
export function decode(bytes: Bytes): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}

/** Bytes as text that is safe to show and to use as a label. */
export function decodeSafe(bytes: Bytes, maxLength = MAX_LABEL): string {
  return safeText(decode(bytes), maxLength)
}

/** Throws ParseError when `value` is not a number; `bytes` and `at` show what stood there instead. */
export function demand(value: number, file: string, field: string, bytes: Bytes, at: number): number {
  if (!Number.isNaN(value)) return value
  const line = decode(bytes.subarray(at, at + 160)).split('\n', 1)[0] ?? ''
  throw new ParseError(file, field, safeText(line))
}
