import type { Frame } from '../model/frame.ts'
import { alertAt } from './commands/alert-target.ts'
import { contextsOf } from './commands/contexts.ts'
import { keyText } from './key-text.ts'
import type { KeyBinding } from './keys/binding.ts'
import type { FooterKey } from './rows/footer.ts'
import type { ViewState } from './state.ts'
import type { Glyphs } from './theme/glyphs.ts'

/** What is done to an alert that fires: where there is none, the key only says so. */
const TO_AN_ALERT: ReadonlySet<string> = new Set(['alert.acknowledge', 'alert.silence'])

interface Made {
  readonly place: string
  readonly bindings: readonly KeyBinding[]
  readonly firing: boolean
  readonly keys: readonly FooterKey[]
}

/** Keys for the footer: the same list as long as the same keys mean something, so that it is not painted for nothing. */
export class FooterKeys {
  private last: Made | undefined

  of(state: ViewState, bindings: readonly KeyBinding[], glyphs: Glyphs, frame: Frame): readonly FooterKey[] {
    const contexts = contextsOf(state)
    const place = contexts.join(' ')
    const firing = typeof alertAt(state, frame) !== 'string'
    const { last } = this
    if (last?.place === place && last.bindings === bindings && last.firing === firing) return last.keys
    const keys = bindings
      .filter((binding) => binding.footer !== undefined && contexts.includes(binding.context))
      .filter(({ command }) => firing || !TO_AN_ALERT.has(command))
      .map(({ footer, name, command }) => ({ key: keyText(footer as string, glyphs), name, command }))
    this.last = { place, bindings, firing, keys }
    return keys
  }
}
