import { expect, test } from 'vitest'
import { type JsonSchema, jsonSchema } from '../../src/config/json-schema.ts'
import { TYPES } from './types.ts'

const schema = jsonSchema(TYPES)
/** A part of it. */
const at = (...path: readonly string[]) =>
  path.reduce<JsonSchema>((part, name) => part[name] as JsonSchema, schema as JsonSchema)

test('it has every section, every type and every key, with what they mean', () => {
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
  expect(Object.keys(at('properties'))).toEqual(['interval', 'keys', 'defaults', 'groups', 'checks', 'alerts', 'log'])
  expect(at('$defs', 'check', 'properties', 'type').enum).toEqual(['http', 'tcp', 'exec'])
  expect(at('$defs', 'check').allOf).toHaveLength(3)
  for (const { type } of TYPES.types) {
    expect(at('$defs', type, 'properties', 'type').const).toBe(type)
    const properties = at('$defs', type, 'properties')
    expect(Object.keys(properties).length).toBeGreaterThan(10)
    for (const [key, property] of Object.entries(properties))
      expect((property as JsonSchema).description, `${type} ${key}`).toMatch(/\w/)
  }
})

test('a check has to have a name and a type, and may leave the rest to its defaults', () => {
  expect(at('$defs', 'tcp').required).toEqual(['name', 'type'])
  expect(at('$defs', 'tcp').additionalProperties).toBe(false)
})

test('defaults may have the keys of all types, and those of one type below its name', () => {
  const properties = at('$defs', 'defaults', 'properties')
  expect(Object.keys(properties)).toEqual(
    expect.arrayContaining(['interval', 'labels', 'port', 'url', 'http', 'tcp', 'exec']),
  )
  expect(Object.keys(properties)).not.toEqual(expect.arrayContaining(['name']))
  expect(at('$defs', 'defaults', 'properties', 'expect').anyOf).toHaveLength(2)
  expect(at('$defs', 'defaults', 'properties', 'exec').anyOf).toHaveLength(2)
  expect(at('$defs', 'defaults', 'properties', 'http', 'properties')).toHaveProperty('method')
})

test('what is written as people may write it is allowed: one for a list, a name that is expanded for a choice', () => {
  const expectation = at('$defs', 'http', 'properties', 'expect', 'properties')
  expect((expectation.status as JsonSchema).anyOf).toEqual([
    { type: ['string', 'number'] },
    { type: 'array', items: { type: ['string', 'number'] }, minItems: 1 },
  ])
  expect(at('$defs', 'http', 'properties', 'method').anyOf).toEqual([
    { enum: ['GET', 'POST'] },
    { type: 'string', pattern: '\\$\\{' },
  ])
  expect(at('$defs', 'http', 'properties', 'insecure').anyOf).toEqual([
    { type: 'boolean' },
    { type: 'string', pattern: '\\$\\{' },
  ])
})

test('a rule has to have a name and say what it looks at, by names that there are', () => {
  const { required, anyOf, additionalProperties } = at('$defs', 'alert')
  expect({ required, additionalProperties }).toEqual({ required: ['name'], additionalProperties: false })
  expect(anyOf).toEqual(['metric', 'check', 'process', 'event', 'enabled'].map((key) => ({ required: [key] })))
  const properties = at('$defs', 'alert', 'properties')
  for (const [key, property] of Object.entries(properties)) {
    expect((property as JsonSchema).description, key).toMatch(/\w/)
  }
  const names = (key: string) => ((properties[key] as JsonSchema).anyOf as JsonSchema[])[0]?.enum
  expect(names('metric')).toContain('disk_used_ratio')
  expect(names('metric')).not.toContain('disk_read_bytes_total')
  expect(names('event')).toContain('oom_kill')
  expect(at('properties', 'alerts').items).toEqual({ $ref: '#/$defs/alert' })
})

test('the log is off, or how much of it is kept', () => {
  const forms = at('properties', 'log').anyOf as readonly JsonSchema[]
  expect(forms).toHaveLength(3)
  expect(Object.keys((forms[2] as JsonSchema).properties as object)).toEqual(['keep', 'size'])
})
