import { drawFitted } from '../paint/fitted.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import {
  type Cell,
  type Column,
  drawCells,
  drawLabels,
  drawSelection,
  layoutColumns,
  ruleLabels,
} from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { PanelView } from './panel.ts'

const DIM = style('dim')

/** A panel that is a table of rows that can be scrolled. */
export interface PanelList<Id extends string, Row> {
  readonly key: string
  readonly title: string
  readonly note?: readonly Segment[]
  readonly headlines?: readonly (readonly Segment[])[]
  readonly columns: readonly Column<Id>[]
  /** Columns have no labels: what stands in them is plain. */
  readonly bare?: boolean
  readonly rows: readonly Row[]
  readonly cell: (id: Id, row: Row) => Cell
  /** Stands in place of rows. */
  readonly sentence?: string | undefined
  /** The last row of the content, below the list: a sum, a conclusion. */
  readonly last?: ((surface: Surface, y: number) => void) | undefined
}

/** What of a panel's rows the parts around the list take, and what is left to it. */
interface Room {
  readonly heading: number
  readonly list: number
  /** Rows below the list: how many more there are, and the last row. */
  readonly more: boolean
  readonly last: boolean
}

/** A last row needs a list of some rows above it. */
const LAST_FROM = 3

function roomOf(
  content: number,
  total: number,
  look: Look,
  { bare = false, last }: { bare?: boolean; last?: boolean },
): Room {
  const heading = look.boxed && !bare ? 1 : 0
  const withLast = last === true && content - heading - 1 >= LAST_FROM
  const room = Math.max(0, content - heading - (withLast ? 1 : 0))
  const more = look.boxed && total > room && room > 1
  return { heading, list: more ? room - 1 : room, more, last: withLast }
}

/** How many rows of a list a panel of some height shows; for `Panel.rows`. */
export function listRows(
  total: number,
  surface: { readonly rows: number },
  look: Look,
  around: { readonly bare?: boolean; readonly last?: boolean } = {},
): { total: number; visible: number } {
  const content = Math.max(0, surface.rows - (look.boxed ? 2 : 1))
  return { total, visible: roomOf(content, total, look, around).list }
}

/** Paints the list: its labels (in the rule where there are no boxes), the rows from the view's offset on, the selection, and `8 more`. */
export function paintList<Id extends string, Row>(
  surface: Surface,
  list: PanelList<Id, Row>,
  look: Look,
  view: Pick<PanelView, 'focused' | 'selected' | 'offset'>,
): void {
  surface.clear()
  const { rows, bare = false, sentence } = list
  const inset = look.boxed ? 2 : 1
  const placed = layoutColumns(list.columns, Math.max(0, surface.columns - 2 * inset))
  const { content } = drawFrame(surface, look, {
    key: list.key,
    title: list.title,
    focused: view.focused,
    ...(list.note && { note: list.note }),
    ...(list.headlines && { headlines: list.headlines }),
    labels: look.boxed || bare ? [] : ruleLabels(placed),
  })
  if (sentence !== undefined) {
    drawFitted(content, 0, 0, [segment(sentence, DIM)], content.columns, look)
    return
  }
  const room = roomOf(content.rows, rows.length, look, { bare, last: list.last !== undefined })
  if (room.heading > 0) drawLabels(content, 0, placed, look)
  const offset = Math.max(0, Math.min(view.offset, rows.length - room.list))
  const selected = Math.min(view.selected, rows.length - 1)
  const area = content.area(0, room.heading, content.columns, room.list)
  for (const [index, row] of rows.slice(offset, offset + room.list).entries()) {
    drawCells(area, index, placed, look, (id) => list.cell(id, row))
    if (view.focused && offset + index === selected) drawSelection(surface, 1 + room.heading + index, look)
  }
  if (room.more) {
    const below = rows.length - offset - room.list
    const parts = [...(offset > 0 ? [`${offset} above`] : []), ...(below > 0 ? [`${below} more`] : [])]
    content.text(0, room.heading + room.list, parts.join('  '), DIM)
  }
  if (room.last) list.last?.(content, content.rows - 1)
}
