import { one, type Plan, seamOf, two } from './plan.ts'

/** The host in one row of gauges (beside what happened, where there are boxes); the process table gets everything else. */
export const processes: Plan = (room) => {
  const rows = room.boxed ? 7 : 6
  const host = room.boxed ? two(room, rows, seamOf(room), 'host', 'log') : one(room, rows, 'host')
  return [host, one(room, room.rows - rows, 'processes')]
}
