import { HOUR_MS } from '../files.ts'
import type { AlertLine, Line, LineKind } from '../line.ts'
import { createAlertMerge } from './alert-merge.ts'

/** What each sort of lines may take of `log.size` in one hour: so the hour that goes on, which is never dropped, is not more than all of it. */
const SHARES = { measured: 1 / 2, told: 1 / 4, alerts: 1 / 4 } as const
type Sort = keyof typeof SHARES

const SORT: Readonly<Record<LineKind, Sort>> = {
  metrics: 'measured',
  processes: 'measured',
  check: 'told',
  event: 'told',
  alert: 'alerts',
}

/** What of an hour's lines is written, so that one hour alone does not pass `log.size`. */
export interface HourLimit {
  /** What has to be written of a line now: it, or nothing, for it is left out or waits. Each that is given is written. */
  fitted(line: Line, file: string, wallMs: number): Line | undefined
  /** Lines that have waited and for which there is room now; all of them with `last`. */
  waited(file: string, wallMs: number, last?: 'last'): Generator<Line>
  /** So many bytes of this kind will be written to the file that was named last. */
  took(kind: LineKind, bytes: number): void
  /** A file had so much in it already that this writer did not write. */
  found(file: string, bytes: number): void
  /** Lines that were left out. */
  readonly leftOut: number
}

/**
 * Half of a share is free, the other half comes with the time of the hour: after a storm at its beginning there is room again. What is
 * measured, what happens, and alerts have shares of their own: none takes the others'. Past their share alerts are written in brief, without
 * evidence and timeline, which are most of them: at once what was not yet in this hour; of what comes again and again the last line, as there
 * is room. What was there before a restart within the hour counts as shared out.
 */
export function createHourLimit(sizeBytes: number, beganMs: number): HourLimit {
  const alerts = createAlertMerge(beganMs)
  let current = ''
  let taken: Record<Sort, number> = { measured: 0, told: 0, alerts: 0 }
  /** Of one moment all that is measured is written, or nothing. */
  let moment: { readonly t: number; readonly fits: boolean } | undefined
  let leftOut = 0

  function turnTo(file: string): void {
    if (file === current) return
    current = file
    taken = { measured: 0, told: 0, alerts: 0 }
    moment = undefined
    alerts.nextHour()
  }

  function hasRoom(sort: Sort, wallMs: number): boolean {
    const elapsed = (wallMs % HOUR_MS) / HOUR_MS
    return taken[sort] < (sizeBytes * SHARES[sort] * (1 + elapsed)) / 2
  }

  function fits(line: Line, wallMs: number): boolean {
    if (SORT[line.kind] === 'told') return isNeeded(line) || hasRoom('told', wallMs)
    if (moment?.t !== line.t) moment = { t: line.t, fits: hasRoom('measured', wallMs) }
    return moment.fits
  }

  function fittedAlert(line: AlertLine, wallMs: number): AlertLine | undefined {
    const fits = hasRoom('alerts', wallMs)
    if (alerts.waits(line) || (!fits && alerts.known(line))) {
      alerts.hold(line)
      return undefined
    }
    alerts.wrote(line)
    return fits ? line : inBrief(line)
  }

  return {
    fitted(line, file, wallMs) {
      turnTo(file)
      if (line.kind === 'alert') return fittedAlert(line, wallMs)
      if (fits(line, wallMs)) return line
      leftOut++
      return undefined
    },
    *waited(file, wallMs, last) {
      turnTo(file)
      while (last !== undefined || hasRoom('alerts', wallMs)) {
        const line = alerts.next()
        if (line === undefined) return
        alerts.wrote(line)
        yield inBrief(line)
      }
    },
    took(kind, bytes) {
      taken[SORT[kind]] += bytes
    },
    found(file, bytes) {
      if (file !== current) return
      for (const sort of Object.keys(SHARES) as Sort[]) taken[sort] += bytes * SHARES[sort]
    },
    get leftOut() {
      return leftOut + alerts.replaced
    },
  }
}

/** Where runs begin and end, and how the log itself is doing, no storm makes less of. */
function isNeeded(line: Line): boolean {
  return line.kind === 'event' && (line.event === 'started' || line.event === 'ended' || line.event === 'log')
}

function inBrief(line: AlertLine): AlertLine {
  return { ...line, record: { ...line.record, evidence: [], timeline: line.record.timeline.slice(-1) } }
}
