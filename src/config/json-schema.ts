import * as z from 'zod'
import { FIELDS, type Schema } from '../lib/fields.ts'
import { KINDS } from './alerts/condition.ts'
import { COMMON, COMMON_KEYS, MERGED } from './checks/common.ts'
import type { ConfigType, ConfigTypes } from './checks/type.ts'
import { SCHEMA } from './schema.ts'
import { ALERT } from './sections/alerts.ts'

/** A JSON Schema, or a part of one. */
export type JsonSchema = Record<string, unknown>
type Properties = Record<string, JsonSchema>

/** What is expanded may stand for any text. */
const EXPANDED: JsonSchema = { type: 'string', pattern: '\\$\\{' }

/**
 * What editors are told of a configuration: every key, what it means, which type of checks has it. It is more lenient than the program: what
 * a check does not say may come from its defaults. Source: JSON Schema 2020-12.
 */
export function jsonSchema({ types }: ConfigTypes): JsonSchema {
  const own = new Map(types.map((type) => [type, propertiesOf(type.schema(FIELDS))]))
  const common = propertiesOf(COMMON)
  const shared = propertiesOf(FIELDS.object(COMMON_KEYS))
  const sections = propertiesOf(SCHEMA)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'healthtop.yaml',
    description: 'The configuration of healthtop.',
    type: 'object',
    additionalProperties: false,
    properties: {
      ...sections,
      checks: { ...sections.checks, type: ['array', 'null'], items: { $ref: '#/$defs/check' } },
      defaults: { ...sections.defaults, $ref: '#/$defs/defaults' },
      groups: {
        ...sections.groups,
        type: ['object', 'null'],
        additionalProperties: { $ref: '#/$defs/defaults' },
      },
      alerts: { ...sections.alerts, type: ['array', 'null'], items: { $ref: '#/$defs/alert' } },
    },
    $defs: {
      // With `if` an editor tells what is wrong for this type, and not why it is no other one.
      check: {
        type: 'object',
        required: ['name', 'type'],
        properties: {
          name: common.name,
          type: { enum: types.map(({ type }) => type), description: 'what kind of service it is' },
        },
        allOf: types.map(({ type }) => ({
          if: { required: ['type'], properties: { type: { const: type } } },
          // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
          then: { $ref: `#/$defs/${type}` },
        })),
      },
      alert: {
        title: 'alert rule',
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: propertiesOf(ALERT),
        anyOf: [...Object.keys(KINDS), 'enabled'].map((key) => ({ required: [key] })),
      },
      defaults: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: { ...anyOfThem([...own.values(), byType(types, own, shared)]), ...shared },
      },
      ...Object.fromEntries(types.map((type) => [type.type, checkOf(type, common, own.get(type) ?? {})])),
    },
  }
}

function checkOf({ type, help }: ConfigType, { name, ...common }: Properties, own: Properties): JsonSchema {
  return {
    title: type,
    description: help,
    type: 'object',
    required: ['name', 'type'],
    additionalProperties: false,
    properties: { name, type: { const: type, description: `${type}: ${help}` }, ...own, ...common },
  }
}

function byType(
  types: readonly ConfigType[],
  own: ReadonlyMap<ConfigType, Properties>,
  shared: Properties,
): Properties {
  return Object.fromEntries(
    types.map((type) => [
      type.type,
      {
        description: `defaults of checks of type ${type.type}`,
        type: ['object', 'null'],
        additionalProperties: false,
        properties: { ...own.get(type), ...shared },
      },
    ]),
  )
}

/** Keys of all types: what several have may be as any of them wants it. */
function anyOfThem(all: readonly Properties[]): Properties {
  const found = new Map<string, Map<string, JsonSchema>>()
  for (const properties of all) {
    for (const [key, schema] of Object.entries(properties)) {
      const forms = found.get(key) ?? new Map<string, JsonSchema>()
      found.set(key, forms.set(JSON.stringify(schema), schema))
    }
  }
  return Object.fromEntries(
    [...found].map(([key, forms]) => {
      const [first = {}, ...others] = forms.values()
      return [key, others.length === 0 ? first : { anyOf: [first, ...others] }]
    }),
  )
}

/** The keys of a mapping. Defaults may have what a check leaves out: nothing that is merged is required. */
function propertiesOf(schema: Schema): Properties {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: asWritten })
  for (const key of MERGED) delete (properties[key] as JsonSchema | undefined)?.required
  return properties as Properties
}

/** A part of a schema as people write it. */
function asWritten({
  zodSchema,
  jsonSchema: json,
}: {
  zodSchema: z.core.$ZodType
  jsonSchema: z.core.JSONSchema.BaseSchema
}): void {
  const { def } = zodSchema._zod as { readonly def: z.core.$ZodTypeDef & { readonly in?: z.core.$ZodType } }
  if (def.type === 'pipe' && def.in?._zod.def.type === 'transform' && json.type === 'array') {
    // One stands for a list of one.
    const { items, minItems } = json
    delete json.items
    delete json.minItems
    delete json.type
    json.anyOf = [
      items as z.core.JSONSchema.BaseSchema,
      { type: 'array', items: items as z.core.JSONSchema.BaseSchema, ...(minItems !== undefined && { minItems }) },
    ]
  } else if (def.type === 'enum') {
    const { enum: choices } = json
    delete json.enum
    // What says true or false as a text came from somewhere else.
    if (choices?.[0] === 'true') Object.assign(json, EXPANDED)
    else json.anyOf = [{ enum: choices ?? [] }, EXPANDED]
  } else if (def.type === 'string' && json.pattern !== undefined) {
    const { pattern } = json
    delete json.pattern
    json.anyOf = [{ pattern }, EXPANDED]
  }
  delete json.propertyNames
}
