const BITS_A_DIGIT = 4
/** Math.random has 52 bits; so many of them are used at once. */
const DIGITS_AT_ONCE = 8

/**
 * So many hexadecimal digits that nobody else has, for names: processes begin with other random numbers each. No secret: whoever sees some of
 * them can guess the next. (node:crypto would take 5 ms of a start.)
 */
export function uniqueDigits(count: number): string {
  let digits = ''
  while (digits.length < count) {
    const drawn = Math.floor(Math.random() * 2 ** (BITS_A_DIGIT * DIGITS_AT_ONCE))
    digits += drawn.toString(16).padStart(DIGITS_AT_ONCE, '0')
  }
  return digits.slice(0, count)
}
