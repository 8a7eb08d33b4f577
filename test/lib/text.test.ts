import { expect, test } from 'vitest'
import { graphemes, isSimple } from '../../src/lib/text.ts'

test('what is taken for one column without looking is one column when looked at', () => {
  for (let code = 0; code <= 0xffff; code++) {
    const text = String.fromCharCode(code)
    if (isSimple(text)) expect(graphemes(text), code.toString(16)).toEqual([{ text, width: 1 }])
  }
  expect(isSimple('┌─ 5 °C · ⣿▇ →')).toBe(true)
  for (const other of ['漢', 'e\u0301', '😀', '\x1b']) expect(isSimple(other)).toBe(false)
})
