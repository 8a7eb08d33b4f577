/** Takes UTF-8 apart byte by byte. What is no UTF-8 (stray or missing continuation, overlong, surrogate, too large) is dropped. */
export class Utf8 {
  private point = 0
  private missing = 0
  private least = 0

  /** In the middle of a character. */
  get pending(): boolean {
    return this.missing > 0
  }

  reset(): void {
    this.missing = 0
  }

  /** Starts a character; false when `byte` cannot start one of several bytes. */
  lead(byte: number): boolean {
    this.missing = 0
    if (byte >= 0xc2 && byte <= 0xdf) this.start(byte & 0x1f, 1, 0x80)
    else if (byte >= 0xe0 && byte <= 0xef) this.start(byte & 0x0f, 2, 0x800)
    else if (byte >= 0xf0 && byte <= 0xf4) this.start(byte & 0x07, 3, 0x10000)
    return this.missing > 0
  }

  /** Takes a continuation byte (0x80 to 0xbf) while pending; the character when it was its last. */
  next(byte: number): string | undefined {
    this.point = (this.point << 6) | (byte & 0x3f)
    this.missing -= 1
    if (this.missing > 0) return undefined
    if (this.point < this.least || this.point > 0x10ffff || (this.point >= 0xd800 && this.point < 0xe000))
      return undefined
    return String.fromCodePoint(this.point)
  }

  private start(bits: number, missing: number, least: number): void {
    this.point = bits
    this.missing = missing
    this.least = least
  }
}
