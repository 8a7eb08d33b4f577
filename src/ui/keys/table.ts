import { actionKeys } from './actions.ts'
import { aheadKeys } from './ahead.ts'
import { alertDialogKeys, alertKeys, logKeys } from './alerts.ts'
import type { Context, KeyBinding } from './binding.ts'
import { checkKeys } from './check.ts'
import { globalKeys, lastKeys } from './global.ts'
import { listKeys } from './list.ts'
import { overlayKeys } from './overlays.ts'
import { panelKeys } from './panels.ts'
import { processKeys } from './processes.ts'
import { serviceKeys } from './services.ts'
import { shellKeys } from './shell.ts'
import { watchKeys } from './watch.ts'

/** Every key there is, in the order of the footer. Habits of htop, less and vi; the table of DESIGN chapter 9. */
export const KEYS: readonly KeyBinding[] = [
  ...globalKeys,
  ...listKeys,
  ...watchKeys,
  ...checkKeys,
  ...alertKeys,
  ...processKeys,
  ...serviceKeys,
  ...logKeys,
  ...aheadKeys,
  ...panelKeys,
  ...shellKeys,
  ...lastKeys,
  ...overlayKeys,
  ...actionKeys,
  ...alertDialogKeys,
]

/** The binding of a key in the first of the contexts that has one. */
export function bindingOf(
  table: readonly KeyBinding[],
  key: string,
  contexts: readonly Context[],
  can: ReadonlySet<string>,
): KeyBinding | undefined {
  for (const context of contexts) {
    const found = table.find(
      (binding) =>
        binding.context === context && binding.keys.includes(key) && (!binding.needs || can.has(binding.needs)),
    )
    if (found) return found
  }
  return undefined
}
