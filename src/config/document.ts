import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** 1-based. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A YAML text that was understood. */
export interface ConfigDocument {
  readonly value: unknown
  /** Where something stands: its key in a mapping, itself in a list; the nearest thing around it where there is no such thing. */
  position(path: readonly (string | number)[]): Position
}

/** What is no YAML, and where. */
export interface Unreadable {
  readonly errors: readonly { readonly position: Position; readonly text: string }[]
}

/** Parses YAML 1.2. Keys that stand twice, unknown tags and more than one document are errors. */
export function parseConfig(text: string): ConfigDocument | Unreadable {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, logLevel: 'error' })
  const at = (offset: number): Position => {
    const { line, col } = counter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const wrong = [...document.errors, ...document.warnings]
  if (wrong.length > 0)
    return {
      errors: wrong.map(({ pos, code, message }) => ({
        position: at(pos[0]),
        text: code === 'MULTIPLE_DOCS' ? 'there is more than one document: --- begins another' : sentence(message),
      })),
    }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    // A ReferenceError: an alias of nothing, or aliases that multiply without end.
    if (!(error instanceof ReferenceError)) throw error
    return { errors: [{ position: { line: 1, column: 1 }, text: sentence(error.message) }] }
  }
  return {
    value,
    position: (path) =>
      at(offsetOf(path, document.contents, (node) => (isAlias(node) ? node.resolve(document) : node))),
  }
}

function sentence(message: string): string {
  return `not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`
}

function offsetOf(path: readonly (string | number)[], root: unknown, resolve: (node: Node) => unknown): number {
  let node = root
  let offset = startOf(root) ?? 0
  for (const part of path) {
    const target = isAlias(node) ? resolve(node) : node
    let found: unknown
    if (isMap(target)) {
      const pair = target.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
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
