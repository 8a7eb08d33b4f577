import { expect, test } from 'vitest'
import { parseSize, sizeText } from '../../src/lib/size.ts'

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

test.each([
  [0, '0'],
  [4097, '4097'],
  [1024, '1KiB'],
  [1536, '1536'],
  [500 * 1024 ** 2, '500MiB'],
  [40e6, '40MB'],
  [2000, '2kB'],
  [1024 ** 4, '1TiB'],
  [0.5, '0.5'],
])('%d bytes are written %s, which reads as so many', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
  expect(parseSize(text)).toBe(bytes)
})
