import { type Ansi16, COLOURS } from './colours.ts'
import { TOKENS, type Token } from './tokens.ts'

export type ThemeName = 'dark' | 'light' | 'contrast' | 'mono'
/** Colours the terminal has; `mono` is also what NO_COLOR asks for. The same words as `Look.depth`. */
export type Depth = 'truecolor' | '256' | '16' | 'mono'

/** A token at every depth. */
export interface Colour {
  /** `#rrggbb`. */
  readonly rgb: string
  /** Index in the xterm palette, 16 to 255. */
  readonly xterm256: number
  readonly ansi16: Ansi16
}

/** A theme: what each token looks like. A token that has no colour is the terminal's own: `fg` everywhere, every token of `mono`. */
export interface Palette {
  readonly name: string
  readonly colours: ReadonlyMap<Token, Colour>
}

/** The themes that come with healthtop, out of the colour table of the look. */
export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  dark: builtIn('dark', (token) => {
    const [rgb, xterm256, ansi16] = COLOURS[token]
    return { rgb, xterm256, ansi16 }
  }),
  light: builtIn('light', (token) => {
    const [, , , rgb, xterm256, ansi16] = COLOURS[token]
    return { rgb, xterm256, ansi16 }
  }),
  // High contrast has no small palettes of its own: it uses those of dark, with dim text no dimmer than text.
  contrast: builtIn('contrast', (token) => {
    const [, xterm256, ansi16] = COLOURS[token === 'dim' ? 'text' : token]
    return { rgb: COLOURS[token][6], xterm256, ansi16 }
  }),
  mono: { name: 'mono', colours: new Map() },
}

function builtIn(name: string, colourOf: (token: Exclude<Token, 'fg'>) => Colour): Palette {
  const coloured = TOKENS.filter((token) => token !== 'fg')
  return { name, colours: new Map(coloured.map((token) => [token, colourOf(token)])) }
}

/** Whether a palette has no colours at all: weight and reversal take their place. */
export function isMono({ colours }: Palette): boolean {
  return colours.size === 0
}

/** `#rrggbb` of a token. Undefined: the terminal's own. */
export function rgb({ colours }: Palette, token: Token): string | undefined {
  return colours.get(token)?.rgb
}

/** Index (16–255) of a token in the xterm palette. Undefined as for `rgb`. */
export function xterm256({ colours }: Palette, token: Token): number | undefined {
  return colours.get(token)?.xterm256
}

/** What stands for a token where there are 16 colours. */
export function ansi16({ colours }: Palette, token: Token): Ansi16 {
  return colours.get(token)?.ansi16 ?? 'fg'
}

/** How strong text of a token is where there is no colour: bold, normal or faint. */
export type Weight = 'bold' | 'normal' | 'faint'

const FAINT: ReadonlySet<Token> = new Set<Token>([
  ...(['dim', 'faint', 'line', 'track', 'limit', 'ok2', 'warn2', 'crit2'] as const),
  ...(['cpu2', 'mem2', 'disk2', 'net2', 'svc2'] as const),
  ...(['cpu3', 'mem3', 'disk3', 'net3', 'svc3'] as const),
  ...(['cpu4', 'mem4', 'disk4', 'net4', 'svc4'] as const),
])

export function weight(token: Token): Weight {
  return token === 'bright' ? 'bold' : FAINT.has(token) ? 'faint' : 'normal'
}

/** Backgrounds that say something even without colour, so that mono shows them reversed: badges and the selection. */
const REVERSED: ReadonlySet<Token> = new Set<Token>(['selected', 'accent', 'ok', 'warn', 'crit', 'unknown'])

export function isReversedInMono(background: Token): boolean {
  return REVERSED.has(background)
}
