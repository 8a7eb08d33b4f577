import { textWidth } from '../../lib/text.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { drawFitted } from './fitted.ts'
import type { Look } from './look.ts'
import { type Segment, segment, segmentsWidth } from './segments.ts'

const LABEL = style('dim')
const SORTED = style('accent', { bold: true })
const MARK = style('accent')
const ZERO = style('faint')

/** A column of a table. It is shown whole or not at all. */
export interface Column<Id extends string = string> {
  readonly id: Id
  readonly label: string
  /** Columns it needs; its label and its numbers fit in them. */
  readonly width: number
  /** Columns it may grow to where there is room. */
  readonly most?: number
  /** It takes the columns that are left; the value is what it gets before others grow. */
  readonly flex?: number
  readonly align?: 'left' | 'right'
  /** The column with the lowest goes first when there is no room for all. */
  readonly priority: number
  /** Empty columns between it and the next one; two unless said. */
  readonly gap?: number
}

/** A column that is shown: where its cells start and how wide they are. */
export interface Placed<Id extends string = string> {
  readonly column: Column<Id>
  readonly x: number
  readonly width: number
}

/** What stands in a cell: text, or something that paints itself into `width` cells. */
export type Cell = readonly Segment[] | ((surface: Surface, x: number, y: number, width: number) => void)

const GAP = 2

function neededBy(columns: readonly Column[]): number {
  return columns.reduce(
    (sum, column, index) => sum + column.width + (index < columns.length - 1 ? (column.gap ?? GAP) : 0),
    0,
  )
}

/** Chooses the columns that fit into `available` and hands out the rest. It depends on sizes alone, so columns never move with values. */
export function layoutColumns<Id extends string>(
  columns: readonly Column<Id>[],
  available: number,
): readonly Placed<Id>[] {
  let kept = columns
  while (kept.length > 1 && neededBy(kept) > available) {
    const least = kept.reduce((lowest, column) => (column.priority < lowest.priority ? column : lowest))
    kept = kept.filter((column) => column !== least)
  }
  let spare = available - neededBy(kept)
  const widths = kept.map((column) => column.width)
  const grow = (index: number, most: number) => {
    const more = Math.max(0, Math.min(spare, most - (widths[index] as number)))
    widths[index] = (widths[index] as number) + more
    spare -= more
  }
  for (const [index, { flex }] of kept.entries()) if (flex !== undefined) grow(index, flex)
  for (const [index, { most }] of kept.entries()) if (most !== undefined) grow(index, most)
  for (const [index, { flex }] of kept.entries()) if (flex !== undefined) grow(index, Number.MAX_SAFE_INTEGER)
  let x = 0
  return kept.map((column, index) => {
    const width = Math.max(0, Math.min(widths[index] as number, available - x))
    const placed = { column, x, width }
    x += width + (column.gap ?? GAP)
    return placed
  })
}

function labelX({ column, x, width }: Placed): number {
  return column.align === 'right' ? x + width - textWidth(column.label) : x
}

const labelStyle = (placed: Placed, sorted: string | undefined) => (placed.column.id === sorted ? SORTED : LABEL)

/** The heading row; the label of the sorted column stands out. */
export function drawLabels(surface: Surface, y: number, placed: readonly Placed[], look: Look, sorted?: string): void {
  for (const item of placed) {
    const x = labelX(item)
    drawFitted(surface, x, y, [segment(item.column.label, labelStyle(item, sorted))], item.x + item.width - x, look)
  }
}

/** The labels for the rule of a panel without a heading row. Labels next to each other become one, so that none is in the other's way. */
export function ruleLabels(
  placed: readonly Placed[],
  sorted?: string,
): readonly { readonly x: number; readonly segments: readonly Segment[] }[] {
  const labels: { x: number; end: number; segments: Segment[] }[] = []
  for (const item of placed) {
    if (item.column.label === '') continue
    const x = labelX(item)
    const own = segment(item.column.label, labelStyle(item, sorted))
    const last = labels.at(-1)
    if (last !== undefined && x - last.end < 2) {
      last.segments.push(segment(' '.repeat(Math.max(1, x - last.end))), own)
      last.end = x + textWidth(item.column.label)
    } else labels.push({ x, end: x + textWidth(item.column.label), segments: [own] })
  }
  return labels
}

/** One row: every cell cut to its column, right-aligned ones at its right end. */
export function drawCells<Id extends string>(
  surface: Surface,
  y: number,
  placed: readonly Placed<Id>[],
  look: Look,
  cellOf: (id: Id) => Cell,
): void {
  for (const { column, x, width } of placed) {
    const cell = cellOf(column.id)
    if (typeof cell === 'function') {
      cell(surface, x, y, width)
      continue
    }
    const free = column.align === 'right' ? Math.max(0, width - segmentsWidth(cell)) : 0
    drawFitted(surface, x + free, y, cell, width - free, look)
  }
}

/**
 * Marks a row of a panel as selected: a background from side to side and a mark at the left edge. `surface` is the whole panel's,
 * `y` the row on it; call it after the row was painted.
 */
export function drawSelection(surface: Surface, y: number, look: Look): void {
  const side = look.boxed ? 1 : 0
  surface.put(side, y, look.glyphs.selection, MARK)
  surface.highlight(y, 'selected', side, surface.columns - 2 * side)
}

/** A cell for nothing: a faint dot, so that the eye sees the column goes on. */
export function zeroCell(look: Look): readonly Segment[] {
  return [segment(look.glyphs.zero, ZERO)]
}
