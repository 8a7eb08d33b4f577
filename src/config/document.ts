import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import type { ConfigDocument, Path, Position } from './position.ts'

/** What is no YAML, and where. */
export interface Unreadable {
  readonly errors: readonly { readonly position: Position; readonly text: string }[]
}

/** Nobody nests deeper. */
const DEEPEST = 200
const TOO_DEEP = `it is nested more than ${DEEPEST} times`
const LEADING = new RegExp(`^ {${2 * DEEPEST},}|(?:[-?] +){${DEEPEST},}`, 'm')

/**
 * Whether a text may be nested so deeply that the parser, which recurses, would run out of stack: Node does not always survive that (V8 that
 * compiles a regular expression then ends the process).
 */
function isDeep(text: string): boolean {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const sign = text[index]
    if (sign === '[' || sign === '{') depth++
    else if ((sign === ']' || sign === '}') && depth > 0) depth--
    if (depth > DEEPEST) return true
  }
  return LEADING.test(text)
}

/** Parses YAML 1.2 with the merge key of 1.1. Keys that stand twice, unknown tags and more than one document are errors. */
export function parseConfig(text: string): ConfigDocument | Unreadable {
  const counter = new LineCounter()
  const at = (offset: number): Position => {
    const { line, col } = counter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const unreadable = (reason: string): Unreadable => ({
    errors: [{ position: { line: 1, column: 1 }, text: sentence(reason) }],
  })
  if (isDeep(text)) return unreadable(TOO_DEEP)
  try {
    const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, logLevel: 'error', merge: true })
    const wrong = [...document.errors, ...document.warnings]
    if (wrong.length > 0)
      return {
        errors: wrong.map(({ pos, code, message }) => ({
          position: at(pos[0]),
          text: code === 'MULTIPLE_DOCS' ? 'there is more than one document: --- begins another' : sentence(message),
        })),
      }
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    const entries = entryIndex()
    const resolve = (node: unknown) => (isAlias(node) ? node.resolve(document) : node)
    return { value, position: (path) => at(offsetOf(path, document.contents, resolve, entries)) }
  } catch (error) {
    // An alias of nothing, aliases that multiply without end, a merge of what is no mapping.
    if (error instanceof ReferenceError || (error instanceof Error && error.message.startsWith('Merge sources')))
      return unreadable(error.message)
    throw error
  }
}

function sentence(message: string): string {
  return `not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`
}

type Resolve = (node: unknown) => unknown
type Entries = (map: { readonly items: readonly unknown[] }, resolve: Resolve) => ReadonlyMap<string, Pair>

/** The pairs of mappings by key, those that are merged in included; each mapping is looked through once. */
function entryIndex(): Entries {
  const known = new Map<unknown, ReadonlyMap<string, Pair>>()
  const entriesOf: Entries = (map, resolve) => {
    const before = known.get(map)
    if (before !== undefined) return before
    const entries = new Map<string, Pair>()
    known.set(map, entries)
    for (const pair of map.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue
      if (pair.key.value === '<<' || typeof pair.key.value === 'symbol') {
        const value = resolve(pair.value)
        const sources = isSeq(value) ? value.items.map(resolve) : [value]
        for (const source of sources)
          if (isMap(source))
            for (const [key, its] of entriesOf(source, resolve)) if (!entries.has(key)) entries.set(key, its)
      }
    }
    for (const pair of map.items) if (isPair(pair) && isScalar(pair.key)) entries.set(String(pair.key.value), pair)
    return entries
  }
  return entriesOf
}

function offsetOf(path: Path, root: unknown, resolve: Resolve, entriesOf: Entries): number {
  let node = root
  let offset = startOf(root) ?? 0
  for (const part of path) {
    const target = resolve(node)
    let found: unknown
    if (isMap(target)) {
      const pair = entriesOf(target, resolve).get(String(part))
      offset = startOf(pair?.key) ?? offset
      found = pair?.value
    } else if (isSeq(target) && typeof part === 'number') {
      found = target.items[part]
      offset = startOf(found) ?? offset
    }
    if (found === undefined) break
    node = found
  }
  return offset
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0]
}
