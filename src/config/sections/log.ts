import * as z from 'zod'
import { FIELDS, got } from '../../lib/fields.ts'
import { LOG_DEFAULTS, type LogSettings } from '../../model/log-settings.ts'

const HOUR = 3_600_000
const MIB = 1024 ** 2

/** What may be said of the log. A file of it holds an hour, of which is left out what would be more than the size. */
export const LOG_KEYS = FIELDS.object({
  keep: FIELDS.durationIn(HOUR, 3650 * 24 * HOUR, '1h to 3650d')
    .optional()
    .describe('how long it is kept; 14d unless said'),
  size: FIELDS.sizeIn(MIB, 1024 ** 4, '1MiB to 1TiB')
    .optional()
    .describe('how much of it is kept at most, the oldest goes first; 500MiB unless said'),
})

/** `log: { keep: 14d, size: 500MiB }`, or `log: off`: the log, and with it the history of the next start. */
export const log = z
  .union([z.enum(['off']), z.literal(false), LOG_KEYS], {
    error: ({ input }) => `expected { keep: 14d, size: 500MiB } or off, got ${got(input)}`,
  })
  .transform((said): LogSettings | 'off' => {
    if (said === 'off' || said === false) return 'off'
    return { keepMs: said.keep ?? LOG_DEFAULTS.keepMs, sizeBytes: said.size ?? LOG_DEFAULTS.sizeBytes }
  })
