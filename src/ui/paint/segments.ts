import { textWidth } from '../../lib/text.ts'
import type { Quantity } from '../../lib/units.ts'
import type { Style } from '../screen/style.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'

/** A piece of text and how it looks; lines with several looks are lists of them. */
export interface Segment {
  readonly text: string
  readonly style: Style
}

const TEXT = style('text')
const DIM = style('dim')

/** A segment of one look. */
export function segment(text: string, packed: Style = TEXT): Segment {
  return { text, style: packed }
}

/** A quantity: the figure in `packed`, its unit dim after one space. */
export function quantity({ figure, unit }: Quantity, packed: Style = TEXT): Segment[] {
  return unit === '' ? [segment(figure, packed)] : [segment(figure, packed), segment(` ${unit}`, DIM)]
}

/** Columns that segments take. */
export function segmentsWidth(segments: readonly Segment[]): number {
  return segments.reduce((sum, part) => sum + textWidth(part.text), 0)
}

/** Draws segments from a cell rightwards, cut at `columns`. Returns the columns used. */
export function drawSegments(
  surface: Surface,
  x: number,
  y: number,
  segments: readonly Segment[],
  columns: number = surface.columns - x,
): number {
  let used = 0
  for (const part of segments) used += surface.text(x + used, y, part.text, part.style, columns - used)
  return used
}

/** Draws segments so that they end before column `right` (exclusive). Nothing is drawn when they do not fit right of `left`. */
export function drawRight(
  surface: Surface,
  right: number,
  y: number,
  segments: readonly Segment[],
  left = 0,
): number | undefined {
  const x = right - segmentsWidth(segments)
  if (x < left) return undefined
  drawSegments(surface, x, y, segments)
  return x
}
