import { Http2Error } from './error.ts'

/**
 * Bits of the code of each byte, and of the end (EOS) behind them, as digits of base 36 (RFC 7541, appendix B). The code is canonical: in the
 * order of their lengths, and then of the bytes, each code follows from the one before it.
 */
const LENGTHS =
  'dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca' +
  'd67777777777777777777777878djde6f56565666577666567655677777fbeds' +
  'kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn' +
  'qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrqu'
const LONGEST = 30
const SHORTEST = 5
const EOS = 256

/** Of each length: the bytes that have codes so long, in order, and the first of these codes. */
const SYMBOLS: readonly number[][] = Array.from({ length: LONGEST + 1 }, () => [])
const FIRST: number[] = []
for (let symbol = 0; symbol <= EOS; symbol++) SYMBOLS[Number.parseInt(LENGTHS.charAt(symbol), 36)]?.push(symbol)
{
  let next = 0
  for (const symbols of SYMBOLS) {
    FIRST.push(next)
    next = (next + symbols.length) * 2
  }
}

/** What was packed by the code of RFC 7541. Throws Http2Error: the end as a symbol, and padding that is none (section 5.2). */
export function unpack(bytes: Uint8Array): Buffer {
  const text = Buffer.allocUnsafe(Math.floor((bytes.length * 8) / SHORTEST))
  let size = 0
  let code = 0
  let length = 0
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = (code << 1) | ((byte >> bit) & 1)
      length++
      const symbol = SYMBOLS[length]?.[code - (FIRST[length] as number)]
      if (symbol === undefined) continue
      if (symbol === EOS) throw new Http2Error('COMPRESSION_ERROR', 'a packed text that goes on behind its end')
      text[size++] = symbol
      code = 0
      length = 0
    }
  }
  if (length > 7 || code !== (1 << length) - 1) {
    throw new Http2Error('COMPRESSION_ERROR', 'a packed text with the wrong padding')
  }
  return text.subarray(0, size)
}
