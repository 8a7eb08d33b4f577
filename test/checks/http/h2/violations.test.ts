import { describe, expect, test } from 'vitest'
import { data, field, frame, goaway, headers, resetStream, SETTINGS, word } from '../frames.ts'
import { errorOf, many, setting, talk, window } from './talk.ts'

describe('a peer that ends it', () => {
  test.each([
    ['web refused the request (REFUSED_STREAM)', resetStream(7)],
    ['web refused the request (error 0x99)', resetStream(0x99)],
    ['web wants HTTP/1.1 for this request (HTTP_1_1_REQUIRED)', resetStream(13)],
    ['web refused the request (NO_ERROR: [31mbye)', goaway(0, 0)],
    ['web ended the connection (ENHANCE_YOUR_CALM: [31mbye)', goaway(1, 11)],
  ])('%s', (error, one) => {
    expect(errorOf(one)).toBe(`NO_ERROR: ${error}`)
  })

  test('in the middle of its answer', () => {
    expect(errorOf(headers(false), resetStream(2))).toBe('NO_ERROR: web broke off its answer (INTERNAL_ERROR)')
    expect(talk([SETTINGS, goaway(0x7fffffff, 0), goaway(1, 0), headers(true)]).events).toContain('end')
  })
})

const status = (text: string) => Buffer.concat([Buffer.from([0x08, text.length]), Buffer.from(text)])
const head = (...parts: Buffer[]) => frame(1, 5, 1, Buffer.concat(parts))

describe('what HTTP/2 does not have', () => {
  test.each<[string, readonly Buffer[]]>([
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a frame of another stream', [frame(1, 5, 3, Buffer.from([0x88]))]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a frame of another stream', [frame(0, 0, 0)]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a frame of another stream', [frame(3, 0, 2, word(1))]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a frame of another stream', [frame(4, 0, 1)]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a frame of another stream', [window(2, 1)]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a frame of another stream', [frame(2, 0, 0, Buffer.alloc(5))]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a push, which was forbidden', [frame(5, 4, 1, word(2))]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a header that is interrupted', [frame(1, 0, 1), data('x', false)]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: the rest of a header that never began', [frame(9, 4, 1)]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a body ahead of its header', [data('x', false)]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a header in the middle of a body', [headers(false), headers(false)]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a header with the name ":status"', [headers(false), headers(true)]],
    [
      'PROTOCOL_ERROR: HTTP/2 with web failed: more padding than there is of the frame',
      [headers(false), frame(0, 8, 1, Buffer.from([1]))],
    ],
    ['FRAME_SIZE_ERROR: HTTP/2 with web failed: a frame shorter than it has to be', [headers(false), frame(0, 8, 1)]],
    [
      'FRAME_SIZE_ERROR: HTTP/2 with web failed: a frame shorter than it has to be',
      [frame(1, 0x24, 1, Buffer.alloc(4))],
    ],
    ['FRAME_SIZE_ERROR: HTTP/2 with web failed: a frame longer than 16 KiB', [frame(99, 0, 0, Buffer.alloc(16_385))]],
    ['FRAME_SIZE_ERROR: HTTP/2 with web failed: settings that break off', [frame(4, 0, 0, Buffer.alloc(5))]],
    [
      'FRAME_SIZE_ERROR: HTTP/2 with web failed: settings where there should be none',
      [frame(4, 1, 0, Buffer.alloc(6))],
    ],
    ['FRAME_SIZE_ERROR: HTTP/2 with web failed: a ping of another length', [frame(6, 0, 0, Buffer.alloc(7))]],
    ['FRAME_SIZE_ERROR: HTTP/2 with web failed: a reset of another length', [frame(3, 0, 1)]],
    ['FRAME_SIZE_ERROR: HTTP/2 with web failed: a goodbye that breaks off', [frame(7, 0, 0, word(1))]],
    ['FRAME_SIZE_ERROR: HTTP/2 with web failed: an opening of another length', [frame(8, 0, 0)]],
    ['FRAME_SIZE_ERROR: HTTP/2 with web failed: a priority of another length', [frame(2, 0, 1)]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: settings that let a server push', [setting(2, 1)]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: settings with a size of frames that cannot be', [setting(5, 100)]],
    ['FLOW_CONTROL_ERROR: HTTP/2 with web failed: a window larger than it may be', [setting(4, 0x80000000)]],
    ['FLOW_CONTROL_ERROR: HTTP/2 with web failed: a window larger than it may be', [window(0, 0x7fffffff)]],
    [
      'FLOW_CONTROL_ERROR: HTTP/2 with web failed: a window larger than it may be',
      [window(1, 100_000), setting(4, 0x7fffffff)],
    ],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a window that is opened by nothing', [window(1, 0)]],
    ['COMPRESSION_ERROR: HTTP/2 with web failed: a header field that is in no table', [head(Buffer.from([0xbe]))]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a header without a status', [head(field('x', 'y'))]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a header without a status', [head()]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a header with two of status', [head(status('200'), status('200'))]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a header with ":path"', [head(status('200'), Buffer.from([0x84]))]],
    [
      'PROTOCOL_ERROR: HTTP/2 with web failed: a header with the name ":status"',
      [head(status('200'), field('a', 'b'), status('200'))],
    ],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a header with the status "20"', [head(status('20'))]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a header with the name "X-Y"', [head(status('200'), field('X-Y', 'b'))]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: a header with the name ""', [head(status('200'), field('', 'b'))]],
    [
      'PROTOCOL_ERROR: HTTP/2 with web failed: a header with the name "a[0m"',
      [head(status('200'), field('a\u001b[0m', 'b'))],
    ],
    [
      'PROTOCOL_ERROR: HTTP/2 with web failed: a header with a line break in x',
      [head(status('200'), field('x', 'a\r\nb'))],
    ],
    [
      'PROTOCOL_ERROR: HTTP/2 with web failed: a header with connection, which is none of HTTP/2',
      [head(status('200'), field('connection', 'close'))],
    ],
    ['PROTOCOL_ERROR: web changed the protocol, which nobody asked for', [frame(1, 4, 1, status('101'))]],
    ['PROTOCOL_ERROR: HTTP/2 with web failed: an answer that ends before it begins', [head(status('100'))]],
  ])('%s', (error, frames) => {
    expect(errorOf(...frames)).toBe(error)
  })

  test.each([
    ['nothing', '5', []],
    ['less', '5', [data('1234', true)]],
    ['more', '5', [data('12345', false), data('6', false)]],
    ['less and trailers', '5', [data('1234', false), frame(1, 5, 1)]],
    ['no number', '+2', [data('12', true)]],
  ])('a body that is not as long as was said: %s', (_, length, parts) => {
    const frames = [headers(parts.length === 0, field('content-length', length)), ...parts]
    expect(errorOf(...frames)).toBe('PROTOCOL_ERROR: the body of web is not as long as its content-length')
    const two = headers(true, field('content-length', '0'), field('content-length', '1'))
    expect(errorOf(two)).toBe('PROTOCOL_ERROR: the body of web is not as long as its content-length')
    expect(
      errorOf(headers(false, field('content-length', '2'), field('content-length', '2')), data('ok', true)),
    ).toBeUndefined()
  })

  test.each(['HTTP/1.1 400 Bad Request\r\n\r\n', 'SSH-2.0-OpenSSH_9\r\n'])('another protocol: %j', (text) => {
    expect(talk([Buffer.from(text)]).error).toBe('PROTOCOL_ERROR: web does not speak HTTP/2')
    expect(talk([goaway(0, 0)]).error).toBe('PROTOCOL_ERROR: web does not speak HTTP/2')
  })
})

