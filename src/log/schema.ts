import * as z from 'zod'
import { CHECK_ORDER } from '../model/check.ts'
import { EVENT_KINDS } from '../model/event.ts'
import { LEVELS } from './decode.ts'
import { RECORD_STATES, RESOLUTIONS, SEVERITIES } from './decode-alert.ts'
import {
  type AlertLine,
  type CheckLine,
  type EventLine,
  LINE_VERSION,
  type LineKind,
  type MetricsLine,
  type ProcessesLine,
} from './line.ts'
import { figure, time } from './schema/numbers.ts'
import { type Json, recordSchema } from './schema/record.ts'

/** The members of every line. */
const stamped = <const K extends LineKind>(kind: K) => ({
  v: z.literal(LINE_VERSION).describe('the version of the lines'),
  t: time().describe('Unix milliseconds'),
  kind: z.literal(kind),
})

const metrics = z
  .object({
    ...stamped('metrics'),
    values: z.record(z.string(), z.number()).describe('by series, in base units; what is not known is left out'),
  })
  .describe(
    'what was measured, every ten seconds: rates and shares as the mean over them, levels as they were last; series of checks once a minute',
  )

const processes = z
  .object({
    ...stamped('processes'),
    processes: z
      .array(
        z.object({
          pid: z.int(),
          name: z.string(),
          user: z.string().optional(),
          unit: z.string().optional().describe('of systemd'),
          started_ms: z.int().nullable().describe('Unix milliseconds'),
          cpu_ratio: figure().optional().describe('of one core'),
          memory_bytes: figure().describe('resident'),
          read_bytes_per_second: figure().optional(),
          write_bytes_per_second: figure().optional(),
        }),
      )
      .describe('at most twenty'),
  })
  .describe('the processes that led in CPU, memory, reading or writing, every ten seconds')

const check = z
  .object({
    ...stamped('check'),
    check: z.string().describe('its name'),
    state: z.enum(CHECK_ORDER).describe('what it counts as'),
    since_ms: time().describe('since when, Unix milliseconds'),
    result: z.enum(CHECK_ORDER).optional().describe('what this look found, where that is something else'),
    reason: z.string().optional().describe('one word; of the result where there is one, else of the state'),
    error: z.string().optional().describe('the sentence to it'),
    began_ms: time()
      .optional()
      .describe('when this look began; absent where the state turned without one, as what it depends on did'),
    latency_s: figure().optional().describe('seconds the answer took'),
    flapping: z.literal(true).optional(),
  })
  .describe(
    'a result of a check that says something new, and one a minute that does not; a state that turned without one',
  )

const alert = z
  .object({
    ...stamped('alert'),
    id: z.string().describe('names the alert for good; its last line tells all of it'),
    name: z.string().describe('the rule'),
    state: z.enum(RECORD_STATES),
    severity: z.enum(SEVERITIES),
    series: z.string(),
    value: figure().describe('in the unit of the metric'),
    threshold: figure().describe('in the unit of the metric'),
    subject: z.string().describe('what it is about, for people'),
    text: z.string().describe('what is wrong, for people'),
    since_ms: time().describe('since when its condition holds, Unix milliseconds'),
    cause: z.string().optional().describe('who is behind it: a name and a number'),
    resolution: z.enum(RESOLUTIONS).optional().describe('why it ended'),
    record: recordSchema.describe('all that is known of it then: the alert, its evidence, its timeline'),
  })
  .describe('a step in the life of an alert: it fires, is acknowledged, ends')

const event = z
  .object({
    ...stamped('event'),
    event: z.enum(EVENT_KINDS),
    level: z
      .enum(LEVELS)
      .describe('`event` for what merely happened, else the severity it turned to; `ok` is well again'),
    subject: z.string().describe('what it is about, for people'),
    text: z.string().describe('what happened, for people'),
    cause: z.string().optional(),
    alert: z.string().optional().describe('the id of the alert it belongs to'),
    run: z
      .object({
        pid: z.int(),
        boot_id: z.string().optional().describe('another one than before: the machine was started anew'),
        version: z.string().describe('of healthtop'),
        interval_ms: z.number().describe('milliseconds between two measurements'),
      })
      .optional()
      .describe('of `started`: the run that begins'),
  })
  .describe('something that happened')

/** The lines of the log, as people's programs may rely on them. */
export const LINE_SCHEMAS = { metrics, processes, check, alert, event } satisfies {
  metrics: z.ZodType<Json<MetricsLine>>
  processes: z.ZodType<Json<ProcessesLine>>
  check: z.ZodType<Json<CheckLine>>
  alert: z.ZodType<Json<AlertLine>>
  event: z.ZodType<Json<EventLine>>
}

/** A line of any kind. */
export const lineSchema = z.discriminatedUnion('kind', [metrics, processes, check, alert, event])

/** The JSON Schema of a line. Later versions may add members. Source: JSON Schema 2020-12. */
export function logJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(lineSchema, { io: 'input' }),
    title: 'healthtop log',
    description: 'A line of the log of healthtop.',
  }
}
