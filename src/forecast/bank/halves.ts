const word = new Float32Array(1)
const bits = new Uint32Array(word.buffer)
/** Cutting off the lower half rounds towards zero; this, half a unit of the last place kept, makes that the nearest. */
const ROUND = 0x8000

/** A number in 16 bits, exact to 0.4 % (bfloat16: sign, exponent and 7 bits of a 32-bit float). */
export function toHalf(value: number): number {
  word[0] = value
  return ((bits[0]! + ROUND) >>> 16) & 0xffff
}

export function fromHalf(half: number): number {
  bits[0] = half << 16
  return word[0]!
}