describe('floods', () => {
  test.each<[string, Buffer, readonly Buffer[]]>([
    ['pings', frame(6, 0, 0, Buffer.alloc(8)), []],
    ['answers to pings', frame(6, 1, 0, Buffer.alloc(8)), []],
    ['settings', SETTINGS, []],
    ['answers to settings', frame(4, 1, 0), []],
    ['openings', window(0, 1), []],
    ['priorities', frame(2, 0, 9, Buffer.alloc(5)), []],
    ['unknown frames', frame(200, 0, 77), []],
    ['goodbyes', goaway(1, 0), []],
    ['empty bodies', data('', false), [headers(false)]],
    ['padding', frame(0, 8, 1, Buffer.from([1, 0])), [headers(false)]],
    ['interim answers', frame(1, 4, 1, status('100')), []],
  ])('of %s end after a thousand', (_, one, first) => {
    expect(errorOf(...first, ...many(999, one))).toBeUndefined()
    const end = 'ENHANCE_YOUR_CALM: HTTP/2 with web failed: more than 1000 frames that bring nothing'
    expect(errorOf(...first, ...many(1001, one))).toBe(end)
  })

  test('go on counting where the answer goes on', () => {
    const pings = many(1001, frame(6, 0, 0, Buffer.alloc(8))).flatMap((ping) => [ping, data('x', false)])
    expect(errorOf(headers(false), ...pings)).toMatch(/^ENHANCE_YOUR_CALM: /)
  })

  test('of continuations end', () => {
    expect(errorOf(frame(1, 0, 1), ...many(31, frame(9, 0, 1)))).toBeUndefined()
    const end = 'ENHANCE_YOUR_CALM: HTTP/2 with web failed: a header in more than 32 frames'
    expect(errorOf(frame(1, 0, 1), ...many(32, frame(9, 0, 1)))).toBe(end)
    const part = frame(9, 0, 1, Buffer.alloc(16_384))
    const long = 'ENHANCE_YOUR_CALM: the header fields of web are longer than 64 KiB'
    expect(errorOf(frame(1, 0, 1), ...many(5, part))).toBe(long)
  })

  test('of openings are nothing where they let go of a body', () => {
    const body = 'x'.repeat(70_000)
    const { sent, error } = talk([SETTINGS, window(1, 100_000), ...many(3000, window(0, 1))], { method: 'POST', body })
    expect(error).toBeUndefined()
    expect(sent.filter(({ type }) => type === 0)).toHaveLength(3000)
  })
})
