import { type ConfigDocument, type Path, positionsIn } from '../position.ts'
import { flowCollection, isFree } from './flow.ts'
import { NotPlain, notPlain, type Places } from './places.ts'
import { plainScalar, quotedScalar } from './scalar.ts'

/** Tabs, other controls, a byte order mark: what they mean depends on where they stand. */
const UNUSUAL = /[^\n\r\x20-\x7e\xa0-\ufefe\uff00-\uffff]|\r(?!\n)/
const DEEPEST = 100
/** A key of a block mapping, and the spaces up to its value. */
const KEY = /^(?:([A-Za-z][\w./-]{0,100})|"([^"\\]{0,100})"):(?: +|$)/
const NOTHING_BEHIND = /^(?: *| +#.*)$/

/**
 * Reads a configuration as nearly everybody writes it: mappings and lists by indentation, flow collections and scalars within one line,
 * comments. A tenth of the time that all of YAML takes, which a thousand checks would wait for. Undefined for anything else, mistakes
 * included: then the library has to look. Where it gives a value, that is the library's own.
 */
export function readPlain(text: string): ConfigDocument | undefined {
  if (UNUSUAL.test(text)) return undefined
  try {
    return document(text)
  } catch (error) {
    if (error instanceof NotPlain) return undefined
    throw error
  }
}

interface Line {
  /** Of its first character that is no space. */
  offset: number
  indent: number
  /** Without indentation. */
  content: string
}

/** The lines that say something. */
function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    const next = end < 0 ? text.length : end + 1
    let stop = end < 0 ? text.length : end
    if (text[stop - 1] === '\r') stop--
    let first = start
    while (first < stop && text[first] === ' ') first++
    if (first < stop && text[first] !== '#')
      lines.push({ offset: first, indent: first - start, content: text.slice(first, stop) })
    start = next
  }
  return lines
}

function document(text: string): ConfigDocument {
  const places: Places = new Map()
  const lines = linesOf(text)
  const [first] = lines
  if (first?.indent !== 0 || isItem(first.content)) notPlain()
  const value = blockReader(lines, places)
  let at: ReturnType<typeof positionsIn> | undefined
  return {
    value,
    position(path) {
      at ??= positionsIn(text)
      return at(offsetOf(path, value, (first as Line).offset, places))
    },
  }
}

function offsetOf(path: Path, root: unknown, start: number, places: Places): number {
  let node = root
  let offset = start
  for (const part of path) {
    const known = places.get(node as object)
    const found =
      known instanceof Map ? known.get(String(part)) : (known as readonly number[] | undefined)?.[part as number]
    if (found === undefined) break
    offset = found
    node = (node as Readonly<Record<string | number, unknown>>)[part]
  }
  return offset
}

const isItem = (content: string) => content === '-' || content.startsWith('- ')

/** Everything the lines say. Throws NotPlain. */
function blockReader(lines: readonly Line[], places: Places): unknown {
  let at = 0
  let depth = 0

  function block(): unknown {
    if (++depth > DEEPEST) notPlain()
    const line = lines[at] as Line
    const value = isItem(line.content) ? list(line.indent) : mapping(line.indent)
    depth--
    return value
  }

  /** No line may go on what is complete. */
  function ends(indent: number): void {
    if ((lines[at]?.indent ?? 0) > indent) notPlain()
  }

  function mapping(indent: number): unknown {
    const pairs: Record<string, unknown> = {}
    const offsets = new Map<string, number>()
    places.set(pairs, offsets)
    for (let line = lines[at]; line?.indent === indent; line = lines[at]) {
      const found = KEY.exec(line.content) ?? notPlain()
      const key = found[1] ?? found[2] ?? ''
      if (!isFree(key, found[2] !== undefined, offsets)) notPlain()
      offsets.set(key, line.offset)
      at++
      const start = found[0].length
      pairs[key] = isNothing(line.content, start) ? below(indent) : inLine(line, start)
      ends(indent)
    }
    return pairs
  }

  /** What stands below a key: something further in, or a list that is not. */
  function below(indent: number): unknown {
    const line = lines[at]
    if (line === undefined || line.indent < indent) return null
    if (line.indent > indent) return block()
    return isItem(line.content) ? block() : null
  }

  function list(indent: number): unknown {
    const items: unknown[] = []
    const offsets: number[] = []
    places.set(items, offsets)
    for (let line = lines[at]; line?.indent === indent && isItem(line.content); line = lines[at]) {
      let start = 1
      while (line.content[start] === ' ') start++
      if (isNothing(line.content, start)) {
        at++
        const next = lines[at]
        if (next === undefined || next.indent <= indent) notPlain()
        offsets.push((next as Line).offset)
        items.push(block())
      } else {
        offsets.push(line.offset + start)
        items.push(item(line, start))
      }
      ends(indent)
    }
    return items
  }

  /** What stands behind `- `: a mapping whose other keys stand below its first, or a value. */
  function item(line: Line, start: number): unknown {
    const rest = line.content.slice(start)
    if (isItem(rest)) notPlain()
    if (!KEY.test(rest)) {
      at++
      return inLine(line, start)
    }
    line.content = rest
    line.offset += start
    line.indent += start
    return block()
  }

  function inLine({ content, offset }: Line, start: number): unknown {
    const sign = content[start]
    if (sign === '"' || sign === "'") return endingThere(content, quotedScalar(content, start))
    if (sign === '[' || sign === '{') return endingThere(content, flowCollection(content, start, offset, places))
    const comment = content.indexOf(' #', start)
    return plainScalar(content.slice(start, comment < 0 ? content.length : comment).replace(/ +$/, ''))
  }

  const value = block()
  if (at < lines.length) notPlain()
  return value
}

const isNothing = (content: string, start: number) => start >= content.length || content[start] === '#'

function endingThere<T>(content: string, { value, end }: { readonly value: T; readonly end: number }): T {
  return NOTHING_BEHIND.test(content.slice(end)) ? value : notPlain()
}
