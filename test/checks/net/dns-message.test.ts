import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeAnswer, encodeQuestion, NameError, questionName } from '../../../src/checks/net/dns-message.ts'
import { readName } from '../../../src/checks/net/dns-name.ts'

test.each([
  ['192.0.2.7', '7.2.0.192.in-addr.arpa'],
  ['2001:db8::567:89ab', 'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'],
  ['::1', `1.${'0.'.repeat(31)}ip6.arpa`],
  ['::ffff:192.0.2.7', `7.0.2.0.0.0.0.c.f.f.f.f.${'0.'.repeat(20)}ip6.arpa`],
  ['shop.example', 'shop.example'],
])('the name under which %s is looked up', (address, name) => {
  expect(questionName(address, 'PTR')).toBe(name)
})

test('names are asked for in ASCII, without the last dot', () => {
  expect(questionName('Shop.Example.', 'A')).toBe('Shop.Example')
  expect(questionName('bücher.example', 'A')).toBe('xn--bcher-kva.example')
  expect(questionName('.', 'NS')).toBe('')
  expect(questionName('_sip._tcp.shop.example', 'SRV')).toBe('_sip._tcp.shop.example')
})

test.each(['a..b', '.a', 'x'.repeat(64), `${'abcdefgh.'.repeat(30)}x`])('%s is no name', (name) => {
  expect(() => questionName(name, 'A')).toThrow(NameError)
})

test('a question as it goes over the wire', () => {
  const bytes = '0102 0100 0001 0000 0000 0000 01 61 07 6578616d706c65 00 000f 0001'.replaceAll(' ', '')
  expect(encodeQuestion(0x0102, 'a.example', 'MX').toString('hex')).toBe(bytes)
})

test('odd characters of a name are told as zone files do', () => {
  const name = Buffer.from([4, 0x2e, 0x5c, 0x1b, 0x61, 0])
  expect(readName(name, 0)).toEqual({ name: '\\.\\\\\\027a', next: 6 })
})

test('whatever comes is an answer, another answer, or no DNS message', () => {
  const question = encodeQuestion(7, 'a.example', 'MX')
  const tail = fc.uint8Array({ maxLength: 200 })
  const counts = fc.tuple(fc.nat(3), fc.nat(70_000))
  fc.assert(
    fc.property(tail, counts, fc.boolean(), (noise, [questions, answers], whole) => {
      const bytes = Buffer.concat([question, noise])
      bytes.writeUInt16BE(0x8180, 2)
      bytes.writeUInt16BE(questions, 4)
      bytes.writeUInt16BE(answers & 0xffff, 6)
      try {
        const found = decodeAnswer(whole ? bytes : Buffer.from(noise), question)
        for (const text of found?.answers ?? []) expect(text).not.toMatch(/\p{Cc}/u)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
    { numRuns: 2000 },
  )
})

test('a chain of pointers ends', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.nat(99), (noise, at) => {
      const bytes = Buffer.from(noise.map((byte) => (byte % 3 === 0 ? 0xc0 : byte % 100)))
      try {
        expect(readName(bytes, at).name.length).toBeLessThan(1100)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
    { numRuns: 2000 },
  )
})
