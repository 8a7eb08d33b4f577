import type { Frame } from '../model/frame.ts'
import { type ProcessRow, SORT_KEYS, type SortKey } from '../model/processes.ts'
import type { Command as SourceCommand } from '../model/source.ts'
import type { Context } from './keys.ts'
import { bindingOf } from './keys.ts'
import { layoutOf, panelsOf } from './layout.ts'
import type { PanelId } from './panels/panel.ts'
import { panelByKey, panelOf, panelOfSeries } from './panels/registry.ts'
import type { Key } from './screen/key.ts'
import { SIGNALS } from './signals.ts'
import { listOf, type Overlay, SPANS_MS, select, type ViewState } from './state.ts'

/** What a key does besides changing the view state. */
export type Effect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'send'; readonly command: SourceCommand; readonly done: string }

/** What a command may look at. */
export interface CommandContext {
  /** The frame on the screen. */
  readonly frame: Frame
  /** Rows of the focused list, and how many of them can be seen. */
  readonly list: { readonly total: number; readonly visible: number }
  /** What the source can do. */
  readonly can: ReadonlySet<SourceCommand['kind']>
  /** The key that was pressed. */
  readonly key: Key
}

export interface Step {
  readonly state: ViewState
  readonly effect?: Effect
}

type Run = (state: ViewState, context: CommandContext) => Step

const to = (state: ViewState): Step => ({ state })

function without<K extends keyof ViewState>(state: ViewState, ...keys: K[]): ViewState {
  const rest = { ...state }
  for (const key of keys) delete rest[key]
  return rest
}

/** The panels that can be focused: of the home screen, whatever is shown in full. */
function homePanels(state: ViewState): PanelId[] {
  return panelsOf(layoutOf(state.columns, state.rows))
}

function focus(state: ViewState, panel: PanelId): ViewState {
  return state.full === undefined ? { ...state, focus: panel } : { ...state, focus: panel, full: panel }
}

function cycle(state: ViewState, step: number): ViewState {
  const panels = homePanels(state)
  if (panels.length === 0) return state
  const at = panels.indexOf(state.focus)
  return focus(state, panels[(at + step + panels.length) % panels.length] as PanelId)
}

function toggleFull(state: ViewState): ViewState {
  return state.full === undefined ? { ...state, full: state.focus } : without(state, 'full')
}

function move(delta: (visible: number) => number): Run {
  return (state, { list }) => {
    const panel = state.editing ? 'processes' : state.focus
    return to(select(state, panel, listOf(state, panel).selected + delta(list.visible), list.total, list.visible))
  }
}

function sortBy(key: SortKey): Run {
  return (state) => to({ ...toTop(state), sort: key, reverse: state.sort === key ? !state.reverse : false })
}

function toTop(state: ViewState): ViewState {
  return { ...state, lists: { ...state.lists, processes: { selected: 0, offset: 0 } } }
}

function zoom(step: number): Run {
  return (state) => {
    const at = SPANS_MS.indexOf(state.spanMs)
    return to({ ...state, spanMs: SPANS_MS[Math.max(0, Math.min(SPANS_MS.length - 1, at + step))] ?? state.spanMs })
  }
}

/** Choices of an overlay that lists some. */
function choices(overlay: Overlay): number {
  return overlay.kind === 'sort' ? SORT_KEYS.length : SIGNALS.length
}

function choose(step: number): Run {
  return (state) => {
    const { overlay } = state
    if (overlay === undefined || overlay.kind === 'help') return to(state)
    const count = choices(overlay)
    return to({ ...state, overlay: { ...overlay, selected: (overlay.selected + step + count) % count } })
  }
}

function scrollHelp(step: number): Run {
  return (state) =>
    state.overlay?.kind === 'help'
      ? to({ ...state, overlay: { ...state.overlay, offset: Math.max(0, state.overlay.offset + step) } })
      : to(state)
}

/** The row the selection stands on; undefined where the answer does not hold it. */
export function selectedProcess(state: ViewState, frame: Frame): ProcessRow | undefined {
  const answer = frame.processes
  return answer?.rows[listOf(state, 'processes').selected - answer.offset]
}

function openSignal(state: ViewState, { frame }: CommandContext): Step {
  const target = selectedProcess(state, frame)
  if (target === undefined) return to({ ...state, notice: 'no process is selected' })
  return to({ ...state, overlay: { kind: 'signal', target, openedMs: frame.wallMs, selected: 0, button: 'cancel' } })
}

function pressSignal(state: ViewState): Step {
  const { overlay } = state
  if (overlay?.kind !== 'signal' || overlay.button === 'cancel') return to(without(state, 'overlay'))
  const choice = SIGNALS[overlay.selected]
  if (choice === undefined) return to(without(state, 'overlay'))
  const { pid, startTicks, name } = overlay.target
  return {
    state,
    effect: {
      kind: 'send',
      command: { kind: 'signal', target: { pid, startTicks }, signal: choice.name },
      done: `${choice.name.slice(3)} sent to ${name} ${pid}`,
    },
  }
}

