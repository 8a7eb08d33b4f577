import type { Frame } from '../../model/frame.ts'
import type { ProcessRow } from '../../model/processes.ts'
import type { Command as SourceCommand } from '../../model/source.ts'
import type { KeyBinding } from '../keys/binding.ts'
import type { Key } from '../screen/key.ts'
import { listOf, type ViewState, without } from '../state.ts'
import type { ThemeChoice } from '../theme/theme.ts'

/** What a key does besides changing the view state. */
export type Effect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'send'; readonly command: SourceCommand; readonly done: string }
  /** Asks how these are scheduled now, for the dialog that is open. */
  | { readonly kind: 'inspect'; readonly targets: readonly ProcessRow[] }
  /** To the clipboard of the terminal. */
  | { readonly kind: 'copy'; readonly text: string; readonly done: string }
  | { readonly kind: 'mouse'; readonly on: boolean }
  /** The screen is drawn anew in another theme. */
  | { readonly kind: 'theme'; readonly theme: ThemeChoice }
  /** To the shell, as Ctrl-Z. */
  | { readonly kind: 'suspend' }

/** What a command may look at. */
export interface CommandContext {
  /** The frame on the screen. */
  readonly frame: Frame
  /** Rows of the focused list, and how many of them can be seen. */
  readonly list: { readonly total: number; readonly visible: number }
  /** What the source can do. */
  readonly can: ReadonlySet<SourceCommand['kind']>
  /** The table of keys as the person has them bound. */
  readonly keys: readonly KeyBinding[]
  /** The key that was pressed. */
  readonly key: Key
}

export interface Step {
  readonly state: ViewState
  readonly effect?: Effect
  /** The command that goes on from there: what was chosen in a list of commands. */
  readonly next?: string
}

/** One command: a pure step from one view state to the next. */
export type Run = (state: ViewState, context: CommandContext) => Step

/** Commands by name. */
export type Commands = Readonly<Record<string, Run>>

export const to = (state: ViewState): Step => ({ state })

/** The process list begins at its top again. */
export function toTop(state: ViewState): ViewState {
  return { ...state, lists: { ...state.lists, processes: { selected: 0, offset: 0 } } }
}

/** The list of services begins at its top again, and nothing is chosen in it. */
export function servicesToTop(state: ViewState): ViewState {
  const services = without(state.services, 'selected')
  return { ...state, services, lists: { ...state.lists, services: { selected: 0, offset: 0 } } }
}

/** The log begins at its newest entry again. */
export function logToTop(state: ViewState): ViewState {
  return { ...state, log: without(state.log, 'selected'), lists: { ...state.lists, log: { selected: 0, offset: 0 } } }
}

/** The row the selection stands on; undefined where the answer does not hold it. */
export function selectedProcess(state: ViewState, frame: Frame): ProcessRow | undefined {
  const answer = frame.processes
  return answer?.rows[listOf(state, 'processes').selected - answer.offset]
}
