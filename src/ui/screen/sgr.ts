import type { Ansi16 } from '../theme/colours.ts'
import { ansi16, type Depth, isMono, isReversedInMono, type Palette, rgb, weight, xterm256 } from '../theme/palette.ts'
import type { Token } from '../theme/tokens.ts'
import { background, foreground, isBold, isReverse, isUnderline, PLAIN, type Style } from './style.ts'

/** SGR parameters (ECMA-48 8.3.117; `38;2` and `38;5` as in ISO 8613-6 with semicolons, as every terminal reads them). */
interface Rendition {
  /** Parameters of the text colour, '' for the terminal's own. */
  readonly fg: string
  /** Parameters of the background, '' for the terminal's own. */
  readonly bg: string
  readonly bold: boolean
  readonly faint: boolean
  readonly underline: boolean
  readonly reverse: boolean
}

/** What a blank cell of a style shows: 0 is nothing at all, equal numbers look alike. */
export type BlankClass = number

const NOTHING = '/false/false'

/** Turns packed styles into SGR for one palette and depth. Everything is made once per style, or pair of styles, and kept. */
export class Sgr {
  readonly palette: Palette
  readonly depth: Depth
  private readonly renditions = new Map<Style, Rendition>()
  private readonly changes = new Map<Style, Map<Style, string>>()
  private readonly blanks = new Map<Style, BlankClass>()
  private readonly blankClasses = new Map<string, BlankClass>([[NOTHING, 0]])

  constructor(palette: Palette, depth: Depth) {
    this.palette = palette
    this.depth = depth
  }

  /** The whole sequence that sets a style, whatever was set before. */
  of(packed: Style): string {
    const parameters = allOf(this.rendition(packed))
    return parameters === '' ? '\x1b[m' : `\x1b[0;${parameters}m`
  }

  /** The shortest sequence that gets from one style to another; '' when they look the same. */
  change(from: Style, to: Style): string {
    if (from === to) return ''
    let row = this.changes.get(from)
    if (row === undefined) {
      row = new Map()
      this.changes.set(from, row)
    }
    let text = row.get(to)
    if (text === undefined) {
      const difference = differenceOf(this.rendition(from), this.rendition(to))
      const whole = this.of(to)
      text = difference === '' ? '' : difference.length + 3 < whole.length ? `\x1b[${difference}m` : whole
      row.set(to, text)
    }
    return text
  }

  /** What a space looks like in a style: colour of the text and boldness do not show on it. */
  blank(packed: Style): BlankClass {
    if (packed === PLAIN) return 0
    let known = this.blanks.get(packed)
    if (known === undefined) {
      const { fg, bg, faint, reverse, underline } = this.rendition(packed)
      // A reversed or underlined space shows the colour of its text.
      const key = `${reverse || underline ? `${fg}:${faint}:` : ''}${bg}/${reverse}/${underline}`
      known = this.blankClasses.get(key)
      if (known === undefined) {
        known = this.blankClasses.size
        this.blankClasses.set(key, known)
      }
      this.blanks.set(packed, known)
    }
    return known
  }

  private rendition(packed: Style): Rendition {
    let known = this.renditions.get(packed)
    if (known === undefined) {
      known = this.render(packed)
      this.renditions.set(packed, known)
    }
    return known
  }

  private render(packed: Style): Rendition {
    const fg = foreground(packed)
    const bg = background(packed)
    const bold = isBold(packed)
    const reverse = isReverse(packed)
    const underline = isUnderline(packed)
    if (isMono(this.palette) || this.depth === 'mono') {
      const reversed = bg !== undefined && isReversedInMono(bg)
      const strength = weight(fg)
      return {
        fg: '',
        bg: '',
        bold: bold || (strength === 'bold' && !reversed),
        faint: strength === 'faint' && !reversed && !bold,
        underline,
        // A cursor (reversed) in a selected row has to differ from that row.
        reverse: reversed !== reverse,
      }
    }
    if (this.depth === '16') {
      const under = bg === undefined ? 'bg' : ansi16(this.palette, bg)
      if (under === 'reversed') return { fg: '', bg: '', bold, faint: false, underline, reverse: !reverse }
      const text = ansi16(this.palette, this.untinted(fg))
      return {
        fg: typeof text === 'number' ? ansi(text, 30) : '',
        bg: typeof under === 'number' ? ansi(under, 40) : '',
        bold: bold || text === 'fg bold',
        faint: false,
        underline,
        reverse,
      }
    }
    const colour = this.depth === '256' ? this.indexed : this.direct
    return {
      fg: colour.call(this, fg, 38),
      bg: bg === undefined ? '' : colour.call(this, bg, 48),
      bold,
      faint: false,
      underline,
      reverse,
    }
  }

  /** Where a band has no tint its dots are drawn in the colour of the body. */
  private untinted(token: Token): Token {
    return ansi16(this.palette, token) === 'dots' ? (token.replace('3', '2') as Token) : token
  }

  private indexed(token: Token, base: 38 | 48): string {
    const index = xterm256(this.palette, token)
    return index === undefined ? '' : `${base};5;${index}`
  }

  private direct(token: Token, base: 38 | 48): string {
    const hex = rgb(this.palette, token)
    if (hex === undefined) return ''
    const value = Number.parseInt(hex.slice(1), 16)
    return `${base};2;${value >> 16};${(value >> 8) & 0xff};${value & 0xff}`
  }
}

/** `base` 30 for text, 40 for a background; the bright eight lie 60 above (aixterm, and every terminal since). */
function ansi(colour: Extract<Ansi16, number>, base: 30 | 40): string {
  return String(colour < 8 ? base + colour : base + 60 + colour - 8)
}

function join(parameters: readonly (string | false)[]): string {
  return parameters.filter(Boolean).join(';')
}

function allOf({ fg, bg, bold, faint, underline, reverse }: Rendition): string {
  return join([bold && '1', faint && '2', underline && '4', reverse && '7', fg, bg])
}

function differenceOf(from: Rendition, to: Rendition): string {
  // 22 ends bold and faint alike, so what stays of the two is set again.
  const normal = (from.bold && !to.bold) || (from.faint && !to.faint)
  return join([
    normal && '22',
    to.bold && (normal || !from.bold) && '1',
    to.faint && (normal || !from.faint) && '2',
    to.underline !== from.underline && (to.underline ? '4' : '24'),
    to.reverse !== from.reverse && (to.reverse ? '7' : '27'),
    to.fg !== from.fg && (to.fg || '39'),
    to.bg !== from.bg && (to.bg || '49'),
  ])
}
