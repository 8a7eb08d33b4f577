/** A mouse event; coordinates are cells, 0-based from the upper left corner. */
export interface MouseEvent {
  readonly action: 'press' | 'release' | 'drag' | 'move' | 'wheel-up' | 'wheel-down' | 'wheel-left' | 'wheel-right'
  /** Undefined for wheel and plain movement. */
  readonly button?: 'left' | 'middle' | 'right'
  readonly x: number
  readonly y: number
  readonly shift: boolean
  readonly alt: boolean
  readonly control: boolean
}

/**
 * One thing a person did. `name` is what bindings compare: a printable character is its own name ('q', 'K', 'é'; the space bar is
 * 'Space'), others are 'Enter', 'Esc', 'Tab', 'Backspace', 'Delete', 'Insert', 'Up', 'Down', 'Left', 'Right', 'PgUp', 'PgDn',
 * 'Home', 'End', 'F1' to 'F20', 'Paste', 'Mouse'. Modifiers stand before it in this order: 'C-', 'A-', 'S-' ('C-c', 'A-x',
 * 'S-Tab', 'C-S-Left'); a shifted character is just that character. `text` is what a text field inserts: the character, or all
 * of a paste.
 */
export interface Key {
  readonly name: string
  readonly text?: string
  readonly mouse?: MouseEvent
}

/** Modifier bits of xterm and kitty: the parameter less one. Further bits (super, locks) are nobody's business here. */
export const SHIFT = 1
export const ALT = 2
export const CONTROL = 4

/** A key that is no character, with its modifiers. */
export function namedKey(name: string, modifiers = 0): Key {
  return {
    name: `${modifiers & CONTROL ? 'C-' : ''}${modifiers & ALT ? 'A-' : ''}${modifiers & SHIFT ? 'S-' : ''}${name}`,
  }
}

/** A key that is a character. With Control, case and Shift are lost, as they always were in a terminal. */
export function characterKey(character: string, modifiers = 0): Key {
  const name = character === ' ' ? 'Space' : character
  if ((modifiers & (CONTROL | ALT)) === 0) return { name, text: character }
  return namedKey(
    modifiers & CONTROL ? name.replace(/^[A-Z]$/, (letter) => letter.toLowerCase()) : name,
    modifiers & ~SHIFT,
  )
}

/** The key of a byte below 0x20 or of 0x7f, except Esc, which may begin a sequence. */
export function controlKey(byte: number): Key {
  switch (byte) {
    case 0x00:
      return { name: 'C-Space' }
    case 0x08:
    case 0x7f:
      return { name: 'Backspace' }
    case 0x09:
      return { name: 'Tab' }
    case 0x0a:
    case 0x0d:
      return { name: 'Enter' }
    default:
      return { name: `C-${String.fromCharCode(byte + 0x40).toLowerCase()}` }
  }
}
