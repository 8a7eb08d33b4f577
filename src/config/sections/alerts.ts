import * as z from 'zod'
import { FIELDS, got } from '../../lib/fields.ts'
import { nearest } from '../../lib/nearest.ts'
import { metricNamed, VALUE_METRICS } from '../../model/catalogue/named.ts'
import { EVENT_KINDS, type EventKind } from '../../model/event.ts'
import { labels as labelsOfChecks } from '../checks/common.ts'

const LONGEST_NAME = 60
/** No spaces: it is the first word of an alert's id, and of what is searched for in the log. */
const NAME = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/
const DAY = 86_400_000

const { object, text, scalar, map, oneOf, boolean, durationIn, durationUpTo } = FIELDS

/** What a rule can look for among events: an alert on alerts would set itself off. */
export const ALERT_EVENTS: readonly Exclude<EventKind, 'alert'>[] = EVENT_KINDS.filter((kind) => kind !== 'alert')
/** States that a rule can look for, of checks and of processes. */
export const CHECK_STATES = ['down', 'degraded', 'flapping', 'unknown'] as const
export const PROCESS_STATES = ['gone', 'restarting'] as const

/** Of a name that there is not, the one that was meant. */
function choice(choices: readonly string[], wrong: (said: unknown) => string) {
  return z.enum(choices as readonly [string, ...string[]], { error: ({ input }) => wrong(input) })
}

function noEvent(said: unknown): string {
  if (said === 'alert') return 'expected what happens, got "alert": an alert on alerts would set itself off'
  const meant = typeof said === 'string' ? nearest(said.toLowerCase(), ALERT_EVENTS) : undefined
  return meant === undefined
    ? `expected one of ${ALERT_EVENTS.join(', ')}, got ${got(said)}`
    : `there is no event ${got(said)}; did you mean ${meant}?`
}

function noMetric(said: unknown): string {
  if (typeof said !== 'string') return `expected the name of a metric such as disk_used_ratio, got ${got(said)}`
  const braces = said.indexOf('{')
  if (braces > 0)
    return `expected the name of a metric alone, got ${got(said)}; its labels stand in where: { mount: / }`
  const found = metricNamed(said)
  if (!('wrong' in found)) return `expected the name of a metric, got ${got(said)}`
  return found.wrong === 'unknown' ? `there is no metric ${got(said)}; ${found.instead}` : found.instead
}

/** How it reads depends on the unit of the metric. */
const value = () =>
  z.union([z.string(), z.number()], {
    error: ({ input }) => `expected a value such as 90%, 2GiB, 500ms or 80, got ${got(input)}`,
  })

/** The keys of an alert rule. Which of them belong together is told by `alerts/rule.ts`. */
export const ALERT = object({
  name: text('a name')
    .regex(NAME, {
      error: ({ input }) => `expected a name of letters, digits, - _ and ., such as disk-filling, got ${got(input)}`,
    })
    .max(LONGEST_NAME, `expected a name of at most ${LONGEST_NAME} characters`)
    .describe('names the rule for good; one with the name of a built-in rule replaces it'),
  metric: choice(VALUE_METRICS, noMetric).optional().describe('looks at the series of this metric (docs/metrics.md)'),
  where: map(scalar().transform(String), 'labels and their values, such as { mount: / }')
    .optional()
    .describe('only at series that have these labels'),
  above: value().optional().describe('wrong above this, in the unit of the metric: 90%, 2GiB, 40MB/s, 500ms, 80'),
  below: value().optional().describe('wrong below this'),
  outside: z
    .tuple([value(), value()], {
      error: ({ input }) =>
        `expected a lower and an upper limit such as [10%, 90%], got ${Array.isArray(input) ? `a list of ${input.length}` : got(input)}`,
    })
    .optional()
    .describe('wrong below the first and above the second'),
  absent: boolean().optional().describe('true: wrong while no such series has a value'),
  clear: value().optional().describe('of above and below: over only past this value; the limit itself unless said'),
  reaches: value().optional().describe('wrong while the forecast says that this is reached within that time'),
  within: durationIn(60_000, 365 * DAY, '1m to 365d')
    .optional()
    .describe('of reaches: how far ahead'),
  check: z
    .union([text('a check'), map(scalar().transform(String), 'labels')], {
      error: ({ input }) => `expected the name of a check, labels such as { team: web }, or all, got ${got(input)}`,
    })
    .optional()
    .describe('looks at this check, at checks with these labels, or at all'),
  process: text('the name of a process, or all')
    .optional()
    .describe('looks at a process that is watched, or that a check of the type process is for, by name; or at all'),
  is: oneOf(...CHECK_STATES, ...PROCESS_STATES)
    .optional()
    .describe('the state that is wrong: of a check down unless said, of a process gone'),
  event: choice(ALERT_EVENTS, noEvent).optional().describe('looks for something that happens'),
  subject: text('what it is about')
    .optional()
    .describe('of an event: only where it is about this, such as eth0 or /var'),
  for: durationUpTo(7 * DAY, 'at most 7d')
    .optional()
    .describe('how long it has to hold before it fires; 0s unless said'),
  keep: durationUpTo(7 * DAY, 'at most 7d')
    .optional()
    .describe('how long it fires on once it has cleared; 0s unless said, of an event 10m'),
  severity: oneOf('warning', 'critical').optional().describe('how bad it is; warning unless said'),
  labels: labelsOfChecks.optional().describe('labels that are attached to the alert, as in Prometheus'),
  message: text('a text').optional().describe('what the alert says, with {value} and the like in it (docs/alerts.md)'),
  enabled: boolean()
    .optional()
    .describe('false: the rule does not count, and neither does the built-in one of its name'),
})

export type AlertKeys = z.output<typeof ALERT>
export type AlertKey = keyof AlertKeys