function nextTrouble(state: ViewState, { frame }: CommandContext): Step {
  const panels = homePanels(state)
  const troubled = [...new Set(frame.alerts.map((alert) => panelOfSeries(alert.series)))].filter(
    (panel): panel is PanelId => panel !== undefined && panels.includes(panel),
  )
  if (troubled.length === 0) return to({ ...state, notice: 'no trouble' })
  return to(focus(state, troubled[(troubled.indexOf(state.focus) + 1) % troubled.length] as PanelId))
}

function focusNumber(state: ViewState, { key }: CommandContext): Step {
  const panel = panelByKey(key.name, homePanels(state))
  if (panel === undefined) return to(state)
  return to(state.focus === panel ? toggleFull(state) : focus(state, panel))
}

function oneUser(state: ViewState, { frame }: CommandContext): Step {
  if (state.user !== undefined) return to(without(toTop(state), 'user'))
  const user = selectedProcess(state, frame)?.user
  return to(
    user === undefined ? { ...state, notice: 'the user of this process is not known' } : { ...toTop(state), user },
  )
}

function back(state: ViewState): Step {
  if (state.full !== undefined) return to(without(state, 'full'))
  if (state.filter !== '') return to({ ...toTop(state), filter: '' })
  return to(without(state, 'user', 'pid'))
}

const RUN: Readonly<Record<string, Run>> = {
  redraw: (state) => ({ state, effect: { kind: 'redraw' } }),
  quit: (state) => (state.full !== undefined ? to(without(state, 'full')) : { state, effect: { kind: 'quit' } }),
  help: (state) => to({ ...state, overlay: { kind: 'help', offset: 0 } }),
  close: (state) => to(without(state, 'overlay')),
  back,
  open: (state) => to(state.full === undefined ? toggleFull(state) : state),
  full: (state) => to(toggleFull(state)),
  'focus.next': (state) => to(cycle(state, 1)),
  'focus.previous': (state) => to(cycle(state, -1)),
  'focus.number': focusNumber,
  'trouble.next': nextTrouble,
  pause: (state, { frame }) => to(state.paused === undefined ? { ...state, paused: frame } : without(state, 'paused')),
  'zoom.in': zoom(-1),
  'zoom.out': zoom(1),
  chart: (state) => to({ ...state, chart: state.chart === 'area' ? 'line' : 'area' }),
  'move.up': move(() => -1),
  'move.down': move(() => 1),
  'page.up': move((visible) => -Math.max(1, visible - 1)),
  'page.down': move((visible) => Math.max(1, visible - 1)),
  'move.first': move(() => Number.NEGATIVE_INFINITY),
  'move.last': move(() => Number.POSITIVE_INFINITY),
  filter: (state) => to({ ...state, focus: 'processes', editing: true }),
  'filter.keep': (state) => to({ ...state, editing: false }),
  'filter.clear': (state) => to({ ...toTop(state), editing: false, filter: '' }),
  'filter.erase': (state) => to({ ...toTop(state), filter: [...state.filter].slice(0, -1).join('') }),
  sort: (state) => to({ ...state, overlay: { kind: 'sort', selected: SORT_KEYS.indexOf(state.sort) } }),
  'sort.apply': (state, context) =>
    state.overlay?.kind === 'sort'
      ? sortBy(SORT_KEYS[state.overlay.selected] ?? 'cpu')(without(state, 'overlay'), context)
      : to(state),
  'sort.cpu': sortBy('cpu'),
  'sort.memory': sortBy('memory'),
  'sort.time': sortBy('time'),
  'sort.reverse': (state) => to({ ...toTop(state), reverse: !state.reverse }),
  user: oneUser,
  signal: openSignal,
  'signal.button': (state) =>
    state.overlay?.kind === 'signal'
      ? to({ ...state, overlay: { ...state.overlay, button: state.overlay.button === 'cancel' ? 'send' : 'cancel' } })
      : to(state),
  'signal.press': pressSignal,
  'choice.up': choose(-1),
  'choice.down': choose(1),
  'help.up': scrollHelp(-1),
  'help.down': scrollHelp(1),
}

/** Contexts a key is looked up in, nearest first. */
export function contextsOf(state: ViewState): readonly Context[] {
  if (state.overlay !== undefined) return ['always', state.overlay.kind]
  if (state.editing) return ['always', 'filter']
  const contexts: Context[] = ['always']
  if (state.focus === 'processes') contexts.push('processes')
  if (panelOf(state.focus)?.list) contexts.push('list')
  if (state.full !== undefined) contexts.push('full')
  contexts.push('global')
  return contexts
}

/** What a key does: a pure step from one view state to the next. A key that means nothing here changes nothing. */
export function press(state: ViewState, context: CommandContext): Step {
  const { key } = context
  const binding = bindingOf(key.name, contextsOf(state), context.can)
  const fresh = state.notice === undefined ? state : without(state, 'notice')
  if (binding) return (RUN[binding.command] as Run)(fresh, context)
  const typed = key.name === 'Space' ? ' ' : key.text
  if (state.editing && state.overlay === undefined && typed !== undefined && key.name !== 'Mouse') {
    return to({ ...toTop(fresh), filter: (fresh.filter + typed.replace(/\s+/g, ' ')).slice(0, 200) })
  }
  return to(fresh)
}
