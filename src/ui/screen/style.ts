import { TOKENS, type Token, tokenIndex } from '../theme/tokens.ts'

/**
 * How a cell looks, packed into one number: text token (bits 0–6), background token (7–13, 0 = the terminal's own), bold (14),
 * reverse (15), underline (16). No colours: the writer alone turns tokens into what the terminal can do.
 */
export type Style = number

export interface StyleOptions {
  readonly bg?: Token
  readonly bold?: boolean
  readonly reverse?: boolean
  readonly underline?: boolean
}

const BOLD = 1 << 14
const REVERSE = 1 << 15
const UNDERLINE = 1 << 16

/** Packs a style. Call it once per look, not once per cell, where that is as easy. */
export function style(fg: Token, { bg, bold, reverse, underline }: StyleOptions = {}): Style {
  return (
    tokenIndex(fg) |
    ((bg === undefined ? 0 : tokenIndex(bg)) << 7) |
    (bold ? BOLD : 0) |
    (reverse ? REVERSE : 0) |
    (underline ? UNDERLINE : 0)
  )
}

/** Text of no colour of its own on no background of its own. */
export const PLAIN: Style = 0

export const foreground = (packed: Style): Token => TOKENS[packed & 0x7f] as Token
/** Undefined: the terminal's own background. */
export const background = (packed: Style): Token | undefined => {
  const index = (packed >> 7) & 0x7f
  return index === 0 ? undefined : TOKENS[index]
}
export const isBold = (packed: Style): boolean => (packed & BOLD) !== 0
export const isReverse = (packed: Style): boolean => (packed & REVERSE) !== 0
export const isUnderline = (packed: Style): boolean => (packed & UNDERLINE) !== 0

/** The same style on another background. */
export function withBackground(packed: Style, bg: Token): Style {
  return (packed & ~(0x7f << 7)) | (tokenIndex(bg) << 7)
}
