import { DIALOG_SIDES } from './dialog-size.ts'

/** How the cores of a machine stand in a dialog. */
export interface CoreGrid {
  /** Columns of one core: bar, mark, space, number, space. */
  readonly cell: number
  /** Cores in a row. */
  readonly across: number
  readonly rows: number
}

/** The dialog of few cores is as wide as the others. */
const USUAL = 62
const FEW = 64
const BESIDE_NUMBER = 4

/** Rows of 16, 8, 4 … cores, as many as fit, so that their numbers are easily found. `columns` are the screen's. */
export function coreGrid(there: readonly number[], columns: number): CoreGrid {
  const cell = BESIDE_NUMBER + String(Math.max(0, ...there)).length
  const room = columns - DIALOG_SIDES
  const width = there.length <= FEW ? Math.min(USUAL, room) : room
  const across = [16, 8, 4, 2].find((count) => count * cell <= width && (there.length > FEW || count <= 8)) ?? 1
  return { cell, across, rows: Math.ceil(there.length / across) }
}
