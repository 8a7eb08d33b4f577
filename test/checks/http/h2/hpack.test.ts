import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Http2Error } from '../../../../src/checks/http/h2/error.ts'
import type { Field } from '../../../../src/checks/http/h2/field.ts'
import { hpackDecoder } from '../../../../src/checks/http/h2/hpack-decoder.ts'
import { encodeFields } from '../../../../src/checks/http/h2/hpack-encoder.ts'
import { unpack } from '../../../../src/checks/http/h2/huffman.ts'

const MAX = 64 * 1024

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex')
}

/** `name: value` of each line. */
function fields(text: string): Field[] {
  return text
    .trim()
    .split('\n')
    .map((line) => /^\s*(:?[^:]+): (.*)$/.exec(line)?.slice(1) as unknown as Field)
}

const GET = `:method: GET
  :scheme: http
  :path: /
  :authority: www.example.com`
const REQUESTS = [
  GET,
  `${GET}
  cache-control: no-cache`,
  `:method: GET
  :scheme: https
  :path: /index.html
  :authority: www.example.com
  custom-key: custom-value`,
]
const REDIRECT = `:status: 302
  cache-control: private
  date: Mon, 21 Oct 2013 20:13:21 GMT
  location: https://www.example.com`
const ANSWERS = [
  REDIRECT,
  REDIRECT.replace('302', '307'),
  `:status: 200
  cache-control: private
  date: Mon, 21 Oct 2013 20:13:22 GMT
  location: https://www.example.com
  content-encoding: gzip
  set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1`,
]

describe('examples of RFC 7541, appendix C', () => {
  test.each([
    ['2.1', '400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572', 'custom-key: custom-header'],
    ['2.2', '040c 2f73 616d 706c 652f 7061 7468', ':path: /sample/path'],
    ['2.3', '1008 7061 7373 776f 7264 0673 6563 7265 74', 'password: secret'],
    ['2.4', '82', ':method: GET'],
  ])('C.%s', (_, block, text) => {
    expect(hpackDecoder(MAX)(hex(block))).toEqual(fields(text))
  })

  test.each([
    [
      '3',
      4096,
      REQUESTS,
      [
        '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
        '8286 84be 5808 6e6f 2d63 6163 6865',
        '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
      ],
    ],
    [
      '4',
      4096,
      REQUESTS,
      [
        '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
        '8286 84be 5886 a8eb 1064 9cbf',
        '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
      ],
    ],
    [
      '5',
      256,
      ANSWERS,
      [
        '4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
        '4803 3330 37c1 c0bf',
        '88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31',
      ],
    ],
    [
      '6',
      256,
      ANSWERS,
      [
        '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3',
        '4883 640e ffc1 c0bf',
        '88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07',
      ],
    ],
  ])('C.%s', (_, size, texts, blocks) => {
    const decode = hpackDecoder(MAX, size)
    expect(blocks.map((block) => decode(hex(block)))).toEqual(texts.map(fields))
  })
})

describe('what is decoded', () => {
  /** What a decoder says of a block. */
  function complaint(block: string, before = ''): string {
    const decode = hpackDecoder(MAX)
    if (before !== '') decode(hex(before))
    try {
      decode(hex(block))
    } catch (error) {
      expect(error).toBeInstanceOf(Http2Error)
      return (error as Http2Error).message
    }
    return ''
  }

  test.each([
    ['an index of nothing', '80', 'a header field that is in no table'],
    ['an index behind the tables', 'be', 'a header field that is in no table'],
    ['a name behind the tables', '7e 00', 'a header field that is in no table'],
    ['a number without an end', 'ff ff', 'a header that breaks off'],
    ['a number that is too large', 'ff ff ff ff ff ff 00', 'a number that is too large'],
    ['a number of many zeros', 'ff 80 80 80 80 80 80 80 80 00', 'a number that is too large'],
    ['a text that is cut', '00 05 6162', 'a header that breaks off'],
    ['a text that is missing', '00', 'a header that breaks off'],
    ['a table that is too large', '3f e2 1f', 'a table larger than it may be'],
    ['a table that changes later', '82 20', 'a table that changes its size within a header'],
    ['the end as a symbol', '00 84 ffff ffff 00', 'a packed text that goes on behind its end'],
    ['a whole byte of padding', '00 81 ff 00', 'a packed text with the wrong padding'],
    ['padding of zeros', '00 81 00 00', 'a packed text with the wrong padding'],
  ])('may be wrong: %s', (_, block, message) => {
    expect(complaint(block)).toBe(message)
  })

  test('may empty the table, or fill all of it', () => {
    const keep = '4001 61 01 62'
    expect(complaint('be', keep)).toBe('')
    expect(complaint('20 be', keep)).toBe('a header field that is in no table')
    expect(complaint('20 3f e1 1f be', keep)).toBe('a header field that is in no table')
    // A field larger than the whole table leaves nothing in it.
    const large = Buffer.concat([hex('40 01 61 7f a1 1f'), Buffer.alloc(4128, 'x')]).toString('hex')
    expect(complaint(large, keep)).toBe('')
    expect(complaint('be', keep + large)).toBe('a header field that is in no table')
  })

  test('may not swell: a field of 4 KB, named again and again', () => {
    const decode = hpackDecoder(MAX)
    const field = Buffer.concat([hex('40 01 61 7f a0 1e'), Buffer.alloc(3999, 'x')])
    expect(decode(Buffer.concat([field, Buffer.alloc(10, 0xbe)]))).toHaveLength(11)
    expect(() => decode(Buffer.alloc(20, 0xbe))).toThrow('longer than 64 KiB')
    expect(() => hpackDecoder(MAX)(Buffer.alloc(MAX, 0x82))).toThrow('longer than 64 KiB')
  })
})

const name = fc.stringMatching(/^[a-z0-9-]{1,40}$/)
const value = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 300,
})
const known = fc.constantFrom<Field>(
  [':method', 'GET'],
  [':status', '404'],
  ['accept-encoding', 'gzip, deflate'],
  ['age', ''],
)

test('what is encoded is decoded, and no table is needed for it', () => {
  const list = fc.array(fc.oneof(known, fc.tuple(name, value), fc.tuple(fc.constantFrom('via', 'cookie'), value)), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(list, fc.boolean(), (list, secret) => {
      expect(hpackDecoder(MAX, 0)(encodeFields(list, () => secret))).toEqual(list)
    }),
  )
})

test('secrets are marked so that nobody keeps them', () => {
  const [authorization, custom] = [
    encodeFields([['authorization', 'k']], () => true),
    encodeFields([['x-key', 'k']], () => true),
  ]
  expect((authorization[0] as number) & 0xf0).toBe(0x10)
  expect(custom[0]).toBe(0x10)
})

test('any bytes are a list or an error of the protocol', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.uint8Array({ maxLength: 400 }), (first, second) => {
      const decode = hpackDecoder(MAX)
      try {
        decode(Buffer.from(first))
        decode(Buffer.from(second))
        unpack(second)
      } catch (error) {
        expect(error).toBeInstanceOf(Http2Error)
      }
    }),
    { numRuns: 2000 },
  )
})
