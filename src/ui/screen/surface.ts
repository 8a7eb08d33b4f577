import { graphemes, isSimple, truncate } from '../../lib/text.ts'
import type { Token } from '../theme/tokens.ts'
import { type Grid, NO_OWNER, type Rect } from './grid.ts'
import { isBold, type Style, style, withBackground } from './style.ts'

/**
 * What a painter paints on: a rectangle of a grid with its own origin. Nothing gets outside of it, nor into cells that belong to
 * somebody else (a dialog that lies over the canvas). A dimmed surface keeps the shapes and drops every colour.
 */
export class Surface {
  readonly columns: number
  readonly rows: number
  private readonly grid: Grid
  private readonly x0: number
  private readonly y0: number
  private readonly owner: number
  /** Shapes alone, in one colour. */
  readonly dimmed: boolean

  /** `owner` NO_OWNER paints everywhere in `rect`, else only where the grid says that the cell is this canvas' hole. */
  constructor(grid: Grid, rect: Rect, owner: number = NO_OWNER, dimmed = false) {
    this.grid = grid
    this.x0 = rect.x
    this.y0 = rect.y
    this.columns = rect.columns
    this.rows = rect.rows
    this.owner = owner
    this.dimmed = dimmed
  }

  /** A part of this surface with an origin of its own, cut to what fits. */
  area(x: number, y: number, columns: number, rows: number): Surface {
    const rect = {
      x: this.x0 + x,
      y: this.y0 + y,
      columns: Math.max(0, Math.min(columns, this.columns - x)),
      rows: Math.max(0, Math.min(rows, this.rows - y)),
    }
    return new Surface(this.grid, rect, this.owner, this.dimmed)
  }

  /** One grapheme of known width (1 unless said). */
  put(x: number, y: number, grapheme: string, packed: Style, width: 1 | 2 = 1): void {
    if (x < 0 || y < 0 || x + width > this.columns || y >= this.rows) return
    const gx = this.x0 + x
    const gy = this.y0 + y
    if (gx < 0 || gy < 0 || gx + width > this.grid.columns || gy >= this.grid.rows) return
    const at = gy * this.grid.columns + gx
    if (this.owner !== NO_OWNER) {
      if (this.grid.owners[at] !== this.owner) return
      if (width === 2 && this.grid.owners[at + 1] !== this.owner) return
    }
    this.grid.put(gx, gy, grapheme, width, this.dimmed ? dim(packed) : packed)
  }

  /** Safe text from a cell rightwards, cut at `columns` (or the edge). Returns the columns used. */
  text(x: number, y: number, text: string, packed: Style, columns: number = this.columns - x): number {
    const room = Math.min(columns, this.columns - x)
    if (room <= 0) return 0
    if (isSimple(text)) {
      const length = Math.min(text.length, room)
      for (let i = 0; i < length; i++) this.put(x + i, y, text[i] as string, packed)
      return length
    }
    let used = 0
    for (const grapheme of graphemes(text)) {
      if (used + grapheme.width > room) break
      this.put(x + used, y, grapheme.text, packed, grapheme.width)
      used += grapheme.width
    }
    return used
  }

  /** As `text`, but what is cut ends in `mark`. */
  fitted(x: number, y: number, text: string, packed: Style, columns: number = this.columns - x, mark = '…'): number {
    return this.text(x, y, truncate(text, Math.min(columns, this.columns - x), mark), packed)
  }

  /** The same one-column grapheme over a rectangle; the whole surface by default. */
  fill(grapheme: string, packed: Style, x = 0, y = 0, columns = this.columns - x, rows = this.rows - y): void {
    const { grid, owner } = this
    const left = this.x0 + Math.max(0, x)
    const top = this.y0 + Math.max(0, y)
    const right = Math.min(this.x0 + Math.min(x + columns, this.columns), grid.columns)
    const bottom = Math.min(this.y0 + Math.min(y + rows, this.rows), grid.rows)
    const shown = this.dimmed ? dim(packed) : packed
    for (let gy = Math.max(0, top); gy < bottom; gy++) {
      for (let gx = Math.max(0, left); gx < right; gx++) {
        const at = gy * grid.columns + gx
        if (owner === NO_OWNER || grid.owners[at] === owner) grid.put(gx, gy, grapheme, 1, shown)
      }
    }
  }

  /** Everything blank. Painters start with it. */
  clear(): void {
    this.fill(' ', 0)
  }

  /** Lays a background under what is already there in one row; for selections. */
  highlight(y: number, bg: Token, x = 0, columns = this.columns - x): void {
    if (this.dimmed) return
    for (let column = Math.max(0, x); column < Math.min(this.columns, x + columns); column++) {
      const gx = this.x0 + column
      const gy = this.y0 + y
      if (gx >= this.grid.columns || gy >= this.grid.rows || y >= this.rows || y < 0) continue
      const at = gy * this.grid.columns + gx
      if (this.owner !== NO_OWNER && this.grid.owners[at] !== this.owner) continue
      this.grid.styles[at] = withBackground(this.grid.styles[at] as Style, bg)
    }
  }
}

const DIM = style('faint')
const DIM_BOLD = style('faint', { bold: true })

function dim(packed: Style): Style {
  return isBold(packed) ? DIM_BOLD : DIM
}
