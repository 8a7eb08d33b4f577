import type { Alert, AlertMoment, AlertRecord, Evidence, Resolution } from '../../model/alert.ts'

/** Older ones are in the log, not in memory; those that still fire are never dropped. */
const MOST_RECORDS = 500
const MOST_MOMENTS = 50
/** The beginning of a long life is kept: pending and firing. */
const BEGINNING = 2

/** Alerts that fired, newest first. */
export class Records {
  #byId = new Map<string, AlertRecord>()
  /** Oldest first, as they came. */
  #list: readonly AlertRecord[] | undefined

  /** Newest first; the same list until something changes, so that a frame keeps the one it was given. */
  get list(): readonly AlertRecord[] {
    this.#list ??= [...this.#byId.values()].reverse()
    return this.#list
  }

  get(id: string): AlertRecord | undefined {
    return this.#byId.get(id)
  }

  /** Replaces all of them, newest first. */
  set(list: readonly AlertRecord[]): void {
    this.#byId = new Map([...list].reverse().map((record) => [record.alert.id, record]))
    this.#list = list
  }

  /** Begins a record, or replaces the one there is. */
  put(record: AlertRecord): void {
    const { size } = this.#byId
    this.#byId.set(record.alert.id, record)
    this.#list = undefined
    // In a storm all of them fire, with other values each second: none is looked for that could go.
    if (this.#byId.size > MOST_RECORDS && (this.#byId.size > size || record.state === 'resolved')) this.#drop()
  }

  /** The alert as it is now, where that is another object; evidence where there is more. */
  update(alert: Alert, evidence: readonly Evidence[]): void {
    const record = this.#byId.get(alert.id)
    if (record === undefined || (record.alert === alert && record.evidence === evidence)) return
    this.put({ ...record, alert, state: alert.state, evidence })
  }

  step(id: string, moment: AlertMoment): void {
    const record = this.#byId.get(id)
    if (record !== undefined) this.put({ ...record, timeline: withMoment(record.timeline, moment) })
  }

  close(id: string, endedMs: number, resolution: Resolution, text: string): void {
    const record = this.#byId.get(id)
    if (record === undefined || record.state === 'resolved') return
    const timeline = withMoment(record.timeline, { wallMs: endedMs, step: 'resolved', text })
    this.put({ ...record, state: 'resolved', endedMs, resolution, timeline })
  }

  /** The oldest that are over. */
  #drop(): void {
    for (const [id, { state }] of this.#byId) {
      if (this.#byId.size <= MOST_RECORDS) return
      if (state === 'resolved') this.#byId.delete(id)
    }
  }
}

/** A long life keeps its beginning and its newest steps. */
export function withMoment(timeline: readonly AlertMoment[], moment: AlertMoment): readonly AlertMoment[] {
  if (timeline.length < MOST_MOMENTS) return [...timeline, moment]
  const begun = timeline.slice(0, BEGINNING)
  return [...begun, ...timeline.slice(BEGINNING + 1 + timeline.length - MOST_MOMENTS), moment]
}
