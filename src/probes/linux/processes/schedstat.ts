import { Cursor } from '../../../lib/decimal.ts'

/** Of one thread since it started, in nanoseconds. */
export interface RunTimes {
  readonly ran: number
  /** It could have run, and waited for a core. */
  readonly waited: number
}

/** /proc/PID/schedstat, kernel doc scheduler/sched-stats: time on a core, time on a run queue. Undefined when the bytes are no such line. */
export function parseSchedstat(bytes: Uint8Array): RunTimes | undefined {
  const cursor = new Cursor(bytes)
  const ran = cursor.integer()
  const waited = cursor.integer()
  return Number.isNaN(ran + waited) ? undefined : { ran, waited }
}
