import { listSeamOf, one, type Plan, three, two } from './plan.ts'

/** What this machine serves and what happened to it, large; the host in gauges above, a short process list below. */
export const services: Plan = (room) => {
  const host = room.boxed ? 7 : 6
  const rest = room.rows - host
  const list = Math.max(room.boxed ? 7 : 5, Math.round(rest * 0.3))
  return [
    room.boxed ? three(room, host, 'host', 'network', 'pressure') : one(room, host, 'host'),
    two(room, rest - list, listSeamOf(room), 'services', 'log'),
    one(room, list, 'processes'),
  ]
}
