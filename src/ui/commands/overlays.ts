import { PROCESS_FIELDS, SORT_KEYS } from '../../model/processes.ts'
import { isAlertOverlay, type Overlay } from '../state.ts'
import { type Commands, type Run, to } from './command.ts'
import { SETTINGS } from './settings.ts'
import { silenceChoices } from './silence-choices.ts'

/** Choices of an overlay that lists some. */
function choices(overlay: Overlay): number {
  if (overlay.kind === 'settings') return SETTINGS.length
  if (isAlertOverlay(overlay)) return silenceChoices(overlay.of, overlay.openedMs).length
  return overlay.kind === 'columns' ? PROCESS_FIELDS.length : SORT_KEYS.length
}

function choose(step: number): Run {
  return (state) => {
    const { overlay } = state
    if (overlay === undefined || !('selected' in overlay)) return to(state)
    const count = choices(overlay)
    return to({ ...state, overlay: { ...overlay, selected: (overlay.selected + step + count) % count } })
  }
}

export const overlayCommands: Commands = {
  'choice.up': choose(-1),
  'choice.down': choose(1),
}
