import type { CheckStatus } from '../../model/check.ts'
import type { Frame } from '../../model/frame.ts'
import { socketText } from '../panels/listening.ts'
import { listedChecks, showsChecks } from '../panels/services/order.ts'
import { socketRows } from '../panels/services/sockets.ts'
import { listOf, type ViewState, without, withServices } from '../state.ts'
import { typed } from '../text-input.ts'
import { type CommandContext, type Commands, type Run, type Step, servicesToTop, to } from './command.ts'
import { globalCommands } from './global.ts'

const NONE = 'no services yet; healthtop init finds them'

/** Whether the list is of checks now, and not of sockets. */
function ofChecks({ services, full }: ViewState, { checks }: Frame): boolean {
  return showsChecks(checks, services, full === 'services')
}

function selectedCheck(state: ViewState, frame: Frame): CheckStatus | undefined {
  if (!ofChecks(state, frame)) return undefined
  return listedChecks(frame.checks, state.services.filter).checks[listOf(state, 'services').selected]
}

/** Does something with the selected check, or says that there is none. */
function withSelected(run: (state: ViewState, check: CheckStatus) => Step): Run {
  return (state, { frame }) => {
    const check = selectedCheck(state, frame)
    if (check !== undefined) return run(state, check)
    return to({ ...state, notice: frame.checks.length === 0 ? NONE : 'no check is selected' })
  }
}

/** The page of the selected check; a list of sockets is shown in full. */
function open(state: ViewState, context: CommandContext): Step {
  const check = selectedCheck(state, context.frame)
  if (check === undefined) return globalCommands.open?.(state, context) ?? to(state)
  return to({ ...without(state, 'full'), focus: 'check-latency', check: { name: check.definition.name } })
}

function openFilter(state: ViewState, { frame }: CommandContext): Step {
  if (frame.checks.length === 0) return to({ ...state, notice: NONE })
  const services = { ...state.services, list: 'checks' as const, input: typed(state.services.filter) }
  return to({ ...state, focus: 'services', services })
}

/** Asks checks now. Whoever reads the footer sees at once that the key was taken. */
export function askNow(state: ViewState, names: readonly string[], what: string): Step {
  const notice = `checking ${what}`
  return {
    state: { ...state, notice },
    effect: { kind: 'send', command: { kind: 'check_now', names }, done: notice },
  }
}

/** All that are listed: a filter chooses. Nobody but the source knows what was not named, so all of them are not. */
function askAll(state: ViewState, { frame }: CommandContext): Step {
  const { checks, total } = listedChecks(frame.checks, state.services.filter)
  if (checks.length === 0) return to({ ...state, notice: total === 0 ? NONE : 'no service matches the filter' })
  const names = checks.length === total ? [] : checks.map(({ definition }) => definition.name)
  return askNow(state, names, checks.length === 1 ? '1 service' : `${checks.length} services`)
}

function toggleList(state: ViewState, { frame }: CommandContext): Step {
  if (frame.checks.length === 0) {
    const notice = frame.listeners === undefined ? NONE : 'no services yet: these are the sockets that listen here'
    return to({ ...state, focus: 'services', full: 'services', notice })
  }
  const sockets = state.full === 'services' && state.services.list === 'sockets'
  const top = servicesToTop({ ...state, focus: 'services', full: 'services' })
  return to(withServices(top, { list: sockets ? 'checks' : 'sockets' }))
}

function copy(state: ViewState, { frame }: CommandContext): Step {
  const check = selectedCheck(state, frame)
  if (check !== undefined) {
    const { name, target } = check.definition
    return { state, effect: { kind: 'copy', text: target, done: `target of ${name} copied` } }
  }
  const socket =
    state.full === 'services' ? socketRows(frame.listeners ?? [])[listOf(state, 'services').selected] : undefined
  if (socket === undefined || ofChecks(state, frame)) return to({ ...state, notice: 'there is nothing to copy' })
  return { state, effect: { kind: 'copy', text: socketText(socket), done: 'address of the socket copied' } }
}

export const serviceCommands: Commands = {
  'services.open': open,
  'services.check': withSelected((state, { definition }) => askNow(state, [definition.name], definition.name)),
  'services.check.all': askAll,
  'services.filter': openFilter,
  'services.filter.keep': (state) => to({ ...state, services: without(state.services, 'input') }),
  'services.filter.clear': (state) => to({ ...state, services: { ...without(state.services, 'input'), filter: '' } }),
  'services.list': toggleList,
  'services.copy': copy,
}
