import { nearest } from '../../lib/nearest.ts'
import type { Context, KeyBinding } from './binding.ts'
import { isTyped, KEY_NAMES, keyName } from './key-name.ts'

/** What keys a person wants for a command: names of keys, none to leave it without. */
export type Rebinding = Readonly<Record<string, readonly string[]>>

/** What is wrong with a rebinding. */
export interface RebindError {
  readonly command: string
  /** Which of its keys; the command itself when absent. */
  readonly index?: number
  readonly text: string
}

export type Rebound = { readonly keys: readonly KeyBinding[] } | { readonly errors: readonly RebindError[] }

/** Keys that ui/screen answers itself, before anybody looks them up. */
const FIXED: Readonly<Record<string, string>> = {
  'C-c': 'Ctrl-C always quits and can mean nothing else',
  'C-z': 'Ctrl-Z always goes to the shell and can mean nothing else',
}

/** Where characters are typed, so that they can be no keys. */
const TYPING: ReadonlySet<Context> = new Set([
  'text',
  'filter',
  'find',
  'services-filter',
  'log-filter',
  'help',
  'palette',
  'acknowledge',
])

/** The word that leaves a command without a key. */
const NONE = 'none'

function namesOf(command: string, wanted: readonly string[], errors: RebindError[]): readonly string[] {
  if (wanted.length === 1 && wanted[0] === NONE) return []
  return wanted.flatMap((text, index) => {
    const name = keyName(text)
    const fixed = name === undefined ? undefined : FIXED[name]
    if (name !== undefined && fixed === undefined) return [name]
    const meant = nearest(text, KEY_NAMES)
    const unknown = `there is no key "${text}"${meant === undefined ? '; a key is q, F5, C-x, S-Tab, …' : `; did you mean ${meant}?`}`
    errors.push({ command, index, text: fixed ?? unknown })
    return []
  })
}

/** One row with other keys. Where something is typed characters stay characters, and a row that would have none keeps its own. */
function rebound(row: KeyBinding, names: readonly string[]): KeyBinding {
  const able = TYPING.has(row.context) ? names.filter((name) => !isTyped(name)) : names
  const keys = able.length === 0 && names.length > 0 ? row.keys : able
  const [first] = keys
  const { footer, ...rest } = row
  if (footer === undefined || keys === row.keys) return { ...row, keys }
  return first === undefined ? { ...rest, keys } : { ...rest, keys, footer: first }
}

/** The keys that mean two things in one context, told at the command that was rebound. */
function clashes(table: readonly KeyBinding[], wanted: Rebinding): RebindError[] {
  const errors: RebindError[] = []
  const seen = new Map<string, KeyBinding>()
  for (const row of table) {
    for (const key of row.keys) {
      const place = `${row.context} ${key}`
      const other = seen.get(place)
      seen.set(place, row)
      if (other === undefined || other.command === row.command) continue
      const [mine, its] = wanted[row.command] === undefined ? [other, row] : [row, other]
      const index = wanted[mine.command]?.findIndex((text) => keyName(text) === key) ?? -1
      const text = `in ${row.context} ${key} already is ${its.command} (${its.help}); give that another key, or none`
      if (errors.some((error) => error.command === mine.command && error.index === index)) continue
      errors.push({ command: mine.command, ...(index < 0 ? {} : { index }), text })
    }
  }
  return errors
}

/**
 * The table of keys as a person wants it: the named commands get these keys in place of their own, in every context they are in; all
 * others keep theirs. Errors are all there are, in the order of the rebinding.
 */
export function rebind(table: readonly KeyBinding[], wanted: Rebinding): Rebound {
  const errors: RebindError[] = []
  const names = new Map<string, readonly string[]>()
  const commands = [...new Set(table.map(({ command }) => command))]
  for (const [command, keys] of Object.entries(wanted)) {
    const rows = table.filter((row) => row.command === command)
    if (rows.length === 0) {
      const meant = nearest(command, commands)
      errors.push({
        command,
        text: `there is no command "${command}"${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      })
      continue
    }
    if (rows.some(({ context }) => context === 'terminal')) {
      errors.push({ command, text: `${rows[0]?.keys[0]} is answered by the terminal itself and cannot be rebound` })
      continue
    }
    const valid = namesOf(command, keys, errors)
    const typing = rows.every(({ context }) => TYPING.has(context))
    valid.forEach((name, index) => {
      if (typing && isTyped(name))
        errors.push({ command, index, text: `"${name}" is typed there; give a key such as F5 or C-x` })
    })
    names.set(command, valid)
  }
  if (errors.length > 0) return { errors }
  const done = new Set<string>()
  const keys = table.flatMap((row) => {
    const wish = names.get(row.command)
    if (wish === undefined) return [row]
    // Two rows of a command in one context have keys of their own; now there is one with these.
    const place = `${row.context} ${row.command}`
    if (done.has(place)) return []
    done.add(place)
    return [rebound(row, wish)]
  })
  const twice = clashes(keys, wanted)
  return twice.length > 0 ? { errors: twice } : { keys }
}
