import fc, { type Arbitrary } from 'fast-check'
import { safeText } from '../../src/lib/text.ts'
import { LEVELS } from '../../src/log/decode.ts'
import { ALERT_KINDS, RECORD_STATES, RESOLUTIONS, SEVERITIES, STEPS } from '../../src/log/decode-alert.ts'
import type { AlertLine, CheckLine, EventLine, Line, MetricsLine, ProcessesLine } from '../../src/log/line.ts'
import type { Alert, AlertRecord } from '../../src/model/alert.ts'
import { CHECK_ORDER } from '../../src/model/check.ts'
import { EVENT_KINDS } from '../../src/model/event.ts'

/** Text as it enters healthtop. */
const text = fc.string({ unit: 'grapheme' }).map((raw) => safeText(raw))
/** Keys and ids are kept as they are, whatever is in them. */
const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', 'disk_used_ratio{mount="/"}'),
)
const time = fc.integer({ min: 0, max: 8_640_000_000_000_000 })
/** As it is written: six digits, or a whole number. −0 is written 0. */
const number = fc
  .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger())
  .map((value) => (Number.isInteger(value) ? value : Number(value.toPrecision(6))) + 0)
const maybe = fc.oneof(number, fc.constant(Number.NaN))
const pid = fc.nat()

const stamp = <K extends string>(kind: K) => ({ v: fc.constant(1 as const), t: time, kind: fc.constant(kind) })
/** Objects as JSON.parse makes them. */
const dictionary = <T>(value: Arbitrary<T>) => fc.dictionary(word, value, { noNullPrototype: true })
const record = <T>(members: { [P in keyof T]: Arbitrary<T[P]> }) => fc.record(members, { noNullPrototype: true })
/** Members that may be absent are absent, not undefined. */
const part = <T, K extends keyof T>(members: { [P in keyof T]: Arbitrary<T[P]> }, requiredKeys: K[]) =>
  fc.record(members, { requiredKeys, noNullPrototype: true }) as unknown

export const metricsLine = record({
  ...stamp('metrics'),
  values: dictionary(number),
}) as Arbitrary<MetricsLine>

const process = part(
  {
    pid,
    name: text,
    started_ms: time,
    memory_bytes: maybe,
    user: text,
    unit: text,
    cpu_ratio: number,
    read_bytes_per_second: number,
    write_bytes_per_second: number,
  },
  ['pid', 'name', 'started_ms', 'memory_bytes'],
)

export const processesLine = record({
  ...stamp('processes'),
  processes: fc.array(process as Arbitrary<ProcessesLine['processes'][number]>, { maxLength: 3 }),
}) as Arbitrary<ProcessesLine>

const state = fc.constantFrom(...CHECK_ORDER)

export const checkLine = part(
  {
    ...stamp('check'),
    check: text,
    state,
    since_ms: time,
    result: state,
    reason: text,
    error: text,
    began_ms: time,
    latency_s: number,
    flapping: fc.constant(true as const),
  },
  ['v', 't', 'kind', 'check', 'state', 'since_ms'],
) as Arbitrary<CheckLine>

const alert = part(
  {
    id: word,
    name: text,
    kind: fc.constantFrom(...ALERT_KINDS),
    state: fc.constantFrom('pending' as const, 'firing' as const),
    severity: fc.constantFrom(...SEVERITIES),
    series: word,
    value: maybe,
    threshold: maybe,
    direction: fc.constantFrom('above' as const, 'below' as const),
    labels: dictionary(text),
    subject: text,
    text,
    sinceMs: time,
    peak: maybe,
    rule: text,
    origin: text,
    firedMs: time,
    noDataMs: time,
    ahead: record({
      asOfMs: time,
      eta: part({ earliest: number, likely: number, latest: number }, ['earliest', 'likely']) as Arbitrary<{
        earliest: number
        likely: number
      }>,
    }),
    cause: text,
    incident: word,
    acknowledged: record({ alert: word, atMs: time, note: text }),
    silenced: part({ key: word, atMs: time, untilMs: time }, ['key', 'atMs']) as Arbitrary<{
      key: string
      atMs: number
    }>,
  },
  [
    'id',
    'name',
    'kind',
    'state',
    'severity',
    'series',
    'value',
    'threshold',
    'direction',
    'labels',
    'subject',
    'text',
    'sinceMs',
    'peak',
    'rule',
    'origin',
  ],
) as Arbitrary<Alert>

const suspect = part(
  {
    pid,
    startTicks: time,
    name: text,
    startedMs: time,
    value: maybe,
    fresh: fc.boolean(),
    user: text,
    unit: text,
    share: number,
  },
  ['pid', 'startTicks', 'name', 'startedMs', 'value', 'fresh'],
)
const change = record({
  wallMs: time,
  kind: fc.constantFrom(...EVENT_KINDS, 'jump' as const),
  subject: text,
  text,
  weight: number,
})

const alertRecord = part(
  {
    alert,
    state: fc.constantFrom(...RECORD_STATES),
    evidence: fc.array(
      record({
        atMs: time,
        moment: fc.constantFrom('pending' as const, 'peak' as const),
        suspects: fc.array(suspect as Arbitrary<AlertRecord['evidence'][number]['suspects'][number]>, {
          maxLength: 2,
        }),
        changes: fc.array(change, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    timeline: fc.array(record({ wallMs: time, step: fc.constantFrom(...STEPS), text }), { maxLength: 3 }),
    endedMs: time,
    resolution: fc.constantFrom(...RESOLUTIONS),
  },
  ['alert', 'state', 'evidence', 'timeline'],
) as Arbitrary<AlertRecord>

export const alertLine = part(
  {
    ...stamp('alert'),
    id: word,
    name: text,
    state: fc.constantFrom(...RECORD_STATES),
    severity: fc.constantFrom(...SEVERITIES),
    series: word,
    value: fc.option(number),
    threshold: maybe,
    subject: text,
    text,
    since_ms: time,
    record: alertRecord,
    cause: text,
    resolution: fc.constantFrom(...RESOLUTIONS),
  },
  [
    'v',
    't',
    'kind',
    'id',
    'name',
    'state',
    'severity',
    'series',
    'value',
    'threshold',
    'subject',
    'text',
    'since_ms',
    'record',
  ],
) as Arbitrary<AlertLine>

export const eventLine = part(
  {
    ...stamp('event'),
    event: fc.constantFrom(...EVENT_KINDS),
    level: fc.constantFrom(...LEVELS),
    subject: text,
    text,
    cause: text,
    alert: word,
    run: part({ pid, version: text, interval_ms: time, boot_id: text }, ['pid', 'version', 'interval_ms']) as Arbitrary<
      NonNullable<EventLine['run']>
    >,
  },
  ['v', 't', 'kind', 'event', 'level', 'subject', 'text'],
) as Arbitrary<EventLine>

/** Any line that can be written, as it comes back. */
export const anyLine: Arbitrary<Line> = fc.oneof(metricsLine, processesLine, checkLine, alertLine, eventLine)
