const TAB = 9
const NEWLINE = 10
const SPACE = 32
const MINUS = 45
const DOT = 46
const ZERO = 48
const NINE = 57

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB
}

/**
 * Reads ASCII numbers and words from bytes, front to back, without making strings. Words are separated by spaces and tabs; a
 * newline ends a line and is never passed by anything but `skipLine`. Reading past the end gives NaN, empty words, nothing else.
 */
export class Cursor {
  /** Index of the next byte. */
  at: number
  private readonly bytes: Uint8Array
  private readonly end: number

  /** `end` is where the bytes stop to count (the buffer may be longer than what was read into it). */
  constructor(bytes: Uint8Array, at = 0, end: number = bytes.length) {
    this.bytes = bytes
    this.at = at
    this.end = Math.min(end, bytes.length)
  }

  /** Nothing is left. */
  get done(): boolean {
    return this.at >= this.end
  }

  /** At a newline or at the end. */
  get lineDone(): boolean {
    return this.done || this.bytes[this.at] === NEWLINE
  }

  /** Passes spaces and tabs. */
  skipSpaces(): void {
    while (this.at < this.end && isSpace(this.bytes[this.at])) this.at++
  }

  /** Passes spaces and then one word, whatever it is. */
  skipWord(): void {
    this.skipSpaces()
    while (this.at < this.end) {
      const byte = this.bytes[this.at]
      if (isSpace(byte) || byte === NEWLINE) return
      this.at++
    }
  }

  /** Passes `count` words of this line. */
  skipWords(count: number): void {
    for (let index = 0; index < count; index++) this.skipWord()
  }

  /** Goes to the beginning of the next line, or to the end. */
  skipLine(): void {
    const newline = this.bytes.indexOf(NEWLINE, this.at)
    this.at = newline < 0 || newline >= this.end ? this.end : newline + 1
  }

  /** Passes spaces and reads a whole number, with a minus if there is one. NaN, and nothing read but the spaces, if there is none. */
  integer(): number {
    this.skipSpaces()
    const { bytes, end } = this
    let at = this.at
    const negative = bytes[at] === MINUS
    if (negative) at++
    const first = at
    let value = 0
    while (at < end) {
      const digit = (bytes[at] as number) - ZERO
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
      at++
    }
    if (at === first || value === Number.POSITIVE_INFINITY) return Number.NaN
    this.at = at
    return negative ? -value : value
  }

  /** As `integer`, with a fraction if there is one (`0.42`). No exponents. */
  decimal(): number {
    const start = this.at
    const whole = this.integer()
    if (Number.isNaN(whole) || this.bytes[this.at] !== DOT || this.at >= this.end) return whole
    this.at++
    const first = this.at
    let digits = 0
    while (this.at < this.end) {
      const byte = this.bytes[this.at] as number
      if (byte < ZERO || byte > NINE) break
      digits = digits * 10 + (byte - ZERO)
      this.at++
    }
    const scale = 10 ** (this.at - first)
    // One division of whole numbers gives the nearest number there is; a sum would make 1.8900000000000001 of 1.89.
    const size = (Math.abs(whole) * scale + digits) / scale
    return this.isNegative(start) ? -size : size
  }

  /** Passes spaces and gives the next word of this line, as Latin-1 text; empty at its end. Text for people must be decoded from `wordBytes`. */
  word(): string {
    const bytes = this.wordBytes()
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return text
  }

  /** As `word`, as a view of the bytes. */
  wordBytes(): Uint8Array {
    this.skipSpaces()
    const first = this.at
    this.skipWord()
    return this.bytes.subarray(first, this.at)
  }

  /** Passes spaces and, if the ASCII `text` stands here, passes it too. Says whether it did. */
  take(text: string): boolean {
    this.skipSpaces()
    if (this.at + text.length > this.end) return false
    for (let index = 0; index < text.length; index++) {
      if (this.bytes[this.at + index] !== text.charCodeAt(index)) return false
    }
    this.at += text.length
    return true
  }

  private isNegative(at: number): boolean {
    let index = at
    while (isSpace(this.bytes[index])) index++
    return this.bytes[index] === MINUS
  }
}

/** The whole number that begins at `at`; NaN if there is none. */
export function readInteger(bytes: Uint8Array, at = 0): number {
  return new Cursor(bytes, at).integer()
}

/** The decimal number that begins at `at`; NaN if there is none. */
export function readDecimal(bytes: Uint8Array, at = 0): number {
  return new Cursor(bytes, at).decimal()
}
