/** Name and value of a header field; each character is a byte. */
export type Field = readonly [name: string, value: string]

/** Fields about a connection, which HTTP/2 has no use for (RFC 9113, section 8.2.2). */
export const OF_CONNECTION = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'])

/** A value without the spaces and tabs around it. No pattern: those take for ever on many spaces in the middle. */
export function trimmed(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isBlank(value.charCodeAt(start))) start++
  while (end > start && isBlank(value.charCodeAt(end - 1))) end--
  return value.slice(start, end)
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}
