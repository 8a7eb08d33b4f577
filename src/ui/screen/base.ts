import { graphemes } from '../../lib/text.ts'
import { TOKENS, type Token, tokenIndex } from '../theme/tokens.ts'
import { Grid, NO_OWNER, type Rect } from './grid.ts'
import { PLAIN, style } from './style.ts'

/*
 * Ink knows colours, not tokens or holes, so both are sent through it as colours nobody would choose, at full depth (chalk level 3):
 *   #02tt00  red 2: text or background of token number tt
 *   #00cc01  blue 1: as background, a hole of canvas number cc
 */

/** The colour that stands for a token in Ink's `color`, `backgroundColor` and `borderColor`. */
export function tokenColor(token: Token): string {
  return `#02${hex(tokenIndex(token))}00`
}

/** The `backgroundColor` of the empty box that is the hole of canvas `id` (1–255). Throws RangeError on another id. */
export function canvasColor(id: number): string {
  if (!Number.isInteger(id) || id <= NO_OWNER || id > 255) throw new RangeError(`no canvas id: ${id}`)
  return `#00${hex(id)}01`
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

/** One control sequence (CSI, ECMA-48 5.4), operating system command or other escape, or a run of text. */
const PIECES = /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^[\]]|[^\x1b]+/g

/** What SGR sequences have set so far. */
interface Pen {
  fg: Token
  bg: Token | undefined
  bold: boolean
  reverse: boolean
  underline: boolean
  owner: number
}

const plainPen = (): Pen => ({
  fg: 'fg',
  bg: undefined,
  bold: false,
  reverse: false,
  underline: false,
  owner: NO_OWNER,
})

/**
 * Parses a whole plain frame as Ink writes it in debug mode: rows separated by line feeds, attributes as SGR. What lies beyond the
 * grid is dropped, what Ink left out is blank. Cells with a canvas' background get it as owner.
 */
export function parseBase(output: string, columns: number, rows: number): Grid {
  const grid = new Grid(columns, rows)
  const pen = plainPen()
  const lines = output.split('\n')
  for (let y = 0; y < Math.min(rows, lines.length); y++) {
    let x = 0
    let packed = pack(pen)
    for (const [piece, parameters, final] of (lines[y] as string).matchAll(PIECES)) {
      if (piece.startsWith('\x1b')) {
        if (final === 'm') {
          select(pen, parameters as string)
          packed = pack(pen)
        }
        continue
      }
      for (const { text, width } of graphemes(piece)) {
        if (x >= columns) break
        grid.put(x, y, text, width, packed)
        if (pen.owner !== NO_OWNER)
          grid.owners.fill(pen.owner, y * columns + x, y * columns + Math.min(x + width, columns))
        x += width
      }
    }
  }
  return grid
}

function pack(pen: Pen): number {
  const { fg, bg, bold, reverse, underline } = pen
  if (fg === 'fg' && bg === undefined && !bold && !reverse && !underline) return PLAIN
  return style(fg, { bold, reverse, underline, ...(bg === undefined ? {} : { bg }) })
}

/** Applies one SGR sequence. Attributes and colours that are none of ours leave the pen as it is. */
function select(pen: Pen, parameters: string): void {
  const codes = parameters.split(';').map(Number)
  for (let i = 0; i < codes.length; i++) {
    switch (codes[i]) {
      case 0:
        Object.assign(pen, plainPen())
        break
      case 1:
        pen.bold = true
        break
      case 22:
        pen.bold = false
        break
      case 4:
      case 24:
        pen.underline = codes[i] === 4
        break
      case 7:
      case 27:
        pen.reverse = codes[i] === 7
        break
      case 39:
        pen.fg = 'fg'
        break
      case 49:
        pen.bg = undefined
        pen.owner = NO_OWNER
        break
      case 38:
      case 48:
        if (codes[i + 1] === 2) colour(pen, codes[i] === 48, codes[i + 2], codes[i + 3], codes[i + 4])
        i += codes[i + 1] === 2 ? 4 : 2
        break
    }
  }
}

function colour(pen: Pen, isBackground: boolean, red = 0, green = 0, blue = 0): void {
  const token = red === 2 && blue === 0 ? TOKENS[green] : undefined
  if (!isBackground) {
    if (token !== undefined) pen.fg = token
    return
  }
  pen.owner = red === 0 && blue === 1 ? green : NO_OWNER
  pen.bg = token === 'fg' ? undefined : token
}

/** Of each canvas that has cells in the grid the rectangle they span: what its painter is told. */
export function holes(grid: Grid): Map<number, Rect> {
  const spans = new Map<number, { left: number; right: number; top: number; bottom: number }>()
  for (let y = 0; y < grid.rows; y++) {
    for (let x = 0; x < grid.columns; x++) {
      const owner = grid.owners[y * grid.columns + x] as number
      if (owner === NO_OWNER) continue
      const span = spans.get(owner)
      if (span === undefined) spans.set(owner, { left: x, right: x, top: y, bottom: y })
      else {
        span.left = Math.min(span.left, x)
        span.right = Math.max(span.right, x)
        span.bottom = y
      }
    }
  }
  const rects = new Map<number, Rect>()
  for (const [id, { left, right, top, bottom }] of spans)
    rects.set(id, { x: left, y: top, columns: right - left + 1, rows: bottom - top + 1 })
  return rects
}
