import { jsonSchema } from '../config/json-schema.ts'
import { CONFIG_TYPES } from './load-configuration.ts'

/** The JSON Schema of healthtop.yaml as it is published. */
export function schemaText(): string {
  return `${JSON.stringify(jsonSchema(CONFIG_TYPES), null, 2)}\n`
}
