const NAMES = [
  ...(['Enter', 'Esc', 'Tab', 'Backspace', 'Delete', 'Insert', 'Up', 'Down', 'Left', 'Right'] as const),
  ...(['PgUp', 'PgDn', 'Home', 'End', 'Space'] as const),
  ...Array.from({ length: 20 }, (_, index) => `F${index + 1}`),
]

const OTHER_NAMES: Readonly<Record<string, string>> = {
  return: 'Enter',
  escape: 'Esc',
  del: 'Delete',
  ins: 'Insert',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  '↑': 'Up',
  '↓': 'Down',
  '←': 'Left',
  '→': 'Right',
}

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...NAMES.map((name) => [name.toLowerCase(), name] as const),
  ...Object.entries(OTHER_NAMES),
])

/** Names of keys that are no characters, for suggestions. */
export const KEY_NAMES: readonly string[] = NAMES

/** What a terminal sends for Control and these is another key (ASCII: C-i is a tab). */
const CONTROL_IS: Readonly<Record<string, string>> = {
  i: 'Tab',
  m: 'Enter',
  j: 'Enter',
  h: 'Backspace',
  '[': 'Esc',
  '@': 'C-Space',
}

const MODIFIERS: Readonly<Record<string, 'C' | 'A' | 'S'>> = {
  c: 'C',
  ctrl: 'C',
  control: 'C',
  a: 'A',
  alt: 'A',
  meta: 'A',
  s: 'S',
  shift: 'S',
}

/**
 * The name in the table (ui/screen/key.ts) of a key as people write it: `q`, `F5`, `C-x`, `Ctrl+X`, `shift-tab`, `PageUp`. Undefined for
 * what is no key.
 */
export function keyName(text: string): string | undefined {
  const modifiers = new Set<'C' | 'A' | 'S'>()
  let rest = text
  for (;;) {
    const match = /^([a-z]+)[-+](?=.)/i.exec(rest)
    const modifier = MODIFIERS[match?.[1]?.toLowerCase() ?? '']
    if (match === null || modifier === undefined) break
    modifiers.add(modifier)
    rest = rest.slice(match[0].length)
  }
  const characters = [...rest]
  const prefix = (['C', 'A', 'S'] as const).filter((one) => modifiers.has(one)).map((one) => `${one}-`)
  if (characters.length !== 1 || OTHER_NAMES[rest] !== undefined) {
    const name = BY_NAME.get(rest.toLowerCase())
    return name === undefined ? undefined : prefix.join('') + name
  }
  if (rest === ' ') return `${prefix.join('')}Space`
  if (/[\p{C}\p{Z}]/u.test(rest)) return undefined
  if (modifiers.has('C')) {
    const letter = rest.toLowerCase()
    const other = CONTROL_IS[letter]
    if (other !== undefined) return modifiers.has('A') ? `A-${other}` : other
    return `C-${modifiers.has('A') ? 'A-' : ''}${letter}`
  }
  const character = modifiers.has('S') ? rest.toUpperCase() : rest
  return modifiers.has('A') ? `A-${character}` : character
}

/** Whether a key types a character where something is typed. */
export function isTyped(name: string): boolean {
  return name === 'Space' || [...name].length === 1
}
