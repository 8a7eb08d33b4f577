import { listSeamOf, one, type Plan, type Room, type Row, three, two } from './plan.ts'

/** Hands out spare rows in order, each taker up to its limit; the last one takes what is left. */
function spread(spare: number, takers: readonly { key: string; most: number }[]): Record<string, number> {
  const given: Record<string, number> = {}
  let left = spare
  for (const { key, most } of takers) {
    const take = Math.max(0, Math.min(left, most))
    given[key] = (given[key] ?? 0) + take
    left -= take
  }
  return given
}

/** Rows of the bands above the processes, which get the rest. */
interface Heights {
  readonly charts: number
  readonly disks: number
  readonly services: number
}

function boxedHeights(rows: number): Heights {
  // 120x40 is home, with 36 rows for panels; below that processes give first, then services, then charts.
  const spare = spread(Math.max(0, rows - 36), [
    { key: 'processes', most: 8 },
    { key: 'charts', most: 4 },
    { key: 'services', most: 8 },
    { key: 'processes', most: rows },
  ])
  const missing = spread(Math.max(0, 36 - rows), [
    { key: 'processes', most: 5 },
    { key: 'services', most: 2 },
    { key: 'charts', most: 1 },
  ])
  const size = (key: string, home: number) => home + (spare[key] ?? 0) - (missing[key] ?? 0)
  return { charts: size('charts', 9), disks: 7, services: size('services', 8) }
}

function openHeights(rows: number): Heights {
  const spare = spread(rows - 20, [
    { key: 'processes', most: 8 },
    { key: 'charts', most: 4 },
    { key: 'disks', most: 2 },
    { key: 'services', most: 6 },
    { key: 'processes', most: rows },
  ])
  return { charts: 4 + (spare.charts ?? 0), disks: 4 + (spare.disks ?? 0), services: 5 + (spare.services ?? 0) }
}

/** Everything there is, in the look's own measures. */
export const home: Plan = (room) => {
  const { charts, disks, services } = room.boxed ? boxedHeights(room.rows) : openHeights(room.rows)
  return [
    three(room, charts, 'cpu', 'memory', 'ahead'),
    three(room, disks, 'disks', 'network', 'pressure'),
    two(room, services, listSeamOf(room), 'services', 'log'),
    one(room, room.rows - charts - disks - services, 'processes'),
  ]
}

/** One column, below 80x24: what is in every preset where there is no room for a choice. */
export function small(room: Room): readonly Row[] {
  const services = 4 + Math.min(4, Math.max(0, room.rows - 24))
  return [one(room, 6, 'host'), one(room, services, 'services'), one(room, room.rows - 6 - services, 'processes')]
}
