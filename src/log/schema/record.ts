import * as z from 'zod'
import type { Alert, AlertMoment, AlertRecord, Change, Evidence, Suspect } from '../../model/alert.ts'
import { EVENT_KINDS } from '../../model/event.ts'
import { ALERT_KINDS, RECORD_STATES, RESOLUTIONS, SEVERITIES, STEPS } from '../decode-alert.ts'
import { figure, time } from './numbers.ts'

/** What JSON makes of a type: what is not known is null. Members that may be left out are undefined to the schema library. */
export type Json<T> = T extends number
  ? number | null
  : T extends readonly (infer Item)[]
    ? readonly Json<Item>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> | undefined }
      : T

const alert: z.ZodType<Json<Alert>> = z
  .object({
    id: z.string().describe('names this alert for good: its rule, its series, since when'),
    name: z.string().describe('the rule'),
    kind: z.enum(ALERT_KINDS).describe('what the rule looks at'),
    state: z.enum(['pending', 'firing']).describe('as it was last; whether it has ended the record says'),
    severity: z.enum(SEVERITIES),
    series: z.string().describe('the series, or `check_up{…}`, or `event{event="…"}`'),
    value: figure().describe('the last value, in the unit of the metric'),
    threshold: figure().describe('the limit, in the unit of the metric'),
    direction: z.enum(['above', 'below']),
    labels: z.record(z.string(), z.string()).describe('of the series, and those the rule attaches'),
    subject: z.string().describe('what it is about, for people'),
    text: z.string().describe('what is wrong, for people'),
    sinceMs: time().describe('since when the condition holds'),
    firedMs: time().optional(),
    peak: figure().describe('the worst value'),
    noDataMs: time().optional().describe('since when its value is not known'),
    ahead: z
      .object({
        asOfMs: time(),
        eta: z.object({ earliest: figure(), likely: figure(), latest: figure().optional() }).describe('seconds'),
      })
      .optional()
      .describe('of a forecast: when the limit will be reached'),
    cause: z.string().optional().describe('who is behind it: a name and a number'),
    incident: z.string().optional().describe('the id of the first alert of its incident'),
    acknowledged: z.object({ alert: z.string(), atMs: time(), note: z.string() }).optional(),
    silenced: z.object({ key: z.string(), atMs: time(), untilMs: time().optional() }).optional(),
    rule: z.string().describe('the rule in words'),
    origin: z.string().describe('`built-in`, or where it is configured'),
  })
  .describe('the alert as it was last')

const suspect: z.ZodType<Json<Suspect>> = z.object({
  pid: z.int(),
  startTicks: figure().describe('clock ticks from the start of the machine to that of the process'),
  name: z.string(),
  user: z.string().optional(),
  unit: z.string().optional(),
  startedMs: z.int().nullable(),
  value: figure().describe('what it used: of one core, bytes, bytes a second'),
  share: figure().optional().describe('of all that was used, 0 to 1'),
  fresh: z.boolean().describe('it had started in the minute before'),
})

const change: z.ZodType<Json<Change>> = z.object({
  wallMs: time(),
  kind: z.enum([...EVENT_KINDS, 'jump']),
  subject: z.string(),
  text: z.string(),
  weight: figure().describe('how likely it has to do with the alert, 0 to 1'),
})

const evidence: z.ZodType<Json<Evidence>> = z.object({
  atMs: time(),
  moment: z.enum(['pending', 'peak']),
  suspects: z.array(suspect).describe('who used most, most first'),
  changes: z.array(change).describe('what had changed, likeliest cause first'),
})

const moment: z.ZodType<Json<AlertMoment>> = z.object({ wallMs: time(), step: z.enum(STEPS), text: z.string() })

/** All that is known of an alert, as its lines carry it. */
export const recordSchema: z.ZodType<Json<AlertRecord>> = z.object({
  alert,
  state: z.enum(RECORD_STATES),
  endedMs: time().optional(),
  resolution: z.enum(RESOLUTIONS).optional(),
  evidence: z.array(evidence).describe('of when it went pending, and of its peak'),
  timeline: z.array(moment).describe('its steps, oldest first'),
})
