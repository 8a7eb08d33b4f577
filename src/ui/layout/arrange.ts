import type { LayoutChoice } from '../layout-choice.ts'
import type { PanelId } from '../panels/panel-id.ts'
import type { Room, Row } from './plan.ts'

/** Fewer rows than this show nothing but a heading: with a box around them, and without one. */
const LEAST_BOXED = 4
const LEAST_OPEN = 3

/** The panels of rows, in reading order. */
export function panelsIn(rows: readonly Row[]): PanelId[] {
  return rows.flatMap(({ cells }) => cells.map(({ name }) => name))
}

/** Panels exchange places: those that `order` names stand in its order where they stood before, the others stay where they are. */
export function reordered(rows: readonly Row[], order: readonly PanelId[]): readonly Row[] {
  const there = panelsIn(rows)
  const moved = order.filter((name) => there.includes(name))
  let next = 0
  return rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => (moved.includes(cell.name) ? { ...cell, name: moved[next++] as PanelId } : cell)),
  }))
}

/** A row without its hidden panels: their columns go to the neighbour on the left, those of the first one to the right. */
function withoutHidden(row: Row, hidden: readonly PanelId[]): Row {
  const cells: { name: PanelId; columns: number }[] = []
  let spare = 0
  for (const { name, columns } of row.cells) {
    const last = cells.at(-1)
    if (!hidden.includes(name)) {
      cells.push({ name, columns: columns + spare })
      spare = 0
    } else if (last === undefined) spare += columns + row.gap
    else last.columns += columns + row.gap
  }
  return { ...row, cells }
}

/** The row that gives and takes what the others grow and shrink: the process table's, or the last one with a list, or the last. */
function elastic(rows: readonly Row[]): number {
  const names = rows.map(({ cells }) => cells.map(({ name }) => name))
  const table = names.findIndex((there) => there.includes('processes'))
  if (table >= 0) return table
  const list = names.findLastIndex((there) => there.includes('services') || there.includes('log'))
  return list >= 0 ? list : rows.length - 1
}

/** Rows taken from the others for one of them: the nearest gives first, none gets below its `floors`. Returns what was taken. */
function take(heights: number[], at: number, wanted: number, floors: readonly number[]): number {
  const others = heights.map((_, index) => index).filter((index) => index !== at)
  others.sort((a, b) => Math.abs(a - at) - Math.abs(b - at) || a - b)
  let left = wanted
  for (const index of others) {
    const given = Math.max(0, Math.min(left, (heights[index] as number) - (floors[index] as number)))
    heights[index] = (heights[index] as number) - given
    left -= given
  }
  return wanted - left
}

/** Rows that each row of panels is to be taller than its preset's, by what is wished for its panels. */
function wishesOf(rows: readonly Row[], sizes: LayoutChoice['rows'], most: number): number[] {
  return rows.map(({ cells }) => {
    const wish = cells.reduce((sum, { name }) => sum + (sizes[name] ?? 0), 0)
    return Math.max(-most, Math.min(most, wish))
  })
}

/** The rows with `wishes` added, or taken away, so that they still fill the room: one row gives and takes what the others do not keep. */
function resized(rows: readonly Row[], wishes: readonly number[], room: Room): readonly Row[] {
  const least = rows.map(() => (room.boxed ? LEAST_BOXED : LEAST_OPEN))
  const own = rows.map((row) => row.rows)
  const at = elastic(rows)
  const heights = own.map((height, index) =>
    index === at ? 0 : Math.max(least[index] as number, height + (wishes[index] as number)),
  )
  let rest = room.rows - heights.reduce((sum, height) => sum + height, 0)
  const floor = least[at] as number
  // Who grew gives back first: the room of the others is theirs.
  if (rest < floor) rest += take(heights, at, floor - rest, own)
  if (rest < floor) rest += take(heights, at, floor - rest, least)
  const wish = wishes[at] as number
  if (wish > 0) rest += take(heights, at, wish, least)
  const nearest = at > 0 ? at - 1 : 1
  if (wish < 0 && nearest < rows.length) {
    const given = Math.min(-wish, rest - floor)
    rest -= given
    heights[nearest] = (heights[nearest] as number) + given
  }
  heights[at] = rest
  return rows.map((row, index) => ({ ...row, rows: heights[index] as number }))
}

/** What a person made of a preset's rows. Nothing that is remembered can hide everything: then everything is shown. */
export function arranged(
  rows: readonly Row[],
  { hidden, order, rows: sizes }: LayoutChoice,
  room: Room,
): readonly Row[] {
  const moved = reordered(rows, order)
  const all = panelsIn(moved).every((name) => hidden.includes(name))
  // A wish for a hidden panel stays one for its row: hiding changes no heights.
  const wishes = wishesOf(moved, sizes, room.rows)
  const shown = moved
    .map((row, index) => ({ row: all ? row : withoutHidden(row, hidden), wish: wishes[index] as number }))
    .filter(({ row }) => row.cells.length > 0)
  return resized(
    shown.map(({ row }) => row),
    shown.map(({ wish }) => wish),
    room,
  )
}
