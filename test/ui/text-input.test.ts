import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EDITS, insert, type TextInput, typed } from '../../src/ui/text-input.ts'

const edit = (name: string, input: TextInput) => (EDITS[name] as (one: TextInput) => TextInput)(input)
const at = (text: string, cursor: number): TextInput => ({ text, cursor })

test('text goes in at the cursor, white space as single spaces', () => {
  expect(insert(at('ab', 1), 'x')).toEqual(at('axb', 2))
  expect(insert(typed(''), ' a\n\t b')).toEqual(at(' a b', 4))
})

test('the cursor goes by what people see, not by code units', () => {
  expect(edit('text.left', typed('a🚀'))).toEqual(at('a🚀', 1))
  expect(edit('text.erase', typed('a🚀'))).toEqual(at('a', 1))
  expect(edit('text.delete', at('éa', 0))).toEqual(at('a', 0))
})

test('words and whole lines go at once', () => {
  expect(edit('text.erase.word', typed('user:root  nginx '))).toEqual(at('user:root  ', 11))
  expect(edit('text.erase.all', typed('abc'))).toEqual(at('', 0))
  expect(edit('text.start', typed('abc'))).toEqual(at('abc', 0))
  expect(edit('text.end', at('abc', 0))).toEqual(at('abc', 3))
})

test('nothing that is done to a line puts the cursor outside or makes it longer than 200', () => {
  const action = fc.oneof(fc.constantFrom(...Object.keys(EDITS)), fc.string({ unit: 'grapheme', maxLength: 30 }))
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      let line = typed('')
      for (const one of actions) line = Object.hasOwn(EDITS, one) ? edit(one, line) : insert(line, one)
      expect(line.cursor).toBeGreaterThanOrEqual(0)
      expect(line.cursor).toBeLessThanOrEqual(typed(line.text).cursor)
      expect(typed(line.text).cursor).toBeLessThanOrEqual(200)
    }),
  )
})
