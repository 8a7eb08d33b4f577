import type { Unreadable } from './document.ts'
import { readPlain } from './plain/reader.ts'
import type { ConfigDocument } from './position.ts'

const BYTE_ORDER_MARK = '\ufeff'

/** Reads YAML. The library that knows all of it is loaded only for what is not plain. */
export async function readDocument(text: string): Promise<ConfigDocument | Unreadable> {
  const bare = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  const plain = readPlain(bare)
  if (plain !== undefined) return plain
  const { parseConfig } = await import('./document.ts')
  return parseConfig(bare)
}
