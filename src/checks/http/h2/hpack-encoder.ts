import type { Field } from './field.ts'
import { STATIC_TABLE } from './static-table.ts'

/** First bits of a field, and how many bits of its first byte are left for the index (RFC 7541, section 6). */
const INDEXED = [0x80, 7] as const
const LITERAL = [0x00, 4] as const
const NEVER_INDEXED = [0x10, 4] as const

/**
 * A header block that no dynamic table is needed for: what the static one has by its index, all else in plain text. What `isSecret` says is
 * marked so that nobody on the way keeps it in a table (section 7.1.3).
 */
export function encodeFields(fields: readonly Field[], isSecret: (name: string) => boolean): Buffer {
  return Buffer.concat(
    fields.flatMap(([name, value]) => {
      const whole = STATIC_TABLE.findIndex((field) => field[0] === name && field[1] === value && value !== '') + 1
      if (whole > 0) return [number(INDEXED, whole)]
      const index = STATIC_TABLE.findIndex((field) => field[0] === name) + 1
      const begin = number(isSecret(name) ? NEVER_INDEXED : LITERAL, index)
      return index > 0 ? [begin, text(value)] : [begin, text(name), text(value)]
    }),
  )
}

function number([first, bits]: readonly [first: number, bits: number], value: number): Buffer {
  const most = 2 ** bits - 1
  if (value < most) return Buffer.of(first | value)
  const bytes = [first | most]
  let rest = value - most
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(128 + (rest % 128))
  return Buffer.from([...bytes, rest])
}

function text(value: string): Buffer {
  return Buffer.concat([number([0, 7], value.length), Buffer.from(value, 'latin1')])
}
