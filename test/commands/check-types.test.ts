import { expect, test } from 'vitest'
import * as z from 'zod'
import { CHECK_TYPES, LATER_TYPES } from '../../src/checks/registry.ts'
import { CONFIG_TYPES } from '../../src/commands/load-configuration.ts'
import { CHECK_KEYS } from '../../src/config/checks/common.ts'
import { type JsonSchema, jsonSchema } from '../../src/config/json-schema.ts'
import { FIELDS } from '../../src/lib/fields.ts'

const NAMES = CHECK_TYPES.map(({ type }) => type)

test('no name means two types, and none that is here comes later', () => {
  expect(new Set([...NAMES, ...LATER_TYPES]).size).toBe(NAMES.length + LATER_TYPES.length)
})

test.each(CHECK_TYPES)('$type: no key of its own is one that every check has', ({ schema }) => {
  expect(Object.keys(schema(FIELDS).shape).filter((key) => CHECK_KEYS.includes(key))).toEqual([])
})

test.each(CHECK_TYPES)(
  '$type: no key that is named as a type takes a mapping, which means defaults of that type',
  ({ schema }) => {
    const wrong = Object.entries(schema(FIELDS).shape).filter(
      ([key, field]) => NAMES.includes(key) && z.safeParse(field, {}).success,
    )
    expect(wrong).toEqual([])
  },
)

/** Keys without a word of what they mean. */
function unexplained(properties: unknown, before = ''): string[] {
  return Object.entries((properties ?? {}) as Record<string, JsonSchema>).flatMap(([key, property]) => [
    ...(typeof property.description === 'string' && /\w/.test(property.description) ? [] : [`${before}${key}`]),
    ...unexplained(property.properties, `${before}${key}.`),
  ])
}

test('every key of the schema that editors read says what it means', () => {
  const schema = jsonSchema(CONFIG_TYPES)
  expect(unexplained(schema.properties)).toEqual([])
  const types = schema.$defs as Record<string, JsonSchema>
  for (const type of NAMES) expect(unexplained(types[type]?.properties, `${type}.`)).toEqual([])
})

test.each(CHECK_TYPES)('$type: says its target of masked settings too', ({ schema, target }) => {
  // What comes from a secret is a text, whatever it was.
  const masked = Object.fromEntries(Object.keys(schema(FIELDS).shape).map((key) => [key, `\${${key.toUpperCase()}}`]))
  expect(() => target(masked)).not.toThrow()
  expect(typeof target(masked)).toBe('string')
})
