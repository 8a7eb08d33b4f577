import { ALT, CONTROL, characterKey, type Key, type MouseEvent, namedKey, SHIFT } from './key.ts'
import type { Reply } from './reply.ts'

/** What a whole control sequence means; undefined: nothing to anybody. */
export type Meaning =
  | { readonly key: Key; readonly reply?: undefined }
  | { readonly reply: Reply; readonly key?: undefined }
  | undefined

/** Letter finals of CSI and SS3: xterm ctlseqs "PC-Style Function Keys"; P to S are F1 to F4. */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'Up',
  B: 'Down',
  C: 'Right',
  D: 'Left',
  F: 'End',
  H: 'Home',
  P: 'F1',
  Q: 'F2',
  R: 'F3',
  S: 'F4',
  Z: 'S-Tab',
}

/** `CSI n ~`: VT220 numbers; 1 and 4 are Home and End of tmux, screen and the Linux console, 7 and 8 those of rxvt. */
const TILDES: Readonly<Record<number, string>> = {
  1: 'Home',
  2: 'Insert',
  3: 'Delete',
  4: 'End',
  5: 'PgUp',
  6: 'PgDn',
  7: 'Home',
  8: 'End',
  ...Object.fromEntries(
    [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34].map((code, i) => [
      code,
      `F${i + 1}`,
    ]),
  ),
}

/** rxvt marks arrows with Shift by a small letter after CSI, with Control by one after SS3. */
const RXVT_ARROWS: Readonly<Record<string, string>> = { a: 'Up', b: 'Down', c: 'Right', d: 'Left' }

/** rxvt ends a function key with `$` for Shift, `^` for Control, `@` for both, where others write `~`. */
const RXVT_TILDES: Readonly<Record<string, number>> = { $: SHIFT, '^': CONTROL, '@': CONTROL | SHIFT }

/** Function codes of the kitty protocol that stand for a key there is a name for; the keypad's digits follow from 57399. */
const KITTY: Readonly<Record<number, string>> = {
  8: 'Backspace',
  9: 'Tab',
  13: 'Enter',
  27: 'Esc',
  127: 'Backspace',
  57414: 'Enter',
  57417: 'Left',
  57418: 'Right',
  57419: 'Up',
  57420: 'Down',
  57421: 'PgUp',
  57422: 'PgDn',
  57423: 'Home',
  57424: 'End',
  57425: 'Insert',
  57426: 'Delete',
}
const KEYPAD = '0123456789./*-+'
const KEYPAD_FIRST = 57399
const PRIVATE_USE_FIRST = 57344
const PRIVATE_USE_LAST = 63743
/** Event types of kitty's modifier field: 1 press, 2 repeat, 3 release. */
const RELEASE = 3

const key = (value: Key): Meaning => ({ key: value })
const reply = (value: Reply): Meaning => ({ reply: value })

/** `n` of a parameter field that may have sub-parameters (`n:m`); absent or not a number is `otherwise`. */
function number(field: string | undefined, otherwise: number): number {
  const value = Number.parseInt(field ?? '', 10)
  return Number.isNaN(value) ? otherwise : value
}

/** Modifier bits of a field: its number less one. The bits above Control are no business of ours. */
function modifiersOf(field: string | undefined): number {
  return (number(field, 1) - 1) & (SHIFT | ALT | CONTROL)
}

function isRelease(field: string | undefined): boolean {
  return number(field?.split(':')[1], 1) === RELEASE
}

/** A character with modifiers as `CSI u` (kitty, fixterms) and modifyOtherKeys of xterm report it. */
function codePoint(code: number, modifiers: number, shifted: string | undefined): Meaning {
  const named = KITTY[code]
  if (named !== undefined) return key(namedKey(named, modifiers))
  const keypad = KEYPAD[code - KEYPAD_FIRST]
  if (keypad !== undefined) return key(characterKey(keypad, modifiers))
  if (code >= PRIVATE_USE_FIRST && code <= PRIVATE_USE_LAST) return undefined
  if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
    return undefined
  const plain = String.fromCodePoint(code)
  return key(characterKey(modifiers & SHIFT ? (shifted ?? plain.toUpperCase()) : plain, modifiers))
}

/** `CSI code[:shifted] ; modifiers[:event] [; text] u`. */
function kitty(fields: readonly string[]): Meaning {
  if (isRelease(fields[1])) return undefined
  const shifted = number(fields[2], 0) || number(fields[0]?.split(':')[1], 0)
  const valid = shifted >= 0x20 && shifted <= 0x10ffff && (shifted < 0xd800 || shifted >= 0xe000)
  return codePoint(number(fields[0], 0), modifiersOf(fields[1]), valid ? String.fromCodePoint(shifted) : undefined)
}

