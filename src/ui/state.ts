import type { Frame } from '../model/frame.ts'
import type { ProcessRow, SortKey } from '../model/processes.ts'
import type { PanelId, PanelView } from './panels/panel.ts'

/** What lies over the panels. */
export type Overlay =
  | { readonly kind: 'help'; readonly offset: number }
  | { readonly kind: 'sort'; readonly selected: number }
  | {
      readonly kind: 'signal'
      /** The process as it was when the dialog was opened: pid and start time are checked against it. */
      readonly target: ProcessRow
      /** Wall time at which it was opened: `started … ago` is as of then. */
      readonly openedMs: number
      /** Index into SIGNALS. */
      readonly selected: number
      readonly button: 'cancel' | 'send'
      /** What became of it, when it was refused. */
      readonly refused?: string
    }

/** Where somebody is in a list. */
export interface ListState {
  readonly selected: number
  readonly offset: number
}

/** What a person does, and nothing the machine does: with a frame it determines the screen. */
export interface ViewState {
  readonly columns: number
  readonly rows: number
  readonly focus: PanelId
  readonly full?: PanelId
  readonly overlay?: Overlay
  /** The frame that is shown while paused. */
  readonly paused?: Frame
  /** History left of `now` in charts, in milliseconds. */
  readonly spanMs: number
  readonly chart: 'area' | 'line'
  readonly lists: Readonly<Partial<Record<PanelId, ListState>>>
  readonly sort: SortKey
  readonly reverse: boolean
  readonly filter: string
  /** The filter is being typed. */
  readonly editing: boolean
  readonly user?: string
  readonly pid?: number
  /** One sentence about what was just done, in the footer until the next key. */
  readonly notice?: string
}

/** Chart spans that `+` and `-` go through. */
export const SPANS_MS: readonly number[] = [1, 2, 5, 10, 20, 30, 60, 180, 360, 720, 1440].map(
  (minutes) => minutes * 60_000,
)

export const INITIAL: ViewState = {
  columns: 80,
  rows: 24,
  focus: 'processes',
  spanMs: 600_000,
  chart: 'area',
  lists: {},
  sort: 'cpu',
  reverse: false,
  filter: '',
  editing: false,
}

const START: ListState = { selected: 0, offset: 0 }

/** Where somebody is in a panel's list; its top before they were ever there. */
export function listOf(state: ViewState, panel: PanelId): ListState {
  return state.lists[panel] ?? START
}

/** The part of the view state a panel is told. */
export function panelView(state: ViewState, panel: PanelId): PanelView {
  const { selected, offset } = listOf(state, panel)
  return {
    focused: state.focus === panel,
    full: state.full === panel,
    spanMs: state.spanMs,
    chart: state.chart,
    selected,
    offset,
    sort: state.sort,
    reverse: state.reverse,
    filter: state.filter,
    editing: state.editing,
    paused: state.paused !== undefined,
  }
}

/** Moves the selection to `index`, kept inside the list, and scrolls as little as needed to show it. */
export function select(state: ViewState, panel: PanelId, index: number, total: number, visible: number): ViewState {
  const selected = Math.max(0, Math.min(index, total - 1))
  const { offset } = listOf(state, panel)
  const shown = Math.max(1, visible)
  const first = Math.max(selected - shown + 1, Math.min(offset, selected))
  const last = Math.max(0, total - shown)
  return { ...state, lists: { ...state.lists, [panel]: { selected, offset: Math.max(0, Math.min(first, last)) } } }
}
