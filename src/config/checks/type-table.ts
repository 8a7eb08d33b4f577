import { FIELDS, type Schema } from '../../lib/fields.ts'
import { nearest } from '../../lib/nearest.ts'
import { CHECK_KEYS } from './common.ts'
import type { ConfigType, ConfigTypes } from './type.ts'

/** The types by name. A schema is made when it is first asked for: that takes longer than to check something by it. */
export interface TypeTable {
  readonly names: readonly string[]
  readonly later: readonly string[]
  find(name: string): ConfigType | undefined
  schema(type: ConfigType): Schema
  /** Names of a type's keys, the common ones first. */
  keys(type: ConfigType): readonly string[]
  /** Types that have a key of their own of this name. */
  having(key: string): readonly ConfigType[]
}

export function typeTable({ types, later }: ConfigTypes): TypeTable {
  const byName = new Map(types.map((type) => [type.type, type]))
  const schemas = new Map<ConfigType, Schema>()
  const table: TypeTable = {
    names: [...byName.keys()],
    later,
    find: (name) => byName.get(name),
    schema(type) {
      const schema = schemas.get(type) ?? type.schema(FIELDS)
      schemas.set(type, schema)
      return schema
    },
    keys: (type) => [...CHECK_KEYS, ...Object.keys(table.schema(type).shape)],
    having: (key) => types.filter((type) => Object.hasOwn(table.schema(type).shape, key)),
  }
  return table
}

/** What to say of a type that there is not; `expected` begins the sentence where nothing is near. */
export function noType(said: string, quoted: string, { names, later }: TypeTable): string {
  if (later.includes(said)) return `${said} comes with a later version of healthtop`
  const meant = nearest(said.toLowerCase(), [...names, ...later])
  if (meant === undefined) return `expected one of ${names.join(', ')}, got ${quoted}`
  const because = later.includes(meant) ? `; ${meant} comes with a later version of healthtop` : ''
  return `there is no type ${quoted}; did you mean ${meant}?${because}`
}

/** What to say of a key that a check of a type has not. */
export function noKey(key: string, quoted: string, type: ConfigType, table: TypeTable): string {
  const others = table.having(key).map((other) => other.type)
  if (others.length > 0)
    return `a check of type ${type.type} has no ${quoted}; ${others.join(', ')} ${others.length === 1 ? 'has' : 'have'} it`
  const keys = table.keys(type)
  const meant = nearest(key, keys)
  return `a check of type ${type.type} has no ${quoted}; ${meant === undefined ? `there is ${keys.join(', ')}` : `did you mean ${meant}?`}`
}
