import { Cursor } from '../../../lib/decimal.ts'
import type { Bytes } from '../../probe.ts'

/** Lines of `name: number …`, as numbers by name; those without a number are left out. */
export function fieldsOf(bytes: Bytes): Readonly<Record<string, number | undefined>> {
  const fields: Record<string, number> = {}
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    const name = cursor.word()
    const value = cursor.integer()
    if (name.endsWith(':') && !Number.isNaN(value)) fields[name.slice(0, -1)] = value
  }
  return fields
}
