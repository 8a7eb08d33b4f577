import type * as z from 'zod'
import { FIELDS } from '../../lib/fields.ts'
import { safeText } from '../../lib/text.ts'

const LONGEST_NAME = 100
const SECOND = 1000
const DAY = 86_400_000

function isName(text: string): boolean {
  return text !== '' && text.length <= LONGEST_NAME && text === text.trim() && text === safeText(text)
}

const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/

const { scalar, durationIn, integer, oneOrMore, text, map } = FIELDS

const name = text('a name')
  .refine(
    isName,
    `expected a name of at most ${LONGEST_NAME} characters, without control characters and spaces around it`,
  )
  .describe('names the check for good; every check has its own')

/** Labels that people attach: to a check, to an alert. */
export const labels = map(
  scalar().transform((value) => safeText(String(value), 200)),
  'labels and their values, such as { team: web }',
)
  .refine((found) => Object.keys(found).every((label) => LABEL.test(label) && !label.startsWith('__')), {
    error: ({ input }) => {
      const wrong = Object.keys(input as object).find((label) => !LABEL.test(label) || label.startsWith('__'))
      return `expected names of letters, digits and _ that begin with no digit, got "${safeText(wrong ?? '', 60)}"`
    },
  })
  .describe('labels of the check, as in Prometheus: it is selected by them, and its series carry them')

/** Keys of a check that defaults and groups may have too. */
export const COMMON_KEYS = {
  interval: durationIn(SECOND, DAY, '1s to 1d').optional().describe('how often; 15s unless said, 1s to 1d'),
  timeout: durationIn(1, 300 * SECOND, 'at most 5m')
    .optional()
    .describe(
      'for the whole check, retries and everything it waits for included; 3s unless said, at most 5m and at most the interval',
    ),
  retries: integer(0, 10).optional().describe('further tries at once before a failure counts; 1 unless said'),
  failures: integer(1, 100).optional().describe('failures in a row before it counts as down; 2 unless said'),
  successes: integer(1, 100).optional().describe('answers in a row before it counts as up again; 1 unless said'),
  depends: oneOrMore(text('the name of a check'), 0)
    .optional()
    .describe('names of checks without which this one can tell nothing: while one is down, this one is unknown'),
  labels: labels.optional(),
} as const

/** What every check has beside its type. Which group there is, is not the schema's to say. */
export const COMMON = FIELDS.object({
  name,
  group: text('the name of a group').optional().describe('the group whose defaults it takes'),
  ...COMMON_KEYS,
})

/** Keys that every check has or may have. */
export const CHECK_KEYS: readonly string[] = ['name', 'type', ...Object.keys(COMMON.shape).slice(1)]
/** Keys that are a check's own and no default. */
export const OWN_KEYS: ReadonlySet<string> = new Set(['name', 'type', 'group'])
export type CommonSettings = z.output<typeof COMMON>
/** Keys that are merged key by key; all others are replaced. */
export const MERGED: ReadonlySet<string> = new Set(['labels', 'headers', 'env', 'expect'])
/** Common keys whose values are shown, and which therefore cannot come from a secret. */
export const SHOWN = ['name', 'type', 'group', 'depends', 'labels'] as const
