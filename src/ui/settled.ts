import type { Frame } from '../model/frame.ts'
import { listedLog } from './panels/log/entries.ts'
import { listedChecks } from './panels/services/order.ts'
import { listOf, select, type ViewState, withLog, without, withServices } from './state.ts'

/**
 * The state with the selection of the services on the check it stood on: their order changes with their states, and what somebody is
 * about to open must not slip away. A person who `moved` chose what stands there now. `visible` rows of the list can be seen.
 */
export function settled(state: ViewState, moved: boolean, { checks }: Frame, visible: number): ViewState {
  const { services, full } = state
  if (services.list === 'sockets') {
    // The list of sockets is left with the full view.
    if (full === 'services') return state
    const lists = { ...state.lists, services: { selected: 0, offset: 0 } }
    return { ...state, lists, services: { ...without(services, 'selected'), list: 'checks' } }
  }
  if (checks.length === 0) return state
  const listed = listedChecks(checks, services.filter).checks
  const { selected } = listOf(state, 'services')
  const at = moved ? -1 : listed.findIndex(({ definition }) => definition.name === services.selected)
  const row = at >= 0 ? at : Math.max(0, Math.min(selected, listed.length - 1))
  const placed = row === selected && !moved ? state : select(state, 'services', row, listed.length, visible)
  const name = listed[row]?.definition.name
  // Nobody has chosen anything as long as the selection is where it was at first: at the top, whatever comes to stand there.
  const chosen = moved || (services.selected !== undefined && name !== undefined) ? name : services.selected
  return chosen === undefined || chosen === services.selected ? placed : withServices(placed, { selected: chosen })
}

/**
 * The state with the selection of the log on the entry it stood on, at the same height of the screen: others come above it. At the top it
 * stays on the newest. A person who `moved` chose what stands there now.
 */
export function settledLog(state: ViewState, moved: boolean, frame: Frame, visible: number): ViewState {
  const { rows } = listedLog(frame, state.log)
  const { selected, offset } = listOf(state, 'log')
  const chosen = state.log.selected
  if (moved) {
    const key = selected === 0 ? undefined : rows[selected]?.key
    if (key === chosen) return state
    return key === undefined ? { ...state, log: without(state.log, 'selected') } : withLog(state, { selected: key })
  }
  if (chosen === undefined && selected === 0) return state
  const found = chosen === undefined ? -1 : rows.findIndex(({ key }) => key === chosen)
  const row = found >= 0 ? found : Math.max(0, Math.min(selected, rows.length - 1))
  const stays = row === selected && (chosen !== undefined || rows.length === 0)
  // In a taller panel no row is left empty below while others are hidden above.
  const fits = visible === 0 || offset <= Math.max(0, rows.length - visible)
  if (stays && fits) return state
  const carried = { ...state.lists, log: { selected: row, offset: Math.max(0, offset + row - selected) } }
  const next = { ...state, lists: carried }
  // On another page nothing of it is seen: it is scrolled when it is.
  return visible === 0 ? next : select(next, 'log', row, rows.length, visible)
}

/** The state with the selections of both where they belong, after what a person made of `before`. */
export function settledLists(
  state: ViewState,
  before: ViewState,
  frame: Frame,
  visibleOf: (panel: 'services' | 'log') => number,
): ViewState {
  const moved = (panel: 'services' | 'log') => state.lists[panel] !== before.lists[panel]
  const services = settled(state, moved('services'), frame, visibleOf('services'))
  return settledLog(services, moved('log'), frame, visibleOf('log'))
}
