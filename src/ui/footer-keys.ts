import { contextsOf } from './commands/contexts.ts'
import { keyText } from './key-text.ts'
import type { KeyBinding } from './keys/binding.ts'
import type { FooterKey } from './rows/footer.ts'
import type { ViewState } from './state.ts'
import type { Glyphs } from './theme/glyphs.ts'

/** Keys for the footer: the same list as long as the same keys mean something, so that it is not painted for nothing. */
export class FooterKeys {
  private last: { readonly place: string; readonly keys: readonly FooterKey[] } | undefined

  of(state: ViewState, bindings: readonly KeyBinding[], glyphs: Glyphs): readonly FooterKey[] {
    const contexts = contextsOf(state)
    const place = contexts.join(' ')
    if (this.last?.place === place) return this.last.keys
    const keys = bindings
      .filter((binding) => binding.footer !== undefined && contexts.includes(binding.context))
      .map(({ footer, name, command }) => ({ key: keyText(footer as string, glyphs), name, command }))
    this.last = { place, keys }
    return keys
  }
}
