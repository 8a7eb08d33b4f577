/** Bytes of a body that are read. */
export const MAX_BODY = 1024 * 1024

/** A body that comes in parts, at most 1 MiB of it. Parts are copied: a million of one byte each would hold a hundred times as much. */
export class Content {
  #buffer: Buffer = Buffer.alloc(0)
  #length = 0
  /** There was more. */
  cut = false

  get length(): number {
    return this.#length
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  add(part: Buffer): void {
    const length = Math.min(MAX_BODY, this.#length + part.length)
    this.cut ||= length < this.#length + part.length
    if (length > this.#buffer.length) {
      const larger = Buffer.alloc(Math.min(MAX_BODY, Math.max(length, 2 * this.#buffer.length)))
      this.#buffer.copy(larger)
      this.#buffer = larger
    }
    part.copy(this.#buffer, this.#length, 0, length - this.#length)
    this.#length = length
  }
}
