/** NUL, tab to carriage return, space. */
function isPadding(code: number): boolean {
  return code === 0 || code === 32 || (code >= 9 && code <= 13)
}

/**
 * Text without the NULs and white space at its end. By hand: a regular expression that ends in `+$` begins anew at each of them, and takes
 * ten seconds for a program that was given a hundred thousand empty arguments and one more.
 */
export function withoutPadding(text: string): string {
  let end = text.length
  while (end > 0 && isPadding(text.charCodeAt(end - 1))) end--
  return text.slice(0, end)
}
