import { screenLayout } from '../app-layout.ts'
import { panelsOf } from '../layout.ts'
import type { PanelId } from '../panels/panel-id.ts'
import { panelByKey } from '../panels/registry.ts'
import { type ViewState, without } from '../state.ts'
import { type CommandContext, type Step, to } from './command.ts'
import { globalCommands, numberOf } from './global.ts'

/** Panels that a page has at this size, whatever is shown in full. */
export function panelsThere(state: ViewState): readonly PanelId[] {
  return panelsOf(screenLayout(without(state, 'full')))
}

/** A page as it is without a full view; a panel that has no place at this size loses the focus to `first`. */
export function unfilled(state: ViewState, first: PanelId): ViewState {
  const rest = without(state, 'full')
  return panelsThere(rest).includes(rest.focus) ? rest : { ...rest, focus: first }
}

/** What a number does on a page: undefined where its panel has no place here, and is not the one in full. */
export function toNumbered(
  state: ViewState,
  context: CommandContext,
  panels: readonly PanelId[],
): { readonly panel?: PanelId; readonly step?: Step } {
  const panel = panelByKey(numberOf(context), panels)
  if (panel === undefined) return { step: to(state) }
  if (panelsThere(state).includes(panel))
    return { panel, step: globalCommands['focus.number']?.(state, context) ?? to(state) }
  if (state.full === panel) return { panel, step: to(unfilled(state, panels[0] ?? panel)) }
  return { panel }
}
