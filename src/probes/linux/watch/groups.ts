import { safeText } from '../../../lib/text.ts'
import { decode } from '../../decode.ts'
import type { Bytes } from '../../probe.ts'

const MAX_NAME = 64

/** Names of groups by id; the first of several names of an id counts. Source: group(5). */
export function parseGroups(bytes: Bytes): Map<number, string> {
  const names = new Map<number, string>()
  for (const line of decode(bytes).split('\n')) {
    const [name = '', , id = ''] = line.split(':')
    if (/^\d+$/.test(id) && name !== '' && !names.has(Number(id))) names.set(Number(id), safeText(name, MAX_NAME))
  }
  return names
}
