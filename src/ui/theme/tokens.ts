/**
 * Every colour a painter may name (look: "Colour tokens"). A resource has its hue, `2` body, `3` band behind a forecast,
 * `4` deep body and `F` forecast line. `fg` and `bg` are the terminal's own. The index of a token is part of a packed style.
 */
export const TOKENS = [
  'fg',
  'text',
  'bright',
  'dim',
  'faint',
  'line',
  'track',
  'limit',
  'accent',
  'selected',
  'overlay',
  'ok',
  'ok2',
  'warn',
  'warn2',
  'crit',
  'crit2',
  'unknown',
  'onBadge',
  ...(['cpu', 'mem', 'disk', 'net', 'svc'] as const).flatMap(
    (hue) => [hue, `${hue}2`, `${hue}3`, `${hue}4`, `${hue}F`] as const,
  ),
] as const

export type Hue = 'cpu' | 'mem' | 'disk' | 'net' | 'svc'
export type Token = (typeof TOKENS)[number]

const INDEX = new Map<Token, number>(TOKENS.map((token, index) => [token, index]))

/** Index of a token in `TOKENS`. */
export function tokenIndex(token: Token): number {
  return INDEX.get(token) as number
}
