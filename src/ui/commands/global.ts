import { screenLayout } from '../app-layout.ts'
import { panelsOf } from '../layout.ts'
import { isOfPage, PANEL_IDS, type PanelId } from '../panels/panel-id.ts'
import { panelByKey } from '../panels/registry.ts'
import { pageOf, SPANS_MS, type ViewState, withLog, without, withServices } from '../state.ts'
import { type CommandContext, type Commands, type Run, type Step, to, toTop } from './command.ts'
import { leftPage } from './leave.ts'

/** The panels that can be focused: of the page, whatever is shown in full. */
function panels(state: ViewState): PanelId[] {
  return panelsOf(screenLayout(without(state, 'full')))
}

/** Focuses a panel. It is shown in full where another one was, and where the layout has no place for it. */
export function focus(state: ViewState, panel: PanelId): ViewState {
  const inFull = state.full !== undefined || !panels(state).includes(panel)
  return inFull ? { ...state, focus: panel, full: panel } : { ...state, focus: panel }
}

function cycle(step: number): Run {
  return (state) => {
    const there = panels(state)
    if (there.length === 0) return to(state)
    const at = there.indexOf(state.focus)
    return to(focus(state, there[(at + step + there.length) % there.length] as PanelId))
  }
}

function toggleFull(state: ViewState): ViewState {
  return state.full === undefined ? { ...state, full: state.focus } : without(state, 'full')
}

/** All charts are zoomed together; the one that is looked at goes on from what it shows, which may be more than the span. */
function zoom(step: number): Run {
  return (state) => {
    const at = SPANS_MS.indexOf(state.spanMs)
    const spanMs = SPANS_MS[Math.max(0, Math.min(SPANS_MS.length - 1, at + step))] ?? state.spanMs
    const panel = state.full ?? state.focus
    const zoomed = state.zoomed?.panel === panel ? state.zoomed : { panel, fromMs: state.spanMs }
    return to({ ...state, spanMs, zoomed })
  }
}

/** Panels of the home screen that have a place of their own at some size; `host` stands for several where there is no room for them. */
const isHome = (panel: PanelId) => !isOfPage(panel) && panel !== 'host'

/** The number of the panel that a key asks for: whatever keys a person bound, the first of them is panel 1. '0' for none. */
export function numberOf({ key, keys }: CommandContext): string {
  const numbers = keys.find((row) => row.command.endsWith('.number') && row.keys.includes(key.name))?.keys ?? []
  return String(numbers.indexOf(key.name) + 1)
}

function focusNumber(state: ViewState, context: CommandContext): Step {
  const number = numberOf(context)
  const panel = panelByKey(number, panels(state)) ?? panelByKey(number, PANEL_IDS.filter(isHome))
  if (panel === undefined) return to(state)
  return to(state.focus === panel ? toggleFull(state) : focus(state, panel))
}

function back(state: ViewState): Step {
  if (state.full !== undefined) return to(without(state, 'full'))
  const { processes, services, log } = state
  if (state.focus === 'services' && services.filter !== '') return to(withServices(state, { filter: '' }))
  if (state.focus === 'log' && log.filter !== '') return to(withLog(state, { filter: '' }))
  if (processes.filter !== '') return to({ ...toTop(state), processes: { ...processes, filter: '' } })
  return to({ ...state, processes: without(processes, 'user', 'pid') })
}

/** Leaves a full view, then the page of a process, of a check or of an alert, then the program. */
function quit(state: ViewState): Step {
  if (state.full !== undefined) return to(without(state, 'full'))
  if (pageOf(state) !== 'home') return to(leftPage(state))
  return { state, effect: { kind: 'quit' } }
}

export const globalCommands: Commands = {
  redraw: (state) => ({ state, effect: { kind: 'redraw' } }),
  quit,
  close: (state) => to(without(state, 'overlay')),
  back,
  open: (state) => to(state.full === undefined ? toggleFull(state) : state),
  full: (state) => to(toggleFull(state)),
  'focus.next': cycle(1),
  'focus.previous': cycle(-1),
  'focus.number': focusNumber,
  pause: (state, { frame }) => to(state.paused === undefined ? { ...state, paused: frame } : without(state, 'paused')),
  'zoom.in': zoom(-1),
  'zoom.out': zoom(1),
  chart: (state) => to({ ...state, chart: state.chart === 'area' ? 'line' : 'area' }),
}
