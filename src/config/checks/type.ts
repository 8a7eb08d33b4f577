import type { Fields, Schema, SchemaOutput } from '../../lib/fields.ts'

/** What a configuration has to know of a type of checks. */
export interface ConfigType {
  readonly type: string
  /** One line for people. */
  readonly help: string
  /** Its keys beside the common ones. */
  readonly schema: (fields: Fields) => Schema
  /** What is checked, for people; the settings may be masked: never fails. */
  readonly target: (settings: SchemaOutput<Schema>) => string
}

/** The types of checks there are. */
export interface ConfigTypes {
  readonly types: readonly ConfigType[]
  /** Names of types that a later version brings. */
  readonly later: readonly string[]
}
