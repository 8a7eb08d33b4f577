import { textWidth } from '../../../lib/text.ts'
import { wrapped } from '../../../lib/wrapped.ts'
import type { Look } from '../../paint/look.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import { type Column, layoutColumns } from '../../paint/table.ts'
import { type Style, style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { listRows, paintList } from '../list.ts'
import type { PanelView } from '../panel.ts'

const DIM = style('dim')
const TEXT = style('text')
const LEAST_NAME = 9
const MOST_NAME = 28
const LEAST_VALUE = 8

/** Something named that is known: a fact, a header field. */
export interface NamedLine {
  readonly name: string
  readonly value: string
  /** `text` unless said. */
  readonly valueStyle?: Style
}

type Id = 'name' | 'value'

/** A panel that is a list of names and values. */
export interface NamedList {
  readonly key: string
  readonly title: string
  readonly headlines?: readonly (readonly Segment[])[]
  readonly lines: readonly NamedLine[]
  readonly sentence?: string | undefined
}

function columnsFor(lines: readonly NamedLine[]): readonly Column<Id>[] {
  const longest = Math.max(LEAST_NAME, ...lines.map(({ name }) => textWidth(name)))
  return [
    { id: 'name', label: '', width: Math.min(LEAST_NAME, longest), most: Math.min(MOST_NAME, longest), priority: 1 },
    { id: 'value', label: '', width: LEAST_VALUE, flex: 24, priority: 2 },
  ]
}

/** Columns that values have in a content of some width. */
export function valueColumns(lines: readonly NamedLine[], columns: number): number {
  return layoutColumns(columnsFor(lines), columns).find(({ column }) => column.id === 'value')?.width ?? columns
}

/** Lines whose values are too long go on below, without their names. */
export function unabridged(lines: readonly NamedLine[], columns: number): readonly NamedLine[] {
  const room = valueColumns(lines, columns)
  return lines.flatMap((line) =>
    wrapped(line.value, room).map((value, index) => ({ ...line, name: index === 0 ? line.name : '', value })),
  )
}

/** In full the values are unabridged. */
function shownLines(
  lines: readonly NamedLine[],
  surface: { readonly columns: number },
  look: Look,
  full: boolean,
): readonly NamedLine[] {
  return full ? unabridged(lines, contentColumns(surface, look)) : lines
}

export function paintNamed(surface: Surface, list: NamedList, look: Look, view: PanelView): void {
  const { lines, ...rest } = list
  paintList(
    surface,
    {
      ...rest,
      columns: columnsFor(lines),
      bare: true,
      rows: shownLines(lines, surface, look, view.full),
      cell: (id, line) => (id === 'name' ? [segment(line.name, DIM)] : [segment(line.value, line.valueStyle ?? TEXT)]),
    },
    look,
    view,
  )
}

/** For `Panel.rows`. */
export function namedRows(
  lines: readonly NamedLine[],
  surface: { readonly columns: number; readonly rows: number },
  look: Look,
  full: boolean,
): { total: number; visible: number } {
  return listRows(shownLines(lines, surface, look, full).length, surface, look, { bare: true })
}

/** Columns that the content of a panel has. */
export function contentColumns(surface: { readonly columns: number }, { boxed }: Look): number {
  return Math.max(0, surface.columns - (boxed ? 4 : 2))
}
