import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LINE_EXAMPLES } from '../../scripts/log-examples.ts'
import { decodeLine } from '../../src/log/decode.ts'
import { encodeLine } from '../../src/log/encode.ts'
import { LINE_KINDS, type Line } from '../../src/log/line.ts'
import { LINE_SCHEMAS, lineSchema, logJsonSchema } from '../../src/log/schema.ts'
import { anyLine } from './arbitrary-lines.ts'

const written = (line: Line) => JSON.parse(encodeLine(line))

test('every line that can be written is as the schema says, and nothing in it goes unsaid', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      // Other libraries may leave it out where it stands.
      fc.pre(!encodeLine(line).includes('__proto__'))
      const json = written(line)
      // Members that the schema does not name would be left out.
      expect(JSON.parse(JSON.stringify(LINE_SCHEMAS[line.kind].parse(json)))).toEqual(JSON.parse(JSON.stringify(json)))
    }),
    { numRuns: 300, ignoreEqualValues: true },
  )
})

test('what the schema refuses is no line for healthtop either', () => {
  const members = fc.constantFrom(null, 'x', -1.5, true, [], {}, 'up')
  fc.assert(
    fc.property(anyLine, fc.nat(), members, (line, which, value) => {
      const json = written(line)
      const keys = Object.keys(json)
      const key = keys[which % keys.length] as string
      // Whether a time is a whole number, and not before 1970, is told to others only.
      if (value === -1.5) return
      const other = { ...json, [key]: value }
      if (!lineSchema.safeParse(other).success && value !== null)
        expect(decodeLine(JSON.stringify(other))).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})

test('the JSON Schema has every kind, and the examples of the documentation are lines', () => {
  const { oneOf } = logJsonSchema() as { oneOf: { properties: { kind: { const: string } } }[] }
  expect(oneOf.map(({ properties }) => properties.kind.const)).toEqual([...LINE_KINDS])
  for (const kind of LINE_KINDS) {
    const line = LINE_EXAMPLES[kind] as Line
    expect(line.kind).toBe(kind)
    expect(lineSchema.safeParse(written(line)).success).toBe(true)
    expect(decodeLine(encodeLine(line))).toStrictEqual(line)
  }
})
