import { expect, test } from 'vitest'
import { parseSize } from '../../src/lib/size.ts'

test.each([
  ['0', 0],
  ['4096', 4096],
  ['10B', 10],
  ['1KiB', 1024],
  ['1MiB', 1_048_576],
  ['1.5G', 1.5 * 1024 ** 3],
  ['2k', 2048],
  ['1kB', 1000],
  ['1 MB', 1_000_000],
  ['3tib', 3 * 1024 ** 4],
  ['1PB', 1e15],
])('%s is %d bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes)
})

test.each(['', 'G', '1.G', '-1', '1e3', '1GiBs', '1iB', '1 K i B', '0x10'])('`%s` is no size', (text) => {
  expect(parseSize(text)).toBeUndefined()
})
