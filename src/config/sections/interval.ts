import * as z from 'zod'
import { got } from '../../lib/fields.ts'
import { parseInterval } from '../interval.ts'

/** `interval: 1s`: how often the host is measured. Milliseconds. */
export const interval = z
  .string({ error: ({ input }) => `expected a duration such as 500ms, 3s or 1m, got ${got(input)}` })
  .transform((text, context) => {
    const ms = parseInterval(text)
    if (typeof ms === 'number') return ms
    context.addIssue({ code: 'custom', message: `expected ${ms.expected}, got ${got(text)}` })
    return z.NEVER
  })
