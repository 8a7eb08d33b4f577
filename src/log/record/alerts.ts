import type { Alert, AlertRecord } from '../../model/alert.ts'
import type { Frame } from '../../model/frame.ts'
import { type AlertLine, LINE_VERSION } from '../line.ts'

/** A new peak, or evidence taken at one, is written at most this often: a value that climbs has one a second. */
const PEAK_MS = 60_000

/** What was recorded of an alert last, and the record as it was looked at last. */
interface Said {
  readonly seen: AlertRecord
  readonly step: string
  readonly detail: string
  readonly monoMs: number
}

type Told = Pick<Frame, 'records' | 'alerts' | 'monoMs'>

/** Finds the records that have to be written: all of a record at each step of its alert's life, from firing on. */
export interface AlertsWatch {
  /** Oldest first. They count as written then. */
  fresh(frame: Told): readonly AlertRecord[]
  /** Records that will be in frames from now on and are written already. */
  know(records: readonly AlertRecord[]): void
}

export function createAlertsWatch(): AlertsWatch {
  const said = new Map<string, Said>()
  let before: Pick<Told, 'records' | 'alerts'> | undefined
  /** Some record has to wait for its minute. */
  let waiting = false

  /** Whether a record says something that was not written. */
  function isFresh(record: AlertRecord, monoMs: number): boolean {
    const { id } = record.alert
    const known = said.get(id)
    if (known !== undefined && isSameLife(known.seen, record)) return false
    const step = stepOf(record)
    const detail = detailOf(record)
    if (known?.step === step) {
      if (known.detail === detail) {
        said.set(id, { ...known, seen: record })
        return false
      }
      if (monoMs - known.monoMs < PEAK_MS) {
        waiting = true
        return false
      }
    }
    said.set(id, { seen: record, step, detail, monoMs })
    return true
  }

  return {
    fresh({ records, alerts, monoMs }) {
      if (!waiting && before?.records === records && before.alerts === alerts) return []
      before = { records, alerts }
      waiting = false
      const found: AlertRecord[] = []
      const present = new Set<string>()
      const look = (record: AlertRecord) => {
        present.add(record.alert.id)
        if (isFresh(record, monoMs)) found.push(record)
      }
      for (const record of records) if (hasFired(record)) look(record)
      for (const alert of alerts) if (alert.state === 'firing' && !present.has(alert.id)) look(recordOf(alert))
      for (const [id, { seen }] of said) {
        if (present.has(id)) continue
        said.delete(id)
        // The frame has the newest records only: of older ones it tells that they fire, then nothing.
        if (seen.state !== 'resolved') found.push({ ...seen, state: 'resolved' })
      }
      return found.reverse()
    },
    know(records) {
      for (const record of records) if (hasFired(record)) isFresh(record, Number.NEGATIVE_INFINITY)
    },
  }
}

function hasFired({ alert }: AlertRecord): boolean {
  return alert.firedMs !== undefined
}

/** Whether nothing but its value is different, as it is each second. */
function isSameLife(a: AlertRecord, b: AlertRecord): boolean {
  return (
    a === b ||
    (a.state === b.state &&
      a.timeline === b.timeline &&
      a.evidence === b.evidence &&
      a.alert.acknowledged === b.alert.acknowledged &&
      a.alert.silenced === b.alert.silenced &&
      a.alert.noDataMs === b.alert.noDataMs &&
      a.alert.incident === b.alert.incident)
  )
}

/** What is known of an alert that fires and has no record in the frame. */
function recordOf(alert: Alert): AlertRecord {
  const { firedMs = alert.sinceMs, text } = alert
  return { alert, state: 'firing', evidence: [], timeline: [{ wallMs: firedMs, step: 'firing', text }] }
}

/** Where an alert stands in its life. Its value, which changes all the time, is no step. */
function stepOf({ alert, state, resolution, timeline }: AlertRecord): string {
  const last = timeline.findLast(({ step }) => step !== 'peak')
  const { acknowledged, silenced, noDataMs, incident } = alert
  return [
    state,
    resolution,
    last?.wallMs,
    last?.step,
    acknowledged?.atMs,
    acknowledged?.note,
    silenced?.atMs,
    silenced?.untilMs,
    noDataMs,
    incident,
  ].join('\n')
}

/** What comes with peaks. */
function detailOf({ evidence, timeline }: AlertRecord): string {
  return [timeline.length, timeline.at(-1)?.wallMs, evidence.length, evidence.at(-1)?.atMs].join('\n')
}

/** `wallMs`: when it is written. */
export function alertLine(record: AlertRecord, wallMs: number): AlertLine {
  const { alert, state, resolution } = record
  const { id, name, severity, series, value, threshold, subject, text, sinceMs, cause } = alert
  return {
    v: LINE_VERSION,
    t: wallMs,
    kind: 'alert',
    id,
    name,
    state,
    severity,
    series,
    value: Number.isFinite(value) ? value : null,
    threshold,
    subject,
    text,
    since_ms: sinceMs,
    ...(cause !== undefined && { cause }),
    ...(resolution !== undefined && { resolution }),
    record,
  }
}
