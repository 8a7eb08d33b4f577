import { describe, expect, test } from 'vitest'
import { http2Client } from '../../../../src/checks/http/h2/client.ts'
import type { Frame } from '../../../../src/checks/http/h2/frame.ts'
import { hpackDecoder } from '../../../../src/checks/http/h2/hpack-decoder.ts'
import type { HttpRequest } from '../../../../src/checks/http/request.ts'
import { data, field, frame, headers, SETTINGS } from '../frames.ts'
import { many, REQUEST, setting, talk, window } from './talk.ts'

function shown({ type, flags, stream, payload }: Frame): string {
  return `${type} ${flags} ${stream} ${payload.length}`
}

describe('a request', () => {
  const fieldsOf = (request: Partial<HttpRequest>) => {
    const { begun } = talk([], request)
    const block = Buffer.concat(begun.filter(({ type }) => type === 1 || type === 9).map(({ payload }) => payload))
    return hpackDecoder(1e6)(block).map((pair) => pair.join('='))
  }

  test('begins with the settings, a large window and the header', () => {
    const { begun } = talk([])
    expect(begun.map(shown)).toEqual(['4 0 0 18', '8 0 0 4', expect.stringMatching(/^1 5 1 /)])
    expect(begun[0]?.payload.toString('hex')).toBe('000200000000000400100000000600010000')
  })

  test('has its URL and host in fields of their own, and nothing about connections', () => {
    const said = {
      Host: 'other.example',
      Connection: 'close',
      TE: 'gzip',
      'X-Key': ' k\t',
      Upgrade: 'x',
      'Content-Length': '9',
    }
    expect(fieldsOf({ headers: said })).toEqual([
      ':method=GET',
      ':scheme=http',
      ':authority=other.example',
      ':path=/a?b=1',
      'x-key=k',
    ])
    expect(fieldsOf({ headers: { te: 'trailers' } })).toContain('te=trailers')
    expect(fieldsOf({ method: 'POST', body: 'grüße' })).toContain('content-length=7')
    expect(fieldsOf({ method: 'POST' })).toContain('content-length=0')
    expect(fieldsOf({})).toContain(':authority=shop.example:81')
  })

  test('may have a header of several frames', () => {
    const long = 'x'.repeat(40_000)
    const { begun } = talk([], { headers: { 'x-long': long }, method: 'POST', body: 'y' })
    expect(begun.map(shown).slice(2)).toEqual([
      '1 0 1 16384',
      '9 0 1 16384',
      expect.stringMatching(/^9 4 1 /),
      '0 1 1 1',
    ])
    expect(fieldsOf({ headers: { 'x-long': long } })).toContain(`x-long=${long}`)
  })

  test('sends of its body what the windows of the peer allow', () => {
    const body = 'x'.repeat(100_000)
    const sizes = (frames: readonly Frame[]) =>
      frames.filter(({ type }) => type === 0).map(({ payload }) => payload.length)
    const ask = (...frames: Buffer[]) => talk([SETTINGS, ...frames], { method: 'POST', body })
    expect(sizes(ask().begun)).toEqual([16_384, 16_384, 16_384, 16_383])
    expect(sizes(ask(window(1, 1000)).sent)).toEqual([])
    expect(sizes(ask(window(1, 1000), window(0, 400), window(0, 100)).sent)).toEqual([400, 100])
    const { sent } = ask(setting(4, 1_000_000), window(0, 1_000_000))
    expect(sizes(sent)).toEqual([16_384, 16_384, 1697])
    expect(sent.at(-1)?.flags).toBe(1)
    // Less than nothing is left, until as much was opened.
    expect(sizes(ask(setting(4, 0), window(0, 1000), window(1, 65_535), window(1, 7)).sent)).toEqual([7])
  })
})

describe('an answer', () => {
  test('has interim ones, a header, a body and trailers', () => {
    const interim = frame(1, 4, 1, Buffer.concat([Buffer.from([0x08, 3]), Buffer.from('103'), field('link', 'x')]))
    const trailers = frame(1, 5, 1, field('x-sum', '1'))
    const head = headers(false, field('set-cookie', 'a'), field('x', ' b '), field('set-cookie', 'c'))
    const { events, error } = talk([
      SETTINGS,
      interim,
      interim,
      head,
      data('one', false),
      data('', false),
      data('two', false),
      trailers,
    ])
    expect(error).toBeUndefined()
    expect(events).toEqual(['started', 'head 200 set-cookie=a x=b set-cookie=c', 'body one', 'body two', 'end'])
  })

  test('may be of a header alone, in parts, with padding and a priority', () => {
    const block = Buffer.concat([Buffer.from([0x88]), field('x', 'y')])
    const padded = Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 9]), block.subarray(0, 2), Buffer.alloc(3)])
    const frames = [frame(1, 0x29, 1, padded), frame(9, 0, 1, block.subarray(2, 4)), frame(9, 4, 1, block.subarray(4))]
    expect(talk([SETTINGS, ...frames]).events).toEqual(['started', 'head 200 x=y', 'end'])
    const body = frame(0, 9, 1, Buffer.from([2, 0x61, 0x62, 0, 0]))
    expect(talk([SETTINGS, headers(false), body]).events).toEqual(['started', 'head 200', 'body ab', 'end'])
  })

  test.each(['HEAD', 'GET'])('may have no body whatever its length says: %s', (method) => {
    const status = method === 'HEAD' ? 0x88 : 0x8b
    const head = frame(1, 4, 1, Buffer.concat([Buffer.from([status]), field('content-length', '9')]))
    expect(talk([SETTINGS, head], { method }).events.at(-1)).toBe('end')
  })

  test('makes room for what comes next', () => {
    const part = Buffer.alloc(16_384, 'x')
    const { sent, error } = talk([SETTINGS, headers(false), ...many(100, frame(0, 0, 1, part))])
    expect(error).toBeUndefined()
    expect(
      sent.filter(({ type }) => type === 8).map(({ stream, payload }) => [stream, payload.readUInt32BE()]),
    ).toEqual(
      Array.from({ length: 3 }, () => [
        [0, 524_288],
        [1, 524_288],
      ]).flat(),
    )
  })

  test('is the same in whatever pieces it comes', () => {
    const bytes = Buffer.concat([SETTINGS, headers(false), frame(6, 0, 0, Buffer.alloc(8)), data('ok', true)])
    const client = http2Client(REQUEST)
    client.begin()
    const kinds = [...bytes].flatMap((byte) => [...client.receive(Buffer.of(byte))]).map(({ kind }) => kind)
    expect(kinds).toEqual(['send', 'started', 'head', 'send', 'body', 'end'])
  })
})

test('settings and pings are answered, those that are answers are not', () => {
  const ping = frame(6, 0, 0, Buffer.from('12345678'))
  const { sent } = talk([SETTINGS, frame(4, 1, 0), ping, frame(6, 1, 0, Buffer.alloc(8)), setting(99, 1)])
  expect(sent.map(shown)).toEqual(['4 1 0 0', '6 1 0 8', '4 1 0 0'])
  expect(sent[1]?.payload.toString()).toBe('12345678')
})
