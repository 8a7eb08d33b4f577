import type { PanelId } from '../panels/panel-id.ts'

/** A row of panels between the first three rows and the footer: their columns, with `gap` empty columns between them. */
export interface Row {
  readonly rows: number
  readonly gap: number
  readonly cells: readonly { readonly name: PanelId; readonly columns: number }[]
}

/** The room between the first three rows and the footer. */
export interface Room {
  readonly columns: number
  readonly rows: number
  /** Panels have boxes around them. */
  readonly boxed: boolean
}

/** What a preset makes of a room from 80x20 on: rows that fill it. */
export type Plan = (room: Room) => readonly Row[]

const LEFT_COLUMNS = 72
const LEFT_MOST = 84
const THIRD_COLUMN_FROM = 160
const THIRD_COLUMNS = 56
/** Columns between two panels without boxes. */
const GAP = 2

/** Columns of the third panel of a row; 0 where there is no room for one. */
export function thirdColumns({ columns, boxed }: Room): number {
  return boxed && columns >= THIRD_COLUMN_FROM ? THIRD_COLUMNS : 0
}

/** Where the left panel of every row of charts ends. */
export function seamOf(room: Room): number {
  const { columns, boxed } = room
  if (!boxed) return Math.floor((columns - GAP) / 2)
  if (columns < 120) return Math.round(columns * 0.6)
  return Math.max(
    Math.round(columns * 0.42),
    Math.min(LEFT_MOST, LEFT_COLUMNS + Math.max(0, columns - thirdColumns(room) - 120)),
  )
}

/** Where the left one of two lists ends: services need more than the log does. */
export function listSeamOf(room: Room): number {
  const { columns, boxed } = room
  if (!boxed) return Math.round((columns - GAP) * 0.6)
  return thirdColumns(room) > 0 ? Math.round(columns * 0.59) : seamOf(room)
}

/** A row of one panel. */
export function one({ columns }: Room, rows: number, name: PanelId): Row {
  return { rows, gap: 0, cells: [{ name, columns }] }
}

/** A row of two panels, the first `left` columns wide. */
export function two(room: Room, rows: number, left: number, first: PanelId, second: PanelId): Row {
  const gap = room.boxed ? 0 : GAP
  return {
    rows,
    gap,
    cells: [
      { name: first, columns: left },
      { name: second, columns: room.columns - left - gap },
    ],
  }
}

/** A row of two panels at the seam; `third` beside them where there is room for it. */
export function three(room: Room, rows: number, first: PanelId, second: PanelId, third: PanelId): Row {
  const seam = seamOf(room)
  const columns = thirdColumns(room)
  if (columns === 0) return two(room, rows, seam, first, second)
  return {
    rows,
    gap: 0,
    cells: [
      { name: first, columns: seam },
      { name: second, columns: room.columns - seam - columns },
      { name: third, columns },
    ],
  }
}
