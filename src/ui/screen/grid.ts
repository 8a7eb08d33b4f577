import { PLAIN, type Style } from './style.ts'

/** A rectangle of cells; `x`, `y` from the upper left corner, 0-based. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly columns: number
  readonly rows: number
}

/** Owner of a cell that no canvas may paint into: Ink's own text lies there. */
export const NO_OWNER = 0

/**
 * A screenful of cells: `chars` one grapheme a cell (`''` is the right half of a wide one), `styles` packed styles,
 * `owners` the id of the canvas whose hole a cell is (NO_OWNER elsewhere). Row-major.
 */
export class Grid {
  readonly columns: number
  readonly rows: number
  readonly chars: string[]
  readonly styles: Uint32Array
  readonly owners: Uint8Array

  constructor(columns: number, rows: number) {
    this.columns = columns
    this.rows = rows
    const size = columns * rows
    this.chars = new Array<string>(size).fill(' ')
    this.styles = new Uint32Array(size).fill(PLAIN)
    this.owners = new Uint8Array(size)
  }

  /**
   * Puts one grapheme at a cell. A wide one takes the next cell too (at the last column it becomes a space), and whatever half of an
   * older wide grapheme is left over becomes a space.
   */
  put(x: number, y: number, grapheme: string, width: 1 | 2, packed: Style): void {
    if (x < 0 || y < 0 || x >= this.columns || y >= this.rows) return
    const at = y * this.columns + x
    if (width === 1 && this.chars[at] !== '' && this.chars[at + 1] !== '') {
      this.chars[at] = grapheme
      this.styles[at] = packed
      return
    }
    if (this.chars[at] === '' && x > 0) this.chars[at - 1] = ' '
    const wide = width === 2 && x + 1 < this.columns
    const last = wide ? at + 1 : at
    if (x + (wide ? 2 : 1) < this.columns && this.chars[last + 1] === '') this.chars[last + 1] = ' '
    this.chars[at] = width === 2 && !wide ? ' ' : grapheme
    this.styles[at] = packed
    if (wide) {
      this.chars[at + 1] = ''
      this.styles[at + 1] = packed
    }
  }

  /** Takes over all cells of another grid of the same size. */
  copyFrom(other: Grid): void {
    for (let i = 0; i < other.chars.length; i++) this.chars[i] = other.chars[i] as string
    this.styles.set(other.styles)
    this.owners.set(other.owners)
  }

  /** The text of one row, for tests and screen dumps. */
  rowText(y: number): string {
    return this.chars.slice(y * this.columns, (y + 1) * this.columns).join('')
  }
}
