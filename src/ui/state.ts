import type { Alert } from '../model/alert.ts'
import type { Frame } from '../model/frame.ts'
import type { ProcessField, ProcessRow } from '../model/processes.ts'
import type { Scheduling } from '../model/source.ts'
import { HOME_LAYOUT, type LayoutChoice } from './layout-choice.ts'
import type { PanelView } from './panels/panel.ts'
import type { PanelId } from './panels/panel-id.ts'
import type { TextInput } from './text-input.ts'
import type { ThemeChoice } from './theme/theme.ts'
import type { AlertView, CheckView, LogView, ProcessesView, ServicesView, WatchView } from './views.ts'

/** What lies over the panels. */
export type Overlay =
  | { readonly kind: 'help'; readonly query: TextInput; readonly selected: number }
  | { readonly kind: 'palette'; readonly query: TextInput; readonly selected: number }
  | { readonly kind: 'settings'; readonly selected: number }
  | { readonly kind: 'panels'; readonly selected: number }
  | { readonly kind: 'sort'; readonly selected: number }
  | { readonly kind: 'columns'; readonly selected: number; readonly chosen: readonly ProcessField[] }
  | ActionOverlay
  | AlertOverlay

/** The dialog of something that is done to processes. */
export interface ActionOverlay {
  readonly kind: 'signal' | 'nice' | 'io_class' | 'affinity'
  /** The processes as they were when the dialog was opened: pid and start time are checked against them. */
  readonly targets: readonly ProcessRow[]
  /** Wall time at which it was opened: `started … ago` is as of then. */
  readonly openedMs: number
  /** Who started the process, where there is one target and its parent could be seen. */
  readonly parent?: { readonly pid: number; readonly name: string }
  /** What the targets use together; absent where one of them was not in the newest answer. */
  readonly total?: { readonly cpuRatio: number; readonly memoryBytes: number }
  /** Index of the choice the list stands on: a signal, a class, a core. */
  readonly selected: number
  /** The letter that was typed last to jump to a signal: again it means the next one. */
  readonly typed?: string
  readonly button: 'cancel' | 'send'
  /** The new value, where it is no choice of a list: `nice` and the level of the I/O class. */
  readonly value?: number
  /** Cores that are chosen, for `affinity`, once what there is to choose from is known. */
  readonly cores?: readonly number[]
  /** How each of the targets is scheduled now, once that is known. */
  readonly current?: readonly Scheduling[]
  /** Targets that had ended when that was asked, and are no targets any more. */
  readonly ended?: number
  /** The button was pressed, and what became of it is not known yet. */
  readonly sending?: boolean
  /** What became of it, when it was refused. */
  readonly refused?: string
}

/** The dialog of what is done to an alert. */
export interface AlertOverlay {
  readonly kind: 'acknowledge' | 'unacknowledge' | 'silence'
  /** The alert as it was when the dialog was opened. */
  readonly of: Alert
  /** Wall time at which it was opened: choices of times are as of then. */
  readonly openedMs: number
  /** What is said with it, for `acknowledge`; a line that is typed. */
  readonly note: TextInput
  /** Index of the choice of a silence. */
  readonly selected: number
  /** The command was sent, and what became of it is not known yet. */
  readonly sending?: boolean
  /** What became of it, when it was refused. */
  readonly refused?: string
}

export function isAlertOverlay(overlay: Overlay | undefined): overlay is AlertOverlay {
  return overlay !== undefined && 'of' in overlay
}

