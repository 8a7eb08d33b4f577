import { isAlertOverlay, listOf, type ViewState, withLog, withProcesses, withServices } from '../state.ts'
import { EDITS, insert, type TextInput } from '../text-input.ts'
import { type Commands, logToTop, servicesToTop, to, toTop } from './command.ts'

/** The line that is being typed: of the overlay, or in the title of the process table, of the services or of the log. */
export function inputOf({ overlay, processes, services, log }: ViewState): TextInput | undefined {
  if (isAlertOverlay(overlay)) return overlay.kind === 'acknowledge' ? overlay.note : undefined
  if (overlay !== undefined) return 'query' in overlay ? overlay.query : undefined
  return processes.input?.line ?? services.input ?? log.input
}

/** The state with that line changed. Typing a filter is live; another query begins at the top of what it finds. */
export function withInput(state: ViewState, line: TextInput): ViewState {
  const { overlay } = state
  if (isAlertOverlay(overlay)) return { ...state, overlay: { ...overlay, note: line } }
  if (overlay !== undefined) {
    return 'query' in overlay ? { ...state, overlay: { ...overlay, query: line, selected: 0 } } : state
  }
  if (state.services.input !== undefined) {
    const changed = withServices(state, { input: line, filter: line.text })
    return line.text === state.services.filter ? changed : servicesToTop(changed)
  }
  if (state.log.input !== undefined) {
    const changed = withLog(state, { input: line, filter: line.text })
    return line.text === state.log.filter ? changed : logToTop(changed)
  }
  const { input, filter } = state.processes
  if (input === undefined) return state
  if (input.kind === 'find') {
    const from = listOf(state, 'processes').selected
    const search =
      line.text.trim() === '' ? {} : { found: line.text, finding: { text: line.text, from, step: 1 as const } }
    return withProcesses(state, { input: { kind: 'find', line }, ...search })
  }
  const changed = withProcesses(state, { input: { kind: 'filter', line }, filter: line.text })
  return line.text === filter ? changed : toTop(changed)
}

/** The state with text typed or pasted; undefined where nothing is being typed. */
export function type(state: ViewState, text: string): ViewState | undefined {
  const line = inputOf(state)
  return line && withInput(state, insert(line, text))
}

export const textCommands: Commands = Object.fromEntries(
  Object.entries(EDITS).map(([name, edit]) => [
    name,
    (state: ViewState) => {
      const line = inputOf(state)
      return to(line === undefined ? state : withInput(state, edit(line)))
    },
  ]),
)
