/** How exact a ring is: `f64` keeps bytes of terabytes exact, `f32` (7 digits) is enough for what is only drawn. */
export type Precision = 'f32' | 'f64'

const FIRST_ALLOCATION = 64

/**
 * An append-only ring of numbers addressed by absolute index: the first value has index `first`, and an index keeps meaning the
 * same value until it is dropped. Memory doubles as values arrive, up to `capacity`, so a ring that is never filled stays small.
 */
export class Ring {
  readonly capacity: number
  /** Absolute index of the first value ever appended. */
  readonly first: number
  #data: Float32Array | Float64Array
  #end: number

  constructor(capacity: number, first = 0, precision: Precision = 'f64') {
    if (!(Number.isInteger(capacity) && capacity > 0)) throw new RangeError(`ring capacity: ${capacity}`)
    this.capacity = capacity
    this.first = first
    this.#end = first
    const length = Math.min(FIRST_ALLOCATION, capacity)
    this.#data = precision === 'f64' ? new Float64Array(length) : new Float32Array(length)
  }

  /** A ring that holds values already, those at the front first, and takes their array over. There are no more of them than its capacity. */
  static of(values: Float32Array | Float64Array, capacity: number, first: number): Ring {
    if (values.length === 0 || values.length > capacity) throw new RangeError(`ring of ${values.length} in ${capacity}`)
    const ring = new Ring(capacity, first)
    ring.#data = values
    ring.#end = first + values.length
    return ring
  }

  /** Absolute index that the next value will have. */
  get end(): number {
    return this.#end
  }

  /** Absolute index of the oldest value still kept; equals `end` while empty. */
  get start(): number {
    return Math.max(this.first, this.#end - this.capacity)
  }

  append(value: number): void {
    const offset = this.#end - this.first
    if (offset === this.#data.length && offset < this.capacity) this.#grow()
    this.#data[offset % this.#data.length] = value
    this.#end++
  }

  /** The value at an absolute index; NaN when it was dropped, lies in the future or before the ring. */
  at(index: number): number {
    if (index >= this.#end || index < this.start) return Number.NaN
    return this.#data[(index - this.first) % this.#data.length] as number
  }

  /** Nothing has wrapped yet when it grows, so positions stay as they are. */
  #grow(): void {
    const length = Math.min(this.#data.length * 2, this.capacity)
    const larger = this.#data instanceof Float64Array ? new Float64Array(length) : new Float32Array(length)
    larger.set(this.#data)
    this.#data = larger
  }
}
