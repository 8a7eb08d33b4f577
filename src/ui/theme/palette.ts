import { type Ansi16, COLOURS } from './colours.ts'
import type { Token } from './tokens.ts'

export type ThemeName = 'dark' | 'light' | 'contrast' | 'mono'
/** Colours the terminal has; `mono` is also what NO_COLOR asks for. The same words as `Look.depth`. */
export type Depth = 'truecolor' | '256' | '16' | 'mono'

/** `#rrggbb` of a token. Undefined: the terminal's own (`fg` everywhere, every token of `mono`). */
export function rgb(theme: ThemeName, token: Token): string | undefined {
  if (theme === 'mono' || token === 'fg') return undefined
  const row = COLOURS[token]
  return theme === 'dark' ? row[0] : theme === 'light' ? row[3] : row[6]
}

/** Index (16–255) of a token in the xterm palette. Undefined as for `rgb`. */
export function xterm256(theme: ThemeName, token: Token): number | undefined {
  if (theme === 'mono' || token === 'fg') return undefined
  const row = COLOURS[seen(theme, token)]
  return theme === 'light' ? row[4] : row[1]
}

/** What stands for a token where there are 16 colours. */
export function ansi16(theme: ThemeName, token: Token): Ansi16 {
  if (theme === 'mono' || token === 'fg') return 'fg'
  const row = COLOURS[seen(theme, token)]
  return theme === 'light' ? row[5] : row[2]
}

/** High contrast has no small palettes of its own: it uses those of dark, with dim text no dimmer than text. */
function seen(theme: ThemeName, token: Exclude<Token, 'fg'>): Exclude<Token, 'fg'> {
  return theme === 'contrast' && token === 'dim' ? 'text' : token
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
