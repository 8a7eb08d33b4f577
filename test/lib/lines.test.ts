import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { linesOf } from '../../src/lib/lines.ts'

async function lines(...chunks: readonly (string | Uint8Array)[]): Promise<string[]> {
  const source = Readable.from(chunks.map((chunk) => Buffer.from(chunk)))
  const found: string[] = []
  for await (const line of linesOf(source)) found.push(line)
  return found
}

test('lines come whole, however their bytes come', async () => {
  expect(await lines('a\nb', 'c\r\n', '\n', 'd')).toEqual(['a', 'bc', '', 'd'])
  const bytes = Buffer.from('grün\nzwölf\n')
  expect(await lines(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(['grün', 'zwölf'])
})

test('what separates lines elsewhere stays in its line, and no line is no line', async () => {
  expect(await lines('{"id":"a\u2028b"}\n')).toEqual(['{"id":"a\u2028b"}'])
  expect(await lines()).toEqual([])
  expect(await lines('\n')).toEqual([''])
})

test('how much was read is told, and what the source throws is thrown', async () => {
  const told: number[] = []
  for await (const _ of linesOf(Readable.from([Buffer.from('ab\n'), Buffer.from('c')]), (bytes) => told.push(bytes)));
  expect(told).toEqual([3, 1])
  const broken = new Readable({
    read() {
      this.destroy(new Error('gone'))
    },
  })
  await expect(async () => {
    for await (const _ of linesOf(broken));
  }).rejects.toThrow('gone')
})