/** SGR mouse, `CSI < b ; x ; y M` (m: released); bits of b: 4 Shift, 8 Alt, 16 Control, 32 moved, 64 wheel. */
function mouse(fields: readonly string[], released: boolean): Meaning {
  const [code = -1, x = 0, y = 0] = fields.map((field) => number(field, -1))
  if (fields.length !== 3 || code < 0 || x < 1 || y < 1) return undefined
  const button = ([undefined, 'left', 'middle', 'right'] as const)[((code & 3) + 1) & 3]
  const where = {
    x: x - 1,
    y: y - 1,
    shift: (code & 4) !== 0,
    alt: (code & 8) !== 0,
    control: (code & 16) !== 0,
  }
  let event: MouseEvent
  if (code & 64) {
    const action = (['wheel-up', 'wheel-down', 'wheel-left', 'wheel-right'] as const)[code & 3]
    if (action === undefined || released) return undefined
    event = { action, ...where }
  } else if (code & 128) return undefined
  else if (button === undefined) event = { action: 'move', ...where }
  else event = { action: released ? 'release' : code & 32 ? 'drag' : 'press', button, ...where }
  return key({ name: 'Mouse', mouse: event })
}

/** What `CSI <params> <final>` means. `params` holds everything between, intermediates included. */
export function interpretCsi(params: string, final: string): Meaning {
  const prefix = /^[<=>?]/.exec(params)?.[0]
  const fields = (prefix === undefined ? params : params.slice(1)).split(';')
  if (prefix === '<') return final === 'M' || final === 'm' ? mouse(fields, final === 'm') : undefined
  if (prefix !== undefined) {
    if (prefix === '?' && final === 'R')
      return reply({ kind: 'cursor', row: number(fields[0], 1), column: number(fields[1], 1) })
    return reply({ kind: prefix === '?' && final === 'c' ? 'attributes' : 'other' })
  }
  if (!/^[\d:;]*$/.test(params)) return undefined
  const first = number(fields[0], 1)
  if (final === 'u') return kitty(fields)
  if (final === '~' && first === 27 && fields.length >= 3)
    return codePoint(number(fields[2], 0), modifiersOf(fields[1]), undefined)
  if (final === '~' || RXVT_TILDES[final] !== undefined) {
    const name = TILDES[first]
    if (name === undefined || isRelease(fields[1])) return undefined
    return key(namedKey(name, RXVT_TILDES[final] ?? modifiersOf(fields[1])))
  }
  if (RXVT_ARROWS[final] !== undefined && params === '') return key(namedKey(RXVT_ARROWS[final], SHIFT))
  // A cursor report looks like F3 with modifiers when the cursor is in the first row; who asks puts the cursor below it.
  if (final === 'R' && fields.length === 2 && first > 1)
    return reply({ kind: 'cursor', row: first, column: number(fields[1], 1) })
  const name = LETTERS[final]
  if (name === undefined || first !== 1 || isRelease(fields[1])) return undefined
  return key(namedKey(name, name === 'S-Tab' ? 0 : modifiersOf(fields[1])))
}

/** The numeric keypad in application mode, `SS3 j` to `SS3 y`, and its Enter, Tab, Space and equals sign. */
const KEYPAD_LETTERS = '*+,-./0123456789'

/** What `SS3 <params> <final>` means; old xterms put the modifiers between. */
export function interpretSs3(params: string, final: string): Meaning {
  const modifiers = modifiersOf(params.split(';').at(-1))
  const name = final === 'Z' ? undefined : LETTERS[final]
  if (name !== undefined) return key(namedKey(name, modifiers))
  if (RXVT_ARROWS[final] !== undefined) return key(namedKey(RXVT_ARROWS[final], CONTROL))
  if (final === 'M') return key(namedKey('Enter', modifiers))
  if (final === 'I') return key(namedKey('Tab', modifiers))
  if (final === 'X') return key(characterKey('=', modifiers))
  const character = final === ' ' ? ' ' : KEYPAD_LETTERS[final.charCodeAt(0) - 0x6a]
  return character === undefined ? undefined : key(characterKey(character, modifiers))
}

/** The Linux console's F1 to F5: `CSI [ A` to `CSI [ E` (console_codes(4), keymaps(5)). */
export function interpretConsole(final: string): Meaning {
  const index = 'ABCDE'.indexOf(final)
  return index < 0 ? undefined : key({ name: `F${index + 1}` })
}
