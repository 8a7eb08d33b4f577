import { UNICODE } from '../theme/glyphs.ts'
import type { Grid } from './grid.ts'
import type { Sgr } from './sgr.ts'
import { PLAIN, type Style } from './style.ts'

/**
 * DEC 2026: the terminal shows the frame at once; one that does not know the mode ignores it, so nobody is asked. Autowrap (DECAWM) is
 * off while we draw: a glyph that the terminal takes for wider than we do must not push anything into the next row, let alone scroll.
 */
const BEGIN = '\x1b[?2026h\x1b[?7l'
const END = '\x1b[?7h\x1b[?2026l'
const ERASE_TO_END = '\x1b[K'
/** More blanks than the bytes of ERASE_TO_END are worth it. */
const ERASE_BYTES = ERASE_TO_END.length
/** An unchanged run of at most this many cells may be cheaper to write again than to jump over (`ESC [ n C` is four bytes). */
const LONGEST_REWRITE = 3
/** Stands where we do not know what the terminal shows; longer than any grapheme, so equal to none. */
const UNKNOWN = 'not known'
/** Text has passed text safety; what another healthtop told has done so there. */
const CONTROL = /\p{Cc}|\p{Cf}/u

/**
 * Single code units after which we trust the cursor to be one column further. Everything outside ASCII has its width from the
 * terminal's own table, of another Unicode version than ours or with "ambiguous" characters wide, so after it the cursor is placed
 * absolutely. Our own drawing glyphs are the exception: they are most of the screen (a chart is nothing else), a CUP after each
 * would make a frame five times as long, braille and block elements are one column in every table, and a terminal that
 * draws boxes two columns wide can show no program of this kind in any case; it is what `--ascii` is for.
 */
const OWN = ownGlyphs()

function ownGlyphs(): ReadonlySet<number> {
  const codes = new Set<number>()
  const add = (value: unknown): void => {
    if (typeof value === 'string') for (const character of value) codes.add(character.charCodeAt(0))
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) add(part)
  }
  add(UNICODE)
  return codes
}

function isOwn(code: number): boolean {
  return (code >= 0x2500 && code <= 0x259f) || (code >= 0x2800 && code <= 0x28ff) || OWN.has(code)
}

/**
 * Keeps what the terminal shows and writes the difference to the next grid: one string, '' when nothing differs, that moves the
 * cursor and sets styles only where it must and never clears the screen. Every string has to reach the terminal, in order; if one did
 * not, or something else drew there, `forget`.
 */
export class Differ {
  private sgr: Sgr
  private columns = 0
  private chars: string[] = []
  private styles = new Uint32Array(0)
  private out = ''
  /** Style the terminal writes in. */
  private pen: Style = PLAIN
  /** Whether it is really PLAIN at the start of a frame; every frame ends with it. */
  private penKnown = false
  /** Cursor; column -1 when only an absolute move helps. */
  private x = -1
  private y = -1

  constructor(sgr: Sgr) {
    this.sgr = sgr
  }

  /** Another theme or depth: everything is written again. */
  use(sgr: Sgr): void {
    this.sgr = sgr
    this.forget()
  }

  /** Nothing is known of what the terminal shows: after a resize, SIGCONT, Ctrl-L, or a restored screen. */
  forget(): void {
    this.chars.fill(UNKNOWN)
    this.penKnown = false
  }

  /** What has to be written so that the terminal shows `grid`. Takes it as shown from now on. */
  diff(grid: Grid): string {
    const { columns, rows } = grid
    if (columns !== this.columns || columns * rows !== this.chars.length) {
      this.columns = columns
      this.chars = new Array<string>(columns * rows).fill(UNKNOWN)
      this.styles = new Uint32Array(columns * rows)
    }
    this.out = ''
    this.pen = PLAIN
    this.x = -1
    for (let y = 0; y < rows; y++) this.row(grid, y)
    if (this.out === '') return ''
    const text = `${BEGIN}${this.penKnown ? '' : '\x1b[m'}${this.out}${this.sgr.change(this.pen, PLAIN)}${END}`
    this.penKnown = true
    this.out = ''
    return text
  }

