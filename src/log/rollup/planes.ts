const BYTES = 4

/**
 * Numbers as bytes, first the lowest byte of each, then the next, and so on: signs, exponents and high bits of neighbours are alike, and
 * side by side they deflate to half of what they would take one number after the other. Little-endian on every machine.
 */
export function toPlanes(values: Float32Array): Buffer {
  const { length } = values
  const bits = new Uint32Array(values.buffer, values.byteOffset, length)
  const planes = Buffer.allocUnsafe(BYTES * length)
  for (let index = 0; index < length; index++) {
    const word = bits[index] as number
    planes[index] = word
    planes[length + index] = word >>> 8
    planes[2 * length + index] = word >>> 16
    planes[3 * length + index] = word >>> 24
  }
  return planes
}

/** What `toPlanes` was given. */
export function fromPlanes(planes: Uint8Array): Float32Array {
  const length = Math.floor(planes.length / BYTES)
  const values = new Float32Array(length)
  const bits = new Uint32Array(values.buffer)
  for (let index = 0; index < length; index++) {
    bits[index] =
      (planes[index] as number) |
      ((planes[length + index] as number) << 8) |
      ((planes[2 * length + index] as number) << 16) |
      ((planes[3 * length + index] as number) << 24)
  }
  return values
}