export function isAction(overlay: Overlay | undefined): overlay is ActionOverlay {
  return overlay !== undefined && 'targets' in overlay
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
  /** The panel that was zoomed in last, and the span from before that. */
  readonly zoomed?: { readonly panel: PanelId; readonly fromMs: number }
  readonly chart: 'area' | 'line'
  readonly lists: Readonly<Partial<Record<PanelId, ListState>>>
  readonly processes: ProcessesView
  readonly services: ServicesView
  readonly log: LogView
  /** The home screen when absent. */
  readonly watch?: WatchView
  /** The page of one check lies over the home screen. Never together with `watch`. */
  readonly check?: CheckView
  /** The page of one alert; those of a process or of a check that are opened from it lie over it. */
  readonly alert?: AlertView
  /** Which panels the home screen has, and where. */
  readonly layout: LayoutChoice
  readonly theme: ThemeChoice
  /** Mouse events are asked of the terminal; `mouseChosen` when a person said so, not the kind of terminal. */
  readonly mouse: boolean
  readonly mouseChosen: boolean
  /** For which alerts that fire anew the terminal rings. */
  readonly bell: (typeof BELLS)[number]
  /** Whether the terminal is asked to show them on the desktop. */
  readonly notify: boolean
  /** One sentence about what was just done, in the footer until the next key. */
  readonly notice?: string
}

/** Chart spans that `+` and `-` go through. */
export const SPANS_MS: readonly number[] = [1, 2, 5, 10, 20, 30, 60, 180, 360, 720, 1440].map(
  (minutes) => minutes * 60_000,
)

/** For which alerts the terminal may ring. */
export const BELLS = ['off', 'critical', 'all'] as const

export const INITIAL: ViewState = {
  columns: 80,
  rows: 24,
  focus: 'processes',
  spanMs: 600_000,
  chart: 'area',
  lists: {},
  processes: {
    sort: 'cpu',
    reverse: false,
    filter: '',
    history: [],
    kernelThreads: false,
    arrange: 'list',
    toggled: [],
    threadsOf: [],
    shift: 0,
    tagged: [],
  },
  services: { filter: '', list: 'checks' },
  log: { filter: '', opened: [] },
  layout: HOME_LAYOUT,
  theme: 'auto',
  mouse: false,
  mouseChosen: false,
  bell: 'off',
  notify: false,
}

const START: ListState = { selected: 0, offset: 0 }

/** Where somebody is in a panel's list; its top before they were ever there. */
export function listOf(state: ViewState, panel: PanelId): ListState {
  return state.lists[panel] ?? START
}

/** A state without some of its optional members. */
export function without<State extends object, K extends keyof State>(state: State, ...keys: K[]): Omit<State, K> {
  const rest = { ...state }
  for (const key of keys) delete rest[key]
  return rest
}

/** Changes the view of the process table. */
export function withProcesses(state: ViewState, change: Partial<ProcessesView>): ViewState {
  return { ...state, processes: { ...state.processes, ...change } }
}

/** Changes the view of the list of services. */
export function withServices(state: ViewState, change: Partial<ServicesView>): ViewState {
  return { ...state, services: { ...state.services, ...change } }
}

/** Changes the view of the log. */
export function withLog(state: ViewState, change: Partial<LogView>): ViewState {
  return { ...state, log: { ...state.log, ...change } }
}

/** Which page is on the screen: that of a process or of a check may lie over that of an alert. */
export function pageOf({ watch, check, alert }: Pick<ViewState, 'watch' | 'check' | 'alert'>): Page {
  if (watch !== undefined) return 'watch'
  if (check !== undefined) return 'check'
  return alert === undefined ? 'home' : 'alert'
}

export type Page = 'home' | 'watch' | 'check' | 'alert'

/** The part of the view state a panel is told. */
export function panelView(state: ViewState, panel: PanelId): PanelView {
  const { selected, offset } = listOf(state, panel)
  return {
    focused: state.focus === panel,
    full: state.full === panel,
    spanMs: state.spanMs,
    ...(state.zoomed?.panel === panel && { zoomedFromMs: state.zoomed.fromMs }),
    chart: state.chart,
    selected,
    offset,
    processes: state.processes,
    services: state.services,
    log: state.log,
    check: state.check,
    alert: state.alert,
    watch: state.watch,
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
