import { one, type Plan, three } from './plan.ts'

/** The four resources large, a short process list below them. */
export const charts: Plan = (room) => {
  const list = Math.max(room.boxed ? 7 : 6, Math.round(room.rows * 0.22))
  const rest = room.rows - list
  const upper = Math.ceil(rest / 2)
  return [
    three(room, upper, 'cpu', 'memory', 'ahead'),
    three(room, rest - upper, 'disks', 'network', 'pressure'),
    one(room, list, 'processes'),
  ]
}
