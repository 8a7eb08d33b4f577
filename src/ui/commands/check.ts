import { CHECK_PANELS } from '../check-layout.ts'
import { checkOf } from '../panels/check/data.ts'
import type { PanelId } from '../panels/panel-id.ts'
import { listedChecks } from '../panels/services/order.ts'
import { type ViewState, withServices } from '../state.ts'
import { checkCommand } from './check-copy.ts'
import { type CommandContext, type Commands, type Run, type Step, to } from './command.ts'
import { leftPage } from './leave.ts'
import { toNumbered, unfilled } from './page.ts'
import { askNow } from './services.ts'

const FIRST: PanelId = 'check-latency'
const GONE = 'it is not checked any more'

/** Leaves a full view, then the page: back to where it was opened. */
function close(state: ViewState): Step {
  if (state.full !== undefined) return to(unfilled(state, FIRST))
  return to(leftPage(anew(state)))
}

/** Its lists at their tops. */
function anew<State extends { readonly lists: ViewState['lists'] }>(state: State): State {
  const lists = { ...state.lists }
  for (const panel of CHECK_PANELS) delete lists[panel]
  return { ...state, lists }
}

/** The page of the next check in the order of the list, round its end; the list goes along. */
function another(step: 1 | -1): Run {
  return (state, { frame }) => {
    const { check, services } = state
    const { checks } = listedChecks(frame.checks, services.filter)
    const at = checks.findIndex(({ definition }) => definition.name === check?.name)
    const next = at < 0 ? checks[0] : checks[(at + step + checks.length) % checks.length]
    if (check === undefined || next === undefined || next.definition.name === check.name)
      return to({ ...state, notice: 'there is no other check in the list' })
    const { name } = next.definition
    return to(withServices({ ...anew(state), check: { ...check, name } }, { selected: name }))
  }
}

function ask(state: ViewState, { frame }: CommandContext): Step {
  const check = checkOf(frame, state.check)
  if (check === undefined) return to({ ...state, notice: GONE })
  return askNow(state, [check.definition.name], check.definition.name)
}

function copy(state: ViewState, { frame }: CommandContext): Step {
  const check = checkOf(frame, state.check)
  if (check === undefined) return to({ ...state, notice: GONE })
  const { text, what } = checkCommand(check.definition)
  return { state, effect: { kind: 'copy', text, done: `${what} of ${check.definition.name} copied` } }
}

/** The panel with this number; one that has no place here is shown in full. */
function focusNumber(state: ViewState, context: CommandContext): Step {
  const { panel, step } = toNumbered(state, context, CHECK_PANELS)
  return step ?? to(panel === undefined ? state : { ...state, focus: panel, full: panel })
}

/** What can be done on the page of one check. */
export const checkCommands: Commands = {
  'check.close': close,
  'check.now': ask,
  'check.copy': copy,
  'check.next': another(1),
  'check.previous': another(-1),
  'check.number': focusNumber,
}
