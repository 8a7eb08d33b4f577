import * as z from 'zod'
import { interval } from './sections/interval.ts'
import { keys } from './sections/keys.ts'
import { got } from './wording.ts'

/** Everything healthtop.yaml can say. A new section is its file and a line here. */
export const SCHEMA = z.strictObject(
  {
    interval: interval.optional(),
    keys: keys.optional(),
  },
  {
    error: (issue) =>
      issue.code === 'invalid_type' ? `expected sections such as interval: 1s, got ${got(issue.input)}` : undefined,
  },
)

export type Config = z.infer<typeof SCHEMA>
