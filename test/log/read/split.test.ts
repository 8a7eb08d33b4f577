import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LONGEST_LINE } from '../../../src/log/decode.ts'
import { createSplitter } from '../../../src/log/read/split.ts'

/** The lines and the rest of a text that comes in pieces. */
function split(pieces: readonly Buffer[], offset = 0) {
  const splitter = createSplitter(offset)
  const read = pieces.flatMap((piece) =>
    splitter.push(piece).map((line) => ({ text: `${line.bytes}`, at: line.offset })),
  )
  const rest = splitter.rest()
  return { read, rest: rest && { text: `${rest.bytes}`, at: rest.offset }, tooLong: splitter.tooLong }
}

test('lines are the same however the bytes are cut, and are told where they begin', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\n', ''))),
      fc.boolean(),
      fc.array(fc.nat(40)),
      (lines, ended, cuts) => {
        const bytes = Buffer.from(lines.join('\n') + (ended ? '\n' : ''))
        const pieces: Buffer[] = []
        let from = 0
        for (const cut of cuts) {
          pieces.push(bytes.subarray(from, from + cut))
          from = Math.min(bytes.length, from + cut)
        }
        const { read, rest } = split([...pieces, bytes.subarray(from)], 7)
        const found = rest === undefined ? read : [...read, rest]
        expect(found.map(({ text }) => text)).toEqual(lines.filter((line) => line !== ''))
        for (const { text, at } of found)
          expect(`${bytes.subarray(at - 7, at - 7 + Buffer.byteLength(text))}`).toBe(text)
        expect(rest === undefined).toBe(bytes.length === 0 || bytes.at(-1) === 10)
      },
    ),
  )
})

test('what has no end is held no longer than a line can be, and counts once', () => {
  const zeros = Buffer.alloc(LONGEST_LINE)
  const { read, rest, tooLong } = split([...Array(20).fill(zeros), Buffer.from('\nnext\n')])
  expect([read, rest, tooLong]).toEqual([[{ text: 'next', at: 20 * LONGEST_LINE + 1 }], undefined, 1])
  expect(split([Buffer.concat([...Array(4).fill(zeros), Buffer.from('\nnext\n')])]).tooLong).toBe(1)
})

test('the longest line that is read back passes, whatever its letters take', () => {
  const line = '€'.repeat(LONGEST_LINE)
  expect(split([Buffer.from(`${line}\n`)])).toMatchObject({ read: [{ at: 0 }], tooLong: 0 })
})
