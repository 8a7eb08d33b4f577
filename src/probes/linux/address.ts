const WORD_DIGITS = 8
const GROUPS = 8
/** ::ffff:0:0/96, RFC 4291 2.5.5.2: an IPv4 address in IPv6 clothes. */
const MAPPED = [0, 0, 0, 0, 0, 0xffff]

/**
 * An address of /proc/net/{tcp,udp}[6] (`0100007F` → `127.0.0.1`; 32 digits → IPv6 as RFC 5952 writes it, IPv4-mapped ones as IPv4).
 * Each word of 32 bits stands in the byte order of the machine, which is little-endian on all that Node runs on but s390x.
 * Undefined for what is neither length or not hexadecimal.
 */
export function parseAddress(hex: string): string | undefined {
  if (!/^([0-9A-Fa-f]{8}|[0-9A-Fa-f]{32})$/.test(hex)) return undefined
  const bytes: number[] = []
  for (let word = 0; word < hex.length; word += WORD_DIGITS) {
    for (let at = word + WORD_DIGITS - 2; at >= word; at -= 2) bytes.push(Number.parseInt(hex.slice(at, at + 2), 16))
  }
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: GROUPS }, (_, i) => (bytes[i * 2] as number) * 256 + (bytes[i * 2 + 1] as number))
  if (MAPPED.every((group, index) => groups[index] === group)) return bytes.slice(12).join('.')
  return formatGroups(groups)
}

/** The longest run of two or more zero groups, the first of equals, becomes `::` (RFC 5952 4.2). */
function formatGroups(groups: readonly number[]): string {
  let best = { at: 0, length: 0 }
  for (let at = 0; at < GROUPS; at++) {
    let length = 0
    while (groups[at + length] === 0) length++
    if (length > best.length) best = { at, length }
  }
  const hex = groups.map((group) => group.toString(16))
  if (best.length < 2) return hex.join(':')
  return `${hex.slice(0, best.at).join(':')}::${hex.slice(best.at + best.length).join(':')}`
}
