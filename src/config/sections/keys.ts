import * as z from 'zod'
import { got } from '../../lib/fields.ts'

/** YAML reads an unquoted digit as a number. */
const key = z.union([z.string(), z.int().min(0).max(9).transform(String)])

/**
 * `keys: { quit: x, sort: [s, F6], mouse: none }`: other keys for commands. A list of names of keys each; which commands and keys there
 * are is the screen's to say.
 */
export const keys = z.record(
  z.string(),
  z.union([key.transform((name) => [name]), z.array(key)], {
    error: ({ input }) => `expected a key such as x, F5 or C-x, or a list of keys, got ${got(input)}; quote signs`,
  }),
  { error: ({ input }) => `expected commands and their keys, such as { quit: x }, got ${got(input)}` },
)
