import type { WatchTarget } from '../../model/watch.ts'
import type { PanelId } from '../panels/panel-id.ts'
import { targetText, watchedOf } from '../panels/watch/data.ts'
import { type FamilyRow, familyRows } from '../panels/watch/family-rows.ts'
import { listOf, type ViewState, without } from '../state.ts'
import type { WatchView } from '../views.ts'
import { SECTION_PANELS } from '../watch-layout.ts'
import { type CommandContext, type Commands, type Run, type Step, to } from './command.ts'
import { focus, globalCommands } from './global.ts'
import { leftPage } from './leave.ts'
import { panelsThere, toNumbered, unfilled } from './page.ts'
import { watchedProcess } from './watched.ts'

const FIRST: PanelId = 'watch-cpu'
const NUMBERED: readonly PanelId[] = [
  'watch-cpu',
  'watch-memory',
  'watch-use',
  'watch-io',
  'watch-who',
  'watch-sockets',
  'watch-family',
  'watch-files',
  'watch-restarts',
]
const LISTS = [...NUMBERED, ...Object.values(SECTION_PANELS)]

/** Another view of the page, its lists at their tops. */
function anew(state: ViewState, watch: WatchView): ViewState {
  const lists = { ...state.lists }
  for (const panel of LISTS) delete lists[panel]
  return { ...without(state, 'full'), watch, lists }
}

/** Leaves a full view, then a section, then the page. */
function close(state: ViewState): Step {
  const { watch, full } = state
  if (full !== undefined) return to(unfilled(state, FIRST))
  if (watch !== undefined && watch.section !== 'panels')
    return to({ ...state, focus: FIRST, watch: { ...watch, section: 'panels', unmasked: false } })
  return to(leftPage(state))
}

/** Fills the page with a list; again: the panels. Secrets are masked anew. */
function section(name: Exclude<WatchView['section'], 'panels'>): Run {
  return (state) => {
    const { watch } = state
    if (watch === undefined) return to(state)
    const rest = without(state, 'full')
    return watch.section === name
      ? to({ ...rest, focus: FIRST, watch: { ...watch, section: 'panels', unmasked: false } })
      : to({ ...rest, focus: SECTION_PANELS[name], watch: { ...watch, section: name, unmasked: false } })
  }
}

/** The panel with this number; one that has no place here is shown in full. */
function focusNumber(state: ViewState, context: CommandContext): Step {
  if (state.watch === undefined) return to(state)
  const { panel, step } = toNumbered(state, context, NUMBERED)
  if (step !== undefined || panel === undefined) return step ?? to(state)
  const panels: ViewState = { ...state, watch: { ...state.watch, section: 'panels', unmasked: false } }
  return to(panelsThere(panels).includes(panel) ? focus(panels, panel) : { ...panels, focus: panel, full: panel })
}

function otherInstance(step: 1 | -1): Run {
  return (state, { frame }) => {
    const { watch } = state
    const instances = watchedOf(frame, watch?.target)?.instances ?? []
    const shown = watchedProcess(state, frame)
    if (watch === undefined || shown === undefined || instances.length < 2)
      return to({ ...state, notice: 'there is no other instance' })
    const at = instances.findIndex(({ pid, startTicks }) => pid === shown.pid && startTicks === shown.startTicks)
    const next = instances[(at + step + instances.length) % instances.length]
    return next === undefined ? to(state) : to(choose(state, watch, next))
  }
}

function choose(
  state: ViewState,
  watch: WatchView,
  { pid, startTicks }: { pid: number; startTicks: number },
): ViewState {
  return { ...state, watch: { ...watch, instance: { pid, startTicks } } }
}

/** On an instance: that is the one shown; on a relative: its own page; anywhere else: full, as on other pages. */
function open(state: ViewState, context: CommandContext): Step {
  const { watch } = state
  if (watch === undefined || state.focus !== 'watch-family') return globalCommands.open?.(state, context) ?? to(state)
  const rows = familyRows(watchedOf(context.frame, watch.target), state.full === 'watch-family')
  const entry: FamilyRow | undefined = rows[Math.min(listOf(state, 'watch-family').selected, rows.length - 1)]
  if (entry === undefined || entry.kind === 'words') return to(state)
  if (entry.kind === 'instance') return to(choose(state, watch, entry.row))
  if (entry.self) return globalCommands.open?.(state, context) ?? to(state)
  const { pid, startTicks, name } = entry.row
  return to({
    ...anew(state, { target: { kind: 'process', id: { pid, startTicks }, name }, section: 'panels', unmasked: false }),
    focus: 'watch-family',
  })
}

function copy(state: ViewState, { frame }: CommandContext): Step {
  const row = watchedProcess(state, frame)
  if (row === undefined) return to({ ...state, notice: 'there is no process to copy' })
  const detail = watchedOf(frame, state.watch?.target)?.detail
  const whole = detail?.id.pid === row.pid && detail.arguments.length > 0 ? detail.arguments.join(' ') : row.command
  return { state, effect: { kind: 'copy', text: whole, done: `command line of ${row.name} ${row.pid} copied` } }
}

/** The check that says when it is gone, as a line under `checks:`: the file is the person's to write. JSON's quoting is YAML's too. */
export function checkLine(target: WatchTarget, name: string): string {
  const quoted = (text: string) => JSON.stringify(text.replaceAll('${', () => '$${'))
  const match = target.kind === 'pattern' ? `/${target.source}/` : name
  return `- { name: ${quoted(name)}, type: process, match: ${quoted(match)} }`
}

function copyCheck(state: ViewState, { frame }: CommandContext): Step {
  const { watch } = state
  if (watch === undefined) return to(state)
  const { target } = watch
  const name = target.kind === 'name' ? target.name : (watchedProcess(state, frame)?.name ?? nameOf(target))
  if (name === undefined) return to({ ...state, notice: 'there is no process to check' })
  const done = `a check of ${name} copied: it goes below checks: in healthtop.yaml`
  return { state, effect: { kind: 'copy', text: checkLine(target, name), done } }
}

function nameOf(target: WatchTarget): string | undefined {
  return target.kind === 'process' ? target.name : target.kind === 'pattern' ? target.source : undefined
}

function unmask(state: ViewState, { frame }: CommandContext): Step {
  const { watch } = state
  if (watch === undefined) return to(state)
  const who = watchedOf(frame, watch.target)?.label ?? targetText(watch.target)
  const unmasked = !watch.unmasked
  const notice = unmasked ? `secrets of ${who} can be seen, x masks them` : 'secrets are masked'
  return to({ ...state, watch: { ...watch, unmasked }, notice })
}

export const watchCommands: Commands = {
  'watch.close': close,
  'watch.environment': section('environment'),
  'watch.files': section('files'),
  'watch.threads': section('threads'),
  'watch.unmask': unmask,
  'watch.previous': otherInstance(-1),
  'watch.next': otherInstance(1),
  'watch.open': open,
  'watch.number': focusNumber,
  'watch.copy': copy,
  'watch.check': copyCheck,
}
