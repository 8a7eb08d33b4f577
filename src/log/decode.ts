import { CHECK_ORDER } from '../model/check.ts'
import { EVENT_KINDS, type LogEvent } from '../model/event.ts'
import { alertRecord, RECORD_STATES, RESOLUTIONS, SEVERITIES } from './decode-alert.ts'
import {
  type AlertLine,
  type CheckLine,
  type EventLine,
  LINE_VERSION,
  type Line,
  type LineKind,
  type LoggedProcess,
  type MetricsLine,
  type ProcessesLine,
} from './line.ts'
import { fieldsOf, finite, listOf, number, numbers, oneOf, type Typed, text, time, WRONG, word, yes } from './typed.ts'

/** A longer line is none that was written: what is recorded is cut into several before. In code units of its text. */
export const LONGEST_LINE = 1024 * 1024

export const LEVELS: readonly LogEvent['level'][] = ['event', 'ok', 'warning', 'critical', 'unknown']

const v = oneOf([LINE_VERSION])

const metrics = fieldsOf<MetricsLine>({ v, t: time, kind: oneOf(['metrics']), values: numbers }, {})

const process = fieldsOf<LoggedProcess>(
  { pid: finite, name: text, started_ms: number, memory_bytes: number },
  { user: text, unit: text, cpu_ratio: number, read_bytes_per_second: number, write_bytes_per_second: number },
)

const processes = fieldsOf<ProcessesLine>({ v, t: time, kind: oneOf(['processes']), processes: listOf(process) }, {})

const check = fieldsOf<CheckLine>(
  { v, t: time, kind: oneOf(['check']), check: text, state: oneOf(CHECK_ORDER), since_ms: time },
  { result: oneOf(CHECK_ORDER), reason: text, error: text, began_ms: time, latency_s: number, flapping: yes },
)

const alert = fieldsOf<AlertLine>(
  {
    v,
    t: time,
    kind: oneOf(['alert']),
    id: word,
    name: text,
    state: oneOf(RECORD_STATES),
    severity: oneOf(SEVERITIES),
    series: word,
    value: (value) => (value === null ? null : finite(value)),
    threshold: number,
    subject: text,
    text,
    since_ms: time,
    record: alertRecord,
  },
  { cause: text, resolution: oneOf(RESOLUTIONS) },
)

const event = fieldsOf<EventLine>(
  {
    v,
    t: time,
    kind: oneOf(['event']),
    event: oneOf(EVENT_KINDS),
    level: oneOf(LEVELS),
    subject: text,
    text,
  },
  {
    cause: text,
    alert: word,
    run: fieldsOf<NonNullable<EventLine['run']>>(
      { pid: finite, version: text, interval_ms: finite },
      { boot_id: text },
    ),
  },
)

const READERS: ReadonlyMap<unknown, Typed<Line>> = new Map<LineKind, Typed<Line>>([
  ['metrics', metrics],
  ['processes', processes],
  ['check', check],
  ['alert', alert],
  ['event', event],
])

/**
 * A line of the log, read back; undefined for whatever is none: torn or damaged text, other versions and kinds, members of other types. Members
 * that are not known are left out, text for people passes text safety again. Never throws.
 */
export function decodeLine(line: string): Line | undefined {
  if (line.length > LONGEST_LINE) return undefined
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // Not JSON: the reader counts it.
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const read = READERS.get((value as { readonly kind?: unknown }).kind)
  if (read === undefined) return undefined
  try {
    return read(value)
  } catch (error) {
    if (error !== WRONG) throw error
    return undefined
  }
}
