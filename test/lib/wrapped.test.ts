import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textWidth } from '../../src/lib/text.ts'
import { wrapped } from '../../src/lib/wrapped.ts'

test('text is cut at spaces', () => {
  expect(wrapped('expected json status = UP, got DOWN', 14)).toEqual(['expected json', 'status = UP,', 'got DOWN'])
  expect(wrapped('short', 14)).toEqual(['short'])
  expect(wrapped('', 14)).toEqual([''])
})

test('a word that is longer than a row is cut where the row ends, wide characters whole', () => {
  expect(wrapped('a 0123456789', 4)).toEqual(['a', '0123', '4567', '89'])
  expect(wrapped('日本語', 5)).toEqual(['日本', '語'])
})

test('no row is wider than there is room, and no character is lost', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z日 ]{0,80}$/), fc.integer({ min: 2, max: 30 }), (text, columns) => {
      const rows = wrapped(text, columns)
      for (const row of rows) expect(textWidth(row)).toBeLessThanOrEqual(columns)
      expect(rows.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    }),
  )
})
