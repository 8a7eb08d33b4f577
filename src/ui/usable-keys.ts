import type { Command } from '../model/source.ts'
import { usable } from './commands/entries.ts'
import type { KeyBinding } from './keys/binding.ts'

type Can = ReadonlySet<Command['kind']>

/** Asks for the keys that can be used: the same list as long as nothing about them changes, so that nothing is painted for it. */
export function usableKeys(): (keys: readonly KeyBinding[], can: Can) => readonly KeyBinding[] {
  let last:
    | { readonly keys: readonly KeyBinding[]; readonly can: Can; readonly list: readonly KeyBinding[] }
    | undefined
  return (keys, can) => {
    if (last?.keys !== keys || last.can !== can) last = { keys, can, list: usable(keys, can) }
    return last.list
  }
}
