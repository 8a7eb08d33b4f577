import type { Frame } from '../model/frame.ts'
import { listedChecks } from './panels/services/order.ts'
import { listOf, select, type ViewState, without, withServices } from './state.ts'

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
