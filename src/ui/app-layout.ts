import { checkLayout } from './check-layout.ts'
import { choosablePanels, type Layout, layoutOf, panelsOf } from './layout.ts'
import type { ViewState } from './state.ts'
import { watchLayout } from './watch-layout.ts'

/** What stands where, for what a person chose to see. */
export function screenLayout({ columns, rows, full, watch, check, layout }: ViewState): Layout {
  if (watch !== undefined) return watchLayout(columns, rows, full, watch)
  return check === undefined ? layoutOf(columns, rows, full, layout) : checkLayout(columns, rows, full)
}

/**
 * The state with its focus on a panel of the home screen that is shown: where its own is hidden the next one has it, where it has no place
 * in the layout the process table does. A full view keeps its panel, shown or not; a hidden list is shown in full while somebody types
 * what to show or find in it.
 */
export function focusShown(state: ViewState): ViewState {
  const { columns, rows, full, watch, check, layout, processes, services } = state
  if (watch !== undefined || check !== undefined || full !== undefined) return state
  const shown = panelsOf(layoutOf(columns, rows, undefined, layout))
  const typing = processes.input !== undefined || services.input !== undefined
  const focus = processes.input !== undefined ? 'processes' : services.input !== undefined ? 'services' : state.focus
  if (shown.length === 0 || shown.includes(focus)) return focus === state.focus ? state : { ...state, focus }
  if (typing) return { ...state, focus, full: focus }
  const all = choosablePanels(columns, rows, layout)
  const at = all.indexOf(focus)
  if (at < 0 && shown.includes('processes')) return { ...state, focus: 'processes' }
  const next = [...all.slice(at + 1), ...all].find((panel) => shown.includes(panel))
  return next === undefined ? state : { ...state, focus: next }
}
