import type { Frame } from '../../model/frame.ts'
import { type ProcessRow, rowKey } from '../../model/processes.ts'
import type { Outcome, Scheduling } from '../../model/source.ts'
import { type ActionOverlay, isAction, isAlertOverlay, type ViewState, without, withProcesses } from '../state.ts'
import { adopted, changeCommands } from './action-changes.ts'
import { NICE_FIRST, NICE_LAST, orderOf, whom } from './action-orders.ts'
import { type CommandContext, type Commands, type Run, type Step, selectedProcess, to } from './command.ts'
import { watchedProcess } from './watched.ts'

/** Tagged processes as they are in the newest answer, where they are in it; those that have ended are none. */
function stillTagged({ processes: { tagged } }: ViewState, { processes }: Frame): readonly ProcessRow[] {
  const newest = new Map((processes?.rows ?? []).map((row) => [rowKey(row), row]))
  return tagged.map((row) => newest.get(rowKey(row)) ?? row).filter(({ mark }) => mark !== 'ended')
}

/** Whom an action means: the watched process; else the tagged ones; else the selected one. A sentence where that is nobody. */
export function targetsOf(state: ViewState, frame: Frame): readonly ProcessRow[] | string {
  if (state.watch !== undefined) {
    const watched = watchedProcess(state, frame)
    return watched === undefined ? 'the watched process does not run' : [watched]
  }
  if (state.processes.tagged.length > 0) {
    const tagged = stillTagged(state, frame)
    return tagged.length === 0 ? 'the tagged processes have ended' : tagged
  }
  const row = selectedProcess(state, frame)
  if (row === undefined) return 'no process is selected'
  if (row.kind === 'group') return 'open the group and tag its processes'
  if (row.mark === 'ended') return `${whom([row])} has ended`
  if (row.kind === 'process') return [row]
  const owner = frame.processes?.rows.find(({ kind, pid }) => kind === 'process' && pid === row.ppid)
  return owner === undefined ? 'the process of this thread is out of sight' : [owner]
}

/** What they use together, if all of them are in the newest answer and measured. */
function totalOf(targets: readonly ProcessRow[], { processes }: Frame): ActionOverlay['total'] {
  const rows = new Set(processes?.rows)
  let cpuRatio = 0
  let memoryBytes = 0
  for (const row of targets) {
    if (!rows.has(row) || row.cpuRatio === undefined) return undefined
    cpuRatio += row.cpuRatio
    memoryBytes += row.memoryBytes
  }
  return { cpuRatio, memoryBytes }
}

function parentOf(targets: readonly ProcessRow[], { processes, watched }: Frame): ActionOverlay['parent'] {
  const [only] = targets
  if (only === undefined || targets.length > 1) return undefined
  if (watched?.detail?.id.pid === only.pid) return watched.detail.parent
  const parent = processes?.rows.find(({ kind, pid }) => kind === 'process' && pid === only.ppid)
  return parent && { pid: parent.pid, name: parent.name }
}

/** Opens the dialog of an action; Cancel is selected. What the targets have now is asked, and comes later. */
function open(kind: ActionOverlay['kind'], value?: (first: ProcessRow, context: CommandContext) => number): Run {
  return (state, context): Step => {
    const { frame } = context
    const targets = targetsOf(state, frame)
    const tagged = stillTagged(state, frame)
    const kept = tagged.length === state.processes.tagged.length ? state : withProcesses(state, { tagged })
    if (typeof targets === 'string') return to({ ...kept, notice: targets })
    const total = totalOf(targets, frame)
    const parent = parentOf(targets, frame)
    const overlay: ActionOverlay = {
      kind,
      targets,
      openedMs: frame.wallMs,
      selected: 0,
      button: 'cancel',
      ...(value && { value: value(targets[0] as ProcessRow, context) }),
      ...(total && { total }),
      ...(parent && { parent }),
    }
    return { state: { ...kept, overlay }, effect: { kind: 'inspect', targets } }
  }
}

/** As htop: F7 begins with one less (sooner), F8 with one more; whoever else opens the dialog begins with what it is. */
function firstNice({ nice }: ProcessRow, { key }: CommandContext): number {
  const step = key.name === 'F7' ? -1 : key.name === 'F8' ? 1 : 0
  return Math.max(NICE_FIRST, Math.min(NICE_LAST, nice + step))
}

function otherButton(state: ViewState): Step {
  const { overlay } = state
  if (!isAction(overlay)) return to(state)
  return to({ ...state, overlay: { ...overlay, button: overlay.button === 'cancel' ? 'send' : 'cancel' } })
}

function pressButton(state: ViewState): Step {
  const { overlay } = state
  if (!isAction(overlay) || overlay.button === 'cancel') return to(without(state, 'overlay'))
  if (overlay.sending) return to(state)
  const { command, done } = orderOf(overlay)
  if (typeof command === 'string') return to({ ...state, overlay: { ...overlay, refused: command } })
  const sending: ActionOverlay = { ...without(overlay, 'refused'), sending: true }
  return { state: { ...state, overlay: sending }, effect: { kind: 'send', command, done } }
}

/** What was asked when the dialog was opened has been answered, one for each target; those that have ended are targets no more. */
export function inspected(
  state: ViewState,
  targets: readonly ProcessRow[],
  answers: readonly (Scheduling | undefined)[],
): ViewState {
  const { overlay } = state
  // Another dialog, or none any more.
  if (!isAction(overlay) || overlay.targets !== targets) return state
  const current = answers.filter((answer) => answer !== undefined)
  const ended = targets.filter((_, index) => answers[index] === undefined)
  if (ended.length === 0) return { ...state, overlay: adopted({ ...overlay, current }) }
  const gone = new Set(ended.map(rowKey))
  const rest = withProcesses(state, { tagged: state.processes.tagged.filter((row) => !gone.has(rowKey(row))) })
  if (current.length === 0) return { ...rest, overlay: { ...overlay, current, refused: 'ended already' } }
  const alive = targets.filter((row) => !gone.has(rowKey(row)))
  const changed = { ...without(overlay, 'total'), targets: alive, current, ended: ended.length }
  return { ...rest, overlay: adopted(changed) }
}

/** What became of a command: the dialog closes when it was done, and says why when it was not. Tags stay, as in htop. */
export function answered(state: ViewState, outcome: Outcome, done: string): ViewState {
  const { overlay } = state
  const mine = (isAction(overlay) || isAlertOverlay(overlay)) && overlay.sending === true
  if (outcome.ok) return { ...(mine ? without(state, 'overlay') : state), notice: done }
  const refused = outcome.reason
  if (mine && isAction(overlay)) return { ...state, overlay: { ...without(overlay, 'sending'), refused } }
  if (mine && isAlertOverlay(overlay)) return { ...state, overlay: { ...without(overlay, 'sending'), refused } }
  return { ...state, notice: `not done: ${outcome.reason}` }
}

/** What is done to processes; every one of them goes through a dialog. */
export const actionCommands: Commands = {
  signal: open('signal'),
  nice: open('nice', firstNice),
  io_class: open('io_class'),
  affinity: open('affinity'),
  'action.button': otherButton,
  'action.press': pressButton,
  ...changeCommands,
}
