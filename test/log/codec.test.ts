import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LINE_EXAMPLES } from '../../scripts/log-examples.ts'
import { decodeLine, LONGEST_LINE } from '../../src/log/decode.ts'
import { encodeLine } from '../../src/log/encode.ts'
import type { Line } from '../../src/log/line.ts'
import { anyLine } from './arbitrary-lines.ts'

const metrics = (values: Record<string, number>): Line => ({ v: 1, t: 1_795_615_329_870, kind: 'metrics', values })

test('what was written comes back as it was', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      const text = encodeLine(line)
      expect(text).not.toContain('\n')
      expect(decodeLine(text)).toStrictEqual(line)
    }),
    { numRuns: 500 },
  )
})

test('numbers have six significant digits, whole ones and times all of theirs', () => {
  const line = metrics({ ratio: 0.123456789, bytes: 33_500_618_752, rate: 38_107_442.123, whole: 7 })
  expect(encodeLine({ ...line, t: 1_795_615_329_870.4 })).toBe(
    '{"v":1,"t":1795615329870,"kind":"metrics","values":{"ratio":0.123457,"bytes":33500618752,"rate":38107400,"whole":7}}',
  )
  const check: Line = {
    v: 1,
    t: 1,
    kind: 'check',
    check: 'a',
    state: 'up',
    since_ms: 1_795_615_329_870.6,
    latency_s: 1 / 3,
  }
  expect(JSON.parse(encodeLine(check))).toMatchObject({ since_ms: 1_795_615_329_871, latency_s: 0.333333 })
})

test('what is not known is left out of the values, and null elsewhere', () => {
  const line = metrics({ a: Number.NaN, b: 1, c: Number.POSITIVE_INFINITY, d: Number.NEGATIVE_INFINITY })
  expect(JSON.parse(encodeLine(line)).values).toEqual({ b: 1 })
  expect(encodeLine(metrics({ a: Number.NaN }))).toContain('"values":{}')
  const alert = LINE_EXAMPLES.alert as Extract<Line, { kind: 'alert' }>
  const absent = {
    ...alert,
    threshold: Number.NaN,
    record: { ...alert.record, alert: { ...alert.record.alert, value: Number.NaN } },
  }
  const text = encodeLine(absent)
  expect(JSON.parse(text)).toMatchObject({ threshold: null, record: { alert: { value: null } } })
  expect(decodeLine(text)).toStrictEqual(absent)
})

test('a line of 200 series is about 7 KB', () => {
  const values = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [`disk_read_bytes_per_second{device="sd${i}"}`, 1e6 * Math.sin(i) ** 2]),
  )
  expect(encodeLine(metrics(values)).length).toBeGreaterThan(200 * 40)
  expect(encodeLine(metrics(values)).length).toBeLessThan(200 * 56)
})

test.each([
  ['nothing', ''],
  ['no JSON', 'hello'],
  ['NUL bytes', '\0\0\0\0'],
  ['a list', '[1]'],
  ['null', 'null'],
  ['a number', '1'],
  ['no kind', '{"v":1,"t":1}'],
  ['a kind of a later version', '{"v":1,"t":1,"kind":"trace"}'],
  ['a kind that is no text', '{"v":1,"t":1,"kind":["metrics"],"values":{}}'],
  ['a kind that every object has', '{"v":1,"t":1,"kind":"constructor"}'],
  ['another version', '{"v":2,"t":1,"kind":"metrics","values":{}}'],
  ['no version', '{"t":1,"kind":"metrics","values":{}}'],
  ['no time', '{"v":1,"kind":"metrics","values":{}}'],
  ['a time that is null', '{"v":1,"t":null,"kind":"metrics","values":{}}'],
  ['a time that no date has', '{"v":1,"t":8640000000000001,"kind":"metrics","values":{}}'],
  ['a moment that no date has', '{"v":1,"t":1,"kind":"check","check":"a","state":"up","since_ms":-1e300}'],
  ['an endless time', '{"v":1,"t":1e999,"kind":"metrics","values":{}}'],
  ['values that are a list', '{"v":1,"t":1,"kind":"metrics","values":[1]}'],
  ['a value that is text', '{"v":1,"t":1,"kind":"metrics","values":{"a":1,"b":"2"}}'],
  ['an endless value', '{"v":1,"t":1,"kind":"metrics","values":{"a":1e999}}'],
  ['an object for a value', '{"v":1,"t":1,"kind":"metrics","values":{"__proto__":{"a":1}}}'],
  ['a state there is not', '{"v":1,"t":1,"kind":"check","check":"a","state":"fine","since_ms":1}'],
  [
    'a process without a name',
    '{"v":1,"t":1,"kind":"processes","processes":[{"pid":1,"started_ms":1,"memory_bytes":1}]}',
  ],
  ['an event there is not', '{"v":1,"t":1,"kind":"event","event":"x","level":"ok","subject":"a","text":"b"}'],
  ['an alert without a record', '{"v":1,"t":1,"kind":"alert","id":"a","name":"a","state":"firing"}'],
  ['depth without end', '['.repeat(200_000)],
])('%s is no line', (_, text) => {
  expect(decodeLine(text)).toBeUndefined()
})

test('a line that is too long is none', () => {
  const line = (length: number) => {
    const empty = '{"v":1,"t":1,"kind":"event","event":"log","level":"ok","subject":"a","text":""}'
    return empty.replace('"text":""', `"text":"${'x'.repeat(length - empty.length)}"`)
  }
  expect(decodeLine(line(LONGEST_LINE))).toBeDefined()
  expect(decodeLine(line(LONGEST_LINE + 1))).toBeUndefined()
})

test('names that objects have of themselves are names like others', () => {
  const line = decodeLine('{"v":1,"t":1,"kind":"metrics","values":{"__proto__":1,"toString":2}}')
  const { values } = line as Extract<Line, { kind: 'metrics' }>
  expect(Object.entries(values)).toEqual([
    ['__proto__', 1],
    ['toString', 2],
  ])
  expect(({} as Record<string, unknown>).a).toBeUndefined()
})

test('members that are not known are left out, and a null is a value that is not known', () => {
  const line = decodeLine(
    '{"v":1,"t":1,"kind":"check","check":"a","state":"up","since_ms":2,"latency_s":null,"extra":{"b":1}}',
  )
  expect(line).toStrictEqual({ v: 1, t: 1, kind: 'check', check: 'a', state: 'up', since_ms: 2 })
  expect(decodeLine('{"v":1,"t":1,"kind":"metrics","values":{"a":null,"b":2}}')).toMatchObject({ values: { b: 2 } })
})

test('text that somebody put into the file is made safe', () => {
  const line = decodeLine(
    '{"v":1,"t":1,"kind":"event","event":"log","level":"ok","subject":"a\\u001b[2Jb","text":"c\\nd\\u202e"}',
  )
  expect(line).toMatchObject({ subject: 'a[2Jb', text: 'c d' })
})

test('a line cut off at any place, and one with any byte changed, is read or left out but never thrown at anybody', () => {
  for (const example of Object.values(LINE_EXAMPLES)) {
    const text = encodeLine(example as Line)
    for (let end = 0; end < text.length; end++) expect(decodeLine(text.slice(0, end))).toBeUndefined()
    for (let at = 0; at < text.length; at++) decodeLine(`${text.slice(0, at)}0${text.slice(at + 1)}`)
  }
})
