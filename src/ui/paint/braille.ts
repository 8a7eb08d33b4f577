import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue, Token } from '../theme/tokens.ts'
import type { Look } from './look.ts'

/** Dots of one column of a braille cell, lowest first: left column 7 3 2 1, right column 8 6 5 4. Source: Unicode, block U+2800. */
export const BRAILLE_LEFT = [0x40, 0x04, 0x02, 0x01] as const
export const BRAILLE_RIGHT = [0x80, 0x20, 0x10, 0x08] as const
const BLANK = 0x2800
/** Dots of a column of a cell. */
export const DOT_ROWS = 4
/** All cells there are, by their dots: made once, they are most of what is painted. */
export const BRAILLE_CELLS: readonly string[] = Array.from({ length: 256 }, (_, dots) =>
  dots === 0 ? ' ' : String.fromCharCode(BLANK | dots),
)

export interface AreaLook {
  readonly hue: Hue
  /** What the full height stands for. */
  readonly max: number
  /** It hangs from above, one dot row below the edge; only braille can, other styles stand. */
  readonly down?: boolean
  /** The colour of the crest in a column, where it is not the hue's: what is past a limit stands out. */
  readonly crest?: ((column: number) => Token | undefined) | undefined
}

/**
 * A filled area over time, two values (0 to `max`, oldest first) a cell: the crest in the hue, the cell below it in the body's tone,
 * deeper ones in the deep tone. A gap (NaN) is an empty column; what is known has at least one step, so that zero is no gap.
 */
export function area(
  surface: Surface,
  values: ArrayLike<number>,
  { hue, max, down = false, crest }: AreaLook,
  look: Look,
): void {
  const tones = [style(hue), style(`${hue}2`), style(`${hue}4`)] as const
  const braille = look.charts === 'braille' || look.charts === 'line'
  const hanging = down && braille
  const perRow = braille ? DOT_ROWS : look.charts === 'block' ? look.glyphs.ramp.length : 1
  const steps = surface.rows * perRow - (hanging ? 1 : 0)
  if (steps <= 0) return
  const height = (value: number) => {
    const count = stepsOf(value, steps, max)
    // The dot row at the edge stays free, but counts.
    return hanging && count > 0 ? count + 1 : count
  }
  for (let x = 0; x < surface.columns; x++) {
    const first = values[2 * x] ?? Number.NaN
    const second = values[2 * x + 1] ?? Number.NaN
    const left = height(braille ? first : either(first, second))
    const right = braille ? height(second) : left
    const top = Math.ceil(Math.max(left, right) / perRow) - 1
    const own = crest?.(x)
    for (let row = 0; row <= top; row++) {
      const filled = row * perRow
      const glyph = braille
        ? bars(left - filled, right - filled, hanging, hanging && row === 0)
        : solid(left - filled, row === top, look)
      const tone = row === top && own !== undefined ? style(own) : (tones[Math.min(2, top - row)] as number)
      surface.put(x, hanging ? row : surface.rows - 1 - row, glyph, tone)
    }
  }
}

/** How many of `steps` a value fills: at least one, none where nothing is known. */
export function stepsOf(value: number, steps: number, max: number): number {
  if (Number.isNaN(value)) return 0
  return Math.max(1, Math.min(steps, Math.round((max > 0 ? value / max : 0) * steps)))
}

/** The mean of two, or the one that is known. */
export function either(a: number, b: number): number {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : (a + b) / 2
}

/** One cell where a value has a cell of its own. */
function solid(left: number, crest: boolean, { charts, glyphs }: Look): string {
  if (charts === 'block') return glyphs.ramp[Math.max(0, Math.min(glyphs.ramp.length, left) - 1)] as string
  return crest ? '#' : ':'
}

/** A braille cell whose columns have so many dots, from the bottom or from the top; `edge`: without its uppermost dots. */
function bars(left: number, right: number, down: boolean, edge: boolean): string {
  const dots = column(BRAILLE_LEFT, left, down, edge) | column(BRAILLE_RIGHT, right, down, edge)
  return BRAILLE_CELLS[dots] as string
}

function column(bits: readonly number[], count: number, down: boolean, edge: boolean): number {
  let dots = 0
  for (let i = edge ? 1 : 0; i < Math.min(count, DOT_ROWS); i++) dots |= bits[down ? DOT_ROWS - 1 - i : i] as number
  return dots
}
