import { alertLayout } from './alert-layout.ts'
import { checkLayout } from './check-layout.ts'
import { choosablePanels, type Layout, layoutOf, panelsOf } from './layout.ts'
import type { PanelId } from './panels/panel-id.ts'
import { pageOf, type ViewState } from './state.ts'
import { watchLayout } from './watch-layout.ts'

/** What stands where, for what a person chose to see. */
export function screenLayout({ columns, rows, full, watch, check, alert, layout }: ViewState): Layout {
  if (watch !== undefined) return watchLayout(columns, rows, full, watch)
  if (check !== undefined) return checkLayout(columns, rows, full)
  return alert === undefined ? layoutOf(columns, rows, full, layout) : alertLayout(columns, rows, full)
}

/** The panel in whose title something is typed. */
function typingIn({ processes, services, log }: ViewState): PanelId | undefined {
  if (processes.input !== undefined) return 'processes'
  if (services.input !== undefined) return 'services'
  return log.input === undefined ? undefined : 'log'
}

/**
 * The state with its focus on a panel of the home screen that is shown: where its own is hidden the next one has it, where it has no place
 * in the layout the process table does. A full view keeps its panel, shown or not; a hidden list is shown in full while somebody types
 * what to show or find in it.
 */
export function focusShown(state: ViewState): ViewState {
  const { columns, rows, full, layout } = state
  if (pageOf(state) !== 'home' || full !== undefined) return state
  const shown = panelsOf(layoutOf(columns, rows, undefined, layout))
  const typedIn = typingIn(state)
  const typing = typedIn !== undefined
  const focus = typedIn ?? state.focus
  if (shown.length === 0 || shown.includes(focus)) return focus === state.focus ? state : { ...state, focus }
  if (typing) return { ...state, focus, full: focus }
  const all = choosablePanels(columns, rows, layout)
  const at = all.indexOf(focus)
  if (at < 0 && shown.includes('processes')) return { ...state, focus: 'processes' }
  const next = [...all.slice(at + 1), ...all].find((panel) => shown.includes(panel))
  return next === undefined ? state : { ...state, focus: next }
}
