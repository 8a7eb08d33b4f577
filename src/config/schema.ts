import * as z from 'zod'
import { got } from '../lib/fields.ts'
import { interval } from './sections/interval.ts'
import { keys } from './sections/keys.ts'
import { log } from './sections/log.ts'

/** The sections of healthtop.yaml. A new section is its file and a line here. */
export const SCHEMA = z.strictObject(
  {
    interval: interval.optional().describe('how often this machine is measured; 1s unless said'),
    keys: keys.optional().describe('other keys for commands of the screen'),
    // What these hold depends on the types of checks there are: checks/.
    defaults: z.unknown().optional().describe('what every check has that does not say it itself'),
    groups: z.unknown().optional().describe('sets of defaults by name, for the checks that name their group'),
    checks: z.unknown().optional().describe('the services that are checked'),
    // Which checks there are depends on the section above: alerts/.
    alerts: z
      .unknown()
      .optional()
      .describe('rules that say what is wrong, beside the built-in ones and in place of them'),
    log: log.optional().describe('how much of the log is kept; off: none is written'),
  },
  {
    error: (issue) =>
      issue.code === 'invalid_type' ? `expected sections such as interval: 1s, got ${got(issue.input)}` : undefined,
  },
)

/** What the sections say that need nobody else to be understood. */
export type Config = Pick<z.infer<typeof SCHEMA>, 'interval' | 'keys' | 'log'>
