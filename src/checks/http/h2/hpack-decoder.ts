import { Http2Error, overlong } from './error.ts'
import type { Field } from './field.ts'
import { unpack } from './huffman.ts'
import { STATIC_TABLE } from './static-table.ts'

/** Bytes of the dynamic table that a peer may use: what it is unless we say otherwise (RFC 9113, section 6.5.2). */
const TABLE_SIZE = 4096
/** A field counts as 32 bytes more than its name and value, in the table and in a list (RFC 7541, section 4.1). */
const OVERHEAD = 32
/** No number of a header is larger. */
const MAX_NUMBER = 2 ** 24

/** Decodes one header block after the other, as the peer encoded them. Throws Http2Error; then nothing more can be decoded. */
export type HpackDecoder = (block: Buffer) => readonly Field[]

/** A decoder with an empty dynamic table (RFC 7541). A list longer than `maxList` bytes is an error. */
export function hpackDecoder(maxList: number, maxTable = TABLE_SIZE): HpackDecoder {
  const table = dynamicTable(maxTable)
  return (block) => {
    const input = reader(block)
    const fields: Field[] = []
    let size = 0
    const add = (field: Field) => {
      size += sizeOf(field)
      if (size > maxList) throw overlong()
      fields.push(field)
    }
    const literal = (nameBits: number): Field => {
      const index = input.number(nameBits)
      const name = index === 0 ? input.text() : table.at(index)[0]
      return [name, input.text()]
    }
    while (!input.atEnd()) {
      const first = input.peek()
      if (first >= 0x80) add(table.at(input.number(7)))
      else if (first >= 0x40) {
        const field = literal(6)
        add(field)
        table.insert(field)
      } else if (first >= 0x20) {
        if (fields.length > 0) throw broken('a table that changes its size within a header')
        table.resize(input.number(5))
      } else add(literal(4))
    }
    return fields
  }
}

function broken(what: string): Http2Error {
  return new Http2Error('COMPRESSION_ERROR', what)
}

function sizeOf([name, value]: Field): number {
  return name.length + value.length + OVERHEAD
}

/** The fields that the peer had entered, the latest first, and the static ones ahead of them (RFC 7541, sections 2.3 and 4). */
function dynamicTable(maxSize: number) {
  const fields: Field[] = []
  let size = 0
  let limit = maxSize
  const shrinkTo = (most: number) => {
    while (size > most) size -= sizeOf(fields.pop() as Field)
  }
  return {
    at(index: number): Field {
      const field = STATIC_TABLE[index - 1] ?? fields[index - 1 - STATIC_TABLE.length]
      if (field === undefined) throw broken('a header field that is in no table')
      return field
    },
    insert(field: Field): void {
      const needed = sizeOf(field)
      shrinkTo(limit - Math.min(limit, needed))
      // One that is larger than the table empties it, and that is all.
      if (needed > limit) return
      fields.unshift(field)
      size += needed
    },
    resize(to: number): void {
      if (to > maxSize) throw broken('a table larger than it may be')
      limit = to
      shrinkTo(limit)
    },
  }
}

/** Reads the primitive types (RFC 7541, section 5). */
function reader(block: Buffer) {
  let at = 0
  const next = (): number => {
    const byte = block[at++]
    if (byte === undefined) throw broken('a header that breaks off')
    return byte
  }
  /** A number that begins in the lowest bits of a byte. */
  const number = (bits: number): number => {
    const most = 2 ** bits - 1
    let value = next() & most
    if (value < most) return value
    for (let shift = 1; ; shift *= 128) {
      const byte = next()
      value += (byte & 0x7f) * shift
      if (value > MAX_NUMBER || shift > MAX_NUMBER) throw broken('a number that is too large')
      if (byte < 0x80) return value
    }
  }
  return {
    atEnd: () => at >= block.length,
    peek: () => block[at] as number,
    number,
    text(): string {
      const packed = at < block.length && (block[at] as number) >= 0x80
      const length = number(7)
      if (length > block.length - at) throw broken('a header that breaks off')
      const bytes = block.subarray(at, at + length)
      at += length
      return (packed ? unpack(bytes) : bytes).toString('latin1')
    },
  }
}
