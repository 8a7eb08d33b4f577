const POINTER = 0xc0
const LONGEST_NAME = 255

/** A byte of a name as zone files write it (RFC 1035 5.1, RFC 4343): itself, `\.`, or `\DDD`. */
function byteText(byte: number): string {
  if (byte === 0x2e || byte === 0x5c) return `\\${String.fromCharCode(byte)}`
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`
}

/**
 * The name at `at` of a message, without its last dot (the root is `.`), and where what follows it begins. Pointers (RFC 1035 4.1.4) lead
 * only backwards, so that a name cannot go round in a circle. Throws RangeError.
 */
export function readName(bytes: Buffer, at: number): { readonly name: string; readonly next: number } {
  const labels: string[] = []
  let length = 0
  let next: number | undefined
  let from = at
  let position = at
  for (;;) {
    const size = bytes.readUInt8(position)
    if ((size & POINTER) === POINTER) {
      next ??= position + 2
      const to = bytes.readUInt16BE(position) & 0x3fff
      if (to >= from) throw new RangeError('a name that points ahead')
      from = to
      position = to
      continue
    }
    if ((size & POINTER) !== 0) throw new RangeError('an unknown kind of label')
    if (size === 0) break
    length += size + 1
    if (length >= LONGEST_NAME) throw new RangeError('a name that is too long')
    const label = bytes.subarray(position + 1, position + 1 + size)
    if (label.length < size) throw new RangeError('a name that ends behind the message')
    labels.push(Array.from(label, byteText).join(''))
    position += size + 1
  }
  return { name: labels.length === 0 ? '.' : labels.join('.'), next: next ?? position + 1 }
}
