import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parseConfig } from '../../../src/config/document.ts'
import { readPlain } from '../../../src/config/plain/reader.ts'
import type { Path } from '../../../src/config/position.ts'

/** Every place in a value. */
function paths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const parts = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value)
  return [path, ...parts.flatMap(([part, item]) => paths(item, [...path, part]))]
}

/** Whether a text is plain; then the library says the same of it, place by place. */
function isPlain(text: string): boolean {
  const plain = readPlain(text)
  if (plain === undefined) return false
  const whole = parseConfig(text)
  if ('errors' in whole) throw new Error(`no YAML for the library: ${whole.errors[0]?.text}\n${text}`)
  expect(plain.value, text).toEqual(whole.value)
  for (const path of paths(plain.value))
    expect(plain.position(path), `${path.join('.')}\n${text}`).toEqual(whole.position(path))
  return true
}

const PLAIN = [
  'interval: 1s\n',
  'a: 1\r\nb:\r\n  c: "x y"\r\n',
  `# healthtop
interval: 1s   # often

checks:
  - name: api   # the first
    type: http
    url: https://localhost:8443/healthz?a=b#c
    headers: { Authorization: "Bearer \${API_TOKEN}", X-A: 'it''s' }
    expect:
      status: [200, 204]
      body: /ok/
      json: { status: UP, "a.b": -1.5 }
  -
    name: db
    depends:
    - api
    - "x"
    empty:
  - { name: nginx, type: process, count: ">=2", cpu: "<80%" }
  # the end
keys: {}
none: ~
list: []
yes: yes
deep:
    further:
        in: true
`,
]

test.each(PLAIN)('what people write is plain: %#', (text) => {
  expect(isPlain(text)).toBe(true)
})

const NOT_PLAIN = [
  '',
  '# only a comment\n',
  '- a\n',
  'a: b: c\n',
  'a: 1\na: 2\n',
  'a: [1,\n  2]\n',
  'a: |\n  text\n',
  'a: &x 1\n',
  'a: *x\n',
  'a: !!str 1\n',
  '<<: {}\n',
  'a: some\n  more\n',
  'a: "x\n  y"\n',
  'a:\tb\n',
  '\ufeffa: 1\n',
  '--- \na: 1\n',
  'a: 1\n...\n',
  '? a\n: b\n',
  'a: 0x1f\n',
  'a: 010\n',
  'a: 1e3\n',
  'a: .inf\n',
  'a: +1\n',
  'a: "\\x41"\n',
  'a: {b}\n',
  'a: [b: 1]\n',
  'a: {"b":1}\n',
  'a: [x,]\n',
  'a:\n  - x\n  b: 1\n',
  ' a: 1\nb: 2\n',
  'a: 1\n b: 2\n',
  'a:\n   b: 1\n  c: 2\n',
  'null: 1\n',
  '"__proto__": 1\n',
  'a: -\n',
  'a: @x\n',
  'a: x:\n',
  'a: "x" y\n',
  'a: "x"#y\n',
  'a: [x] y\n',
  'a: { b: [c }\n',
  'a: [ # x ]\n',
  'a:\n  - - x\n',
  'a:\n  -\n',
  'a: %x\n',
  'a: \x07\n',
  `a: ${'['.repeat(30)}${']'.repeat(30)}\n`,
]

test.each(NOT_PLAIN)('anything else is left to the library: %j', (text) => {
  expect(isPlain(text)).toBe(false)
})

const word = fc.oneof(
  fc.constantFrom(
    'true',
    'Null',
    '~',
    '1',
    '-1',
    '0',
    '-0',
    '007',
    '1.5',
    '1.',
    '.5',
    '1e3',
    '0x1',
    '+1',
    '12:30',
    'a',
    'a b',
    'http://x/y?z#w',
    'a: b',
    'a:',
    ':a',
    '- a',
    '-a',
    '--',
    '---',
    '...',
    '#',
    'a #b',
    'a#b',
    '"q"',
    "'q'",
    "'it''s'",
    '"a\\n"',
    '"\\x41"',
    '"',
    "'",
    '[a, b]',
    '[a,b]',
    '{ a: 1 }',
    '{a: b, c: [d]}',
    '{ "a": x }',
    '{a}',
    '[',
    ']',
    '{',
    '}',
    ',',
    '&a',
    '*a',
    '!t',
    '|',
    '>',
    '%',
    '@',
    '`',
    '?',
    '? a',
    '\u00e9',
    '\ud83d\ude00',
    '\u2028',
    '\u0085',
    '[a: b]',
    '[ "x" , y ]',
    '[a #b]',
    '[]',
    '{}',
    '[{ a: 1 }, [2]]',

    '>=2',
    '<1GiB',
    '80%',
    '=',
    '.',
    '-.5',
    '- ',
    '! x',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)
const key = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'content-type',
    '"q k"',
    "'s'",
    'null',
    'True',
    '1',
    '<<',
    '__proto__',
    'a.b',
    '- a',
    '- b',
    '-',
    '? x',
    '"a"',
    'constructor',
    'y',
  ),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
)
/** Mostly right, so that what is wrong stands in the middle of what is plain. */
const mostly = <T>(right: fc.Arbitrary<T>, any: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: any })
const line = fc
  .tuple(
    mostly(fc.constantFrom(0, 0, 2, 2, 4), fc.nat({ max: 6 })),
    fc.constantFrom('', '', '', '- '),
    mostly(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'content-type', '"q k"'), key),
    mostly(fc.constantFrom(': ', ': ', ':  '), fc.constantFrom(':', '', ' : ', ': # ')),
    fc.oneof(
      fc.constant(''),
      mostly(fc.constantFrom('x', '1', 'a b', '"q"', "'it''s'", '[a, b]', '{ a: 1, b: [c] }', 'x#y'), word),
    ),
    mostly(fc.constantFrom('', ' ', ' # c'), fc.constantFrom('\t', '#', ' x')),
  )
  .map(([indent, item, name, colon, value, end]) => `${' '.repeat(indent)}${item}${name}${colon}${value}${end}`)
const soup = fc
  .tuple(
    fc.array(mostly(line, fc.constantFrom('', '# x', '  # y', '- x', '-', '  - z', '  x')), { maxLength: 7 }),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.boolean(),
  )
  .map(([lines, end, last]) => lines.join(end) + (last ? end : ''))

test('whatever is read as plain is what the library reads', () => {
  let plain = 0
  fc.assert(
    fc.property(soup, (text) => {
      if (isPlain(text)) plain++
    }),
    { numRuns: 4000 },
  )
  expect(plain).toBeGreaterThan(100)
})

const tree = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, word, fc.integer(), fc.boolean(), fc.constant(null), tie('map'), tie('list')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  list: fc.array(tie('value'), { maxLength: 4 }),
})).map

test('so are values that the library wrote', () => {
  fc.assert(
    fc.property(tree, fc.constantFrom(2, 4), fc.boolean(), (value, indent, indentSeq) => {
      isPlain(stringify(value, { indent, indentSeq, lineWidth: 0 }))
    }),
    { numRuns: 1000 },
  )
})
