import { CHECK_VERDICT, type CheckStatus } from '../../model/check.ts'
import { isTrouble } from '../../model/check-words.ts'
import type { Frame } from '../../model/frame.ts'
import { bySeverity, type Verdict } from '../../model/severity.ts'
import type { PanelId } from '../panels/panel-id.ts'
import { panelOfSeries } from '../panels/registry.ts'
import { listedChecks } from '../panels/services/order.ts'
import { select, type ViewState, without, withServices } from '../state.ts'
import { type CommandContext, type Commands, type Step, to } from './command.ts'
import { focus } from './global.ts'

/** Where trouble is seen: a panel, and in the services a check. */
interface Spot {
  readonly panel: PanelId
  readonly check?: string
  readonly verdict: Verdict
}

/** One that turns all the time is a warning whatever it is at the moment. */
function verdictOf({ state }: CheckStatus): Verdict {
  return state === 'up' ? 'warning' : CHECK_VERDICT[state]
}

/** Every spot once, worst first; a check before what is as bad. */
function spotsOf({ alerts, checks }: Frame): readonly Spot[] {
  const spots: Spot[] = listedChecks(checks, '')
    .checks.filter(isTrouble)
    .map((check) => ({ panel: 'services', check: check.definition.name, verdict: verdictOf(check) }))
  for (const { series, severity } of alerts) {
    const panel = panelOfSeries(series)
    const known = spots.findIndex((spot) => spot.panel === panel && spot.check === undefined)
    if (panel === undefined) continue
    if (known < 0) spots.push({ panel, verdict: severity })
    else if (bySeverity(severity, (spots[known] as Spot).verdict) < 0) spots[known] = { panel, verdict: severity }
  }
  return spots.sort((a, b) => bySeverity(a.verdict, b.verdict))
}

/** Goes to a check in the list of services, whatever filters it. */
function toCheck(state: ViewState, name: string, { checks }: Frame): ViewState {
  const { filter } = state.services
  const shown = listedChecks(checks, filter).checks.some(({ definition }) => definition.name === name)
  const listed = listedChecks(checks, shown ? filter : '').checks
  const index = listed.findIndex(({ definition }) => definition.name === name)
  const change = { list: 'checks', selected: name, ...(shown ? {} : { filter: '' }) } as const
  return select(withServices(state, change), 'services', index, listed.length, listed.length)
}

/** The next trouble after the one somebody is at, worst first and round. */
function nextTrouble(state: ViewState, { frame }: CommandContext): Step {
  const spots = spotsOf(frame)
  const at = spots.findIndex(
    ({ panel, check }) => panel === state.focus && (check === undefined || check === state.services.selected),
  )
  const next = spots[(at + 1) % spots.length]
  if (next === undefined) return to({ ...state, notice: 'no trouble' })
  // Trouble is of the machine, whatever page one is on.
  const home = state.watch === undefined && state.check === undefined ? state : without(state, 'watch', 'check', 'full')
  const there = focus(home, next.panel)
  return to(next.check === undefined ? there : toCheck(there, next.check, frame))
}

export const troubleCommands: Commands = { 'trouble.next': nextTrouble }
