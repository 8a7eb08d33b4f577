import { notPlain, type Places } from './places.ts'
import { plainScalar, quotedScalar } from './scalar.ts'

/** Nobody nests deeper by hand. */
const DEEPEST = 20
const KEY = /[A-Za-z][\w./-]{0,100}/y
const PLAIN = /[^,[\]{}]+/y

/** `{ a: 1, b: [x, y] }` that ends in the line it began in: its value, and the index behind it. `base` is the offset of `text`. */
export function flowCollection(
  text: string,
  start: number,
  base: number,
  places: Places,
): { readonly value: unknown; readonly end: number } {
  let at = start

  function skipSpaces(): void {
    while (text[at] === ' ') at++
  }

  function matched(pattern: RegExp): string {
    pattern.lastIndex = at
    const [found] = pattern.exec(text) ?? notPlain()
    at += found.length
    return found
  }

  function quoted(): string {
    const { value, end } = quotedScalar(text, at)
    at = end
    return value
  }

  function scalar(): unknown {
    if (text[at] === '"' || text[at] === "'") return quoted()
    const plain = matched(PLAIN)
    // A comment would go on to the end of the line, and take what ends the collection with it.
    return plain.includes(' #') ? notPlain() : plainScalar(plain.replace(/ +$/, ''))
  }

  function value(depth: number): unknown {
    if (text[at] === '{') return mapping(depth + 1)
    return text[at] === '[' ? list(depth + 1) : scalar()
  }

  /** Behind an entry: whether another one follows. */
  function goesOn(end: string): boolean {
    skipSpaces()
    const sign = text[at++]
    if (sign === end) return false
    if (sign !== ',') notPlain()
    skipSpaces()
    return true
  }

  function isEmpty(end: string, depth: number): boolean {
    if (depth > DEEPEST) notPlain()
    at++
    skipSpaces()
    if (text[at] !== end) return false
    at++
    return true
  }

  function mapping(depth: number): unknown {
    const pairs: Record<string, unknown> = {}
    const offsets = new Map<string, number>()
    places.set(pairs, offsets)
    if (isEmpty('}', depth)) return pairs
    do {
      const offset = base + at
      const key = text[at] === '"' ? quoted() : matched(KEY)
      if (text[at] !== ':' || text[at + 1] !== ' ' || !isFree(key, text[offset - base] === '"', offsets)) notPlain()
      at++
      skipSpaces()
      offsets.set(key, offset)
      pairs[key] = value(depth)
    } while (goesOn('}'))
    return pairs
  }

  function list(depth: number): unknown {
    const items: unknown[] = []
    const offsets: number[] = []
    places.set(items, offsets)
    if (isEmpty(']', depth)) return items
    do {
      offsets.push(base + at)
      items.push(value(depth))
    } while (goesOn(']'))
    return items
  }

  return { value: value(0), end: at }
}

/** Whether a key is a text that stands here for the first time: words such as `null` are none, and `__proto__` sets no key. */
export function isFree(key: string, quoted: boolean, keys: ReadonlyMap<string, unknown>): boolean {
  return !keys.has(key) && key !== '__proto__' && (quoted || typeof plainScalar(key) === 'string')
}