  private row(grid: Grid, y: number): void {
    const columns = grid.columns
    const start = y * columns
    let first = 0
    while (first < columns && this.isShown(grid, start + first)) first++
    if (first === columns) return
    let last = columns - 1
    while (this.isShown(grid, start + last)) last--
    let tail = columns
    while (tail > first && this.isNothing(grid, start + tail - 1)) tail--

    let x = first
    while (x <= last) {
      if (this.isShown(grid, start + x)) x++
      else if (x >= tail && last - x >= ERASE_BYTES) {
        this.moveTo(grid, x, y)
        this.penFor(' ', PLAIN)
        this.out += ERASE_TO_END
        break
      } else x = this.cell(grid, x, y)
    }

    for (let at = start + first; at <= start + last; at++) {
      this.chars[at] = grid.chars[at] as string
      this.styles[at] = grid.styles[at] as Style
    }
  }

  /** Whether the terminal shows this cell already. */
  private isShown(grid: Grid, at: number): boolean {
    const char = grid.chars[at] as string
    if (char !== this.chars[at]) return false
    const wanted = grid.styles[at] as Style
    const shown = this.styles[at] as Style
    if (wanted === shown) return true
    // The right half of a wide grapheme looks as its left half does.
    return char === '' || (char === ' ' && this.sgr.blank(wanted) === this.sgr.blank(shown))
  }

  private isNothing(grid: Grid, at: number): boolean {
    return grid.chars[at] === ' ' && this.sgr.blank(grid.styles[at] as Style) === 0
  }

  /** Writes the grapheme at a cell; returns the column after it. */
  private cell(grid: Grid, column: number, y: number): number {
    let x = column
    const start = y * grid.columns
    let char = grid.chars[start + x] as string
    if (char === '') {
      // Half of a wide grapheme whose left half is as before: the two are written together.
      const left = x > 0 ? (grid.chars[start + x - 1] as string) : ''
      if (left.charCodeAt(0) > 0x7f) char = grid.chars[start + --x] as string
      else char = ' '
    }
    const packed = grid.styles[start + x] as Style
    this.moveTo(grid, x, y)
    const code = char.charCodeAt(0)
    if (char.length === 1 && (code < 0x7f || isOwn(code))) {
      this.penFor(char, packed)
      // Outside text is made safe where it enters; this is the last door before the terminal.
      this.out += code < 0x20 ? '\ufffd' : char
      // In the last column terminals differ in where they leave the cursor.
      this.x = x + 1 < grid.columns ? x + 1 : -1
      return x + 1
    }
    const wide = x + 1 < grid.columns && grid.chars[start + x + 1] === ''
    this.penFor(char, packed)
    if (wide) {
      // Where the terminal gives it one column, what was in the second must not stay.
      this.out += '  '
      this.x = -1
      this.moveTo(grid, x, y)
    }
    this.out += CONTROL.test(char) ? '\ufffd' : char
    this.x = -1
    return wide ? x + 2 : x + 1
  }

  private penFor(char: string, packed: Style): void {
    if (packed === this.pen) return
    if (char === ' ' && this.sgr.blank(packed) === this.sgr.blank(this.pen)) return
    this.out += this.sgr.change(this.pen, packed)
    this.pen = packed
  }

  private moveTo(grid: Grid, x: number, y: number): void {
    if (y === this.y && this.x >= 0 && x >= this.x) {
      const distance = x - this.x
      if (distance > 0 && !this.rewrite(grid, x, y)) this.out += distance === 1 ? '\x1b[C' : `\x1b[${distance}C`
    } else this.out += x === 0 ? (y === 0 ? '\x1b[H' : `\x1b[${y + 1}H`) : `\x1b[${y + 1};${x + 1}H`
    this.x = x
    this.y = y
  }

  /** Gets to a cell by writing the few unchanged ones before it again, where that takes no other style. */
  private rewrite(grid: Grid, x: number, y: number): boolean {
    if (x - this.x > LONGEST_REWRITE) return false
    const start = y * grid.columns
    let text = ''
    for (let column = this.x; column < x; column++) {
      const char = grid.chars[start + column] as string
      const packed = grid.styles[start + column] as Style
      const code = char.charCodeAt(0)
      if (char.length !== 1 || code < 0x20 || code > 0x7e) return false
      const fits = packed === this.pen || (char === ' ' && this.sgr.blank(packed) === this.sgr.blank(this.pen))
      if (!fits) return false
      text += char
    }
    this.out += text
    return true
  }
}
