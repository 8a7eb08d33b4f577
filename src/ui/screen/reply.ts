/** A colour, each part 0 to 1. */
export interface Rgb {
  readonly red: number
  readonly green: number
  readonly blue: number
}

/** What a terminal says about itself when asked; never a key. */
export type Reply =
  /** OSC 11: its background. */
  | { readonly kind: 'background'; readonly colour: Rgb }
  /** CSI row ; column R: where the cursor is, 1-based. */
  | { readonly kind: 'cursor'; readonly row: number; readonly column: number }
  /** DA1: every terminal answers it, and in order: nothing asked before it is still under way. */
  | { readonly kind: 'attributes' }
  /** Answered, but nobody here reads it. */
  | { readonly kind: 'other' }

/** One part of an X11 colour: 1 to 4 hexadecimal digits, scaled to the digits there are. */
function part(digits: string): number {
  return Number.parseInt(digits, 16) / (16 ** digits.length - 1)
}

/** An X11 colour as xterm reports it: `rgb:hhhh/hhhh/hhhh`, `rgba:…`, or `#rrggbb`. Undefined for anything else. */
export function parseColour(text: string): Rgb | undefined {
  const found =
    /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i.exec(text) ??
    /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text)
  const [, red, green, blue] = found ?? []
  if (red === undefined || green === undefined || blue === undefined) return undefined
  return { red: part(red), green: part(green), blue: part(blue) }
}

/** The reply in an OSC string, its introducer and terminator taken off. */
export function parseOsc(content: string): Reply {
  const colour = content.startsWith('11;') ? parseColour(content.slice(3)) : undefined
  return colour === undefined ? { kind: 'other' } : { kind: 'background', colour }
}
