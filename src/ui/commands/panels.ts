import { focusShown, screenLayout } from '../app-layout.ts'
import { choosablePanels, panelsOf, placesOf } from '../layout.ts'
import { HOME_LAYOUT, type LayoutChoice, PRESETS } from '../layout-choice.ts'
import type { PanelId } from '../panels/panel-id.ts'
import { type Page, pageOf, type ViewState, without } from '../state.ts'
import { type Commands, type Run, type Step, to } from './command.ts'

const PAGES: Readonly<Record<Exclude<Page, 'home'>, string>> = {
  watch: 'a process',
  check: 'a check',
  alert: 'an alert',
}
const ONE_STAYS = 'one panel has to stay'

/** What the dialog lists. */
function listedPanels({ columns, rows, layout }: ViewState): PanelId[] {
  return choosablePanels(columns, rows, layout)
}

/** The state with another layout, and its focus where it can be seen. */
function withLayout(state: ViewState, change: Partial<LayoutChoice>): ViewState {
  return focusShown({ ...state, layout: { ...state.layout, ...change } })
}

/** Moves the dialog's selection to a panel, or keeps it inside the list. */
function selecting(state: ViewState, index: number): ViewState {
  if (state.overlay?.kind !== 'panels') return state
  const last = listedPanels(state).length - 1
  return { ...state, overlay: { kind: 'panels', selected: Math.max(0, Math.min(last, index)) } }
}

/** Does something with the panel that is selected in the dialog. */
function withSelected(run: (state: ViewState, panel: PanelId, index: number) => ViewState): Run {
  return (state) => {
    if (state.overlay?.kind !== 'panels') return to(state)
    const { selected } = state.overlay
    const panel = listedPanels(state)[selected]
    return to(panel === undefined ? state : run(state, panel, selected))
  }
}

/** Panels are arranged on the home screen alone: what is said anywhere else. */
function onPage(state: ViewState): Step | undefined {
  const page = pageOf(state)
  if (page === 'home') return undefined
  return to({ ...state, notice: `the page of ${PAGES[page]} has its own panels` })
}

function open(state: ViewState): Step {
  const refused = onPage(state)
  if (refused !== undefined) return refused
  const home = without(state, 'full')
  const panels = listedPanels(home)
  if (panels.length === 0) return to({ ...home, notice: 'no room for panels: they need 60x20' })
  return to({ ...home, overlay: { kind: 'panels', selected: Math.max(0, panels.indexOf(state.focus)) } })
}

function choose(step: number): Run {
  return withSelected((state, _, index) => {
    const count = listedPanels(state).length
    return selecting(state, (index + step + count) % count)
  })
}

function hide(state: ViewState, panel: PanelId): ViewState {
  const { hidden } = state.layout
  const shown = panelsOf(screenLayout(without(state, 'full')))
  if (shown.every((one) => one === panel)) return { ...state, notice: ONE_STAYS }
  return withLayout(state, { hidden: [...hidden, panel] })
}

function toggle(state: ViewState, panel: PanelId): ViewState {
  const { hidden } = state.layout
  return hidden.includes(panel)
    ? withLayout(state, { hidden: hidden.filter((one) => one !== panel) })
    : hide(state, panel)
}

/** Exchanges the places of a panel and its neighbour. What a larger screen has besides keeps its place. */
function move(step: 1 | -1): Run {
  return withSelected((state, panel, index) => {
    const panels = listedPanels(state)
    const neighbour = panels[index + step]
    if (neighbour === undefined) return state
    panels[index + step] = panel
    panels[index] = neighbour
    const others = state.layout.order.filter((one) => !panels.includes(one))
    return selecting(withLayout(state, { order: [...panels, ...others] }), index + step)
  })
}

/** Makes a panel's row taller or shorter, as far as there is room. */
function resize(step: 1 | -1): Run {
  return withSelected((state, panel) => {
    const { rows } = state.layout
    const height = (of: ViewState) => placesOf(screenLayout(of)).get(panel)?.rows
    const before = height(state)
    if (before === undefined) return { ...state, notice: 'it is hidden' }
    const changed = withLayout(state, { rows: { ...rows, [panel]: (rows[panel] ?? 0) + step } })
    if (height(changed) !== before) return changed
    return { ...state, notice: step > 0 ? 'there are no more rows to take' : 'it needs these rows' }
  })
}

function nextPreset(state: ViewState): Step {
  const refused = onPage(state)
  if (refused !== undefined) return refused
  const preset = PRESETS[(PRESETS.indexOf(state.layout.preset) + 1) % PRESETS.length] ?? HOME_LAYOUT.preset
  const changed = withLayout(state, { preset })
  const selected = state.overlay?.kind === 'panels' ? state.overlay.selected : 0
  return to(selecting({ ...changed, notice: `panels as in ${preset}` }, selected))
}

function hideFocused(state: ViewState): Step {
  const refused = onPage(state)
  if (refused !== undefined) return refused
  if (!panelsOf(screenLayout(without(state, 'full'))).includes(state.focus)) return to(state)
  const hidden = hide(without(state, 'full'), state.focus)
  return to(hidden.notice === undefined ? { ...hidden, notice: 'hidden: L shows it again' } : hidden)
}

/** Which panels the home screen has, where, and how tall. Everything is seen at once; there is nothing to apply. */
export const panelCommands: Commands = {
  panels: open,
  'panels.up': choose(-1),
  'panels.down': choose(1),
  'panels.toggle': withSelected(toggle),
  'panels.earlier': move(-1),
  'panels.later': move(1),
  'panels.taller': resize(1),
  'panels.shorter': resize(-1),
  'panels.default': (state) => to(selecting(withLayout(state, HOME_LAYOUT), 0)),
  'preset.next': nextPreset,
  'panel.hide': hideFocused,
}
