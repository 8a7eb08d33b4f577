import { quietOf } from '../../model/alert-words.ts'
import { CHECK_VERDICT, type CheckStatus } from '../../model/check.ts'
import { isTrouble } from '../../model/check-words.ts'
import type { Frame } from '../../model/frame.ts'
import { bySeverity, type Verdict } from '../../model/severity.ts'
import type { PanelId } from '../panels/panel-id.ts'
import { panelOfSeries } from '../panels/panel-of-series.ts'
import { listedChecks } from '../panels/services/order.ts'
import { pageOf, select, type ViewState, without, withServices } from '../state.ts'
import { type CommandContext, type Commands, type Step, to } from './command.ts'
import { focus } from './global.ts'

/** Where trouble is seen: a panel, and in the services a check. */
interface Spot {
  readonly panel: PanelId
  readonly check?: string
  readonly verdict: Verdict
  /** Somebody has seen it, or wants to hear nothing of it. */
  readonly quiet: boolean
}

/** One that turns all the time is a warning whatever it is at the moment. */
function verdictOf({ state }: CheckStatus): Verdict {
  return state === 'up' ? 'warning' : CHECK_VERDICT[state]
}

/** What is new goes before what somebody has seen already, then what is worse. */
function bySpot(a: Spot, b: Spot): number {
  return Number(a.quiet) - Number(b.quiet) || bySeverity(a.verdict, b.verdict)
}

/** Every spot once, worst first; a check before what is as bad. */
function spotsOf({ alerts, checks }: Frame): readonly Spot[] {
  const quietChecks = new Set(alerts.filter(quietOf).map(({ labels }) => labels.check))
  const spots: Spot[] = listedChecks(checks, '')
    .checks.filter(isTrouble)
    .map((check) => {
      const { name } = check.definition
      return { panel: 'services', check: name, verdict: verdictOf(check), quiet: quietChecks.has(name) }
    })
  for (const alert of alerts) {
    const panel = panelOfSeries(alert.series)
    if (panel === undefined) continue
    const spot: Spot = { panel, verdict: alert.severity, quiet: quietOf(alert) !== undefined }
    const known = spots.findIndex((one) => one.panel === panel && one.check === undefined)
    if (known < 0) spots.push(spot)
    else if (bySpot(spot, spots[known] as Spot) < 0) spots[known] = spot
  }
  return spots.sort(bySpot)
}

/** Goes to a check in the list of services, whatever filters it. */
export function toCheck(state: ViewState, name: string, { checks }: Frame): ViewState {
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
  const home = pageOf(state) === 'home' ? state : without(state, 'watch', 'check', 'alert', 'full')
  const there = focus(home, next.panel)
  return to(next.check === undefined ? there : toCheck(there, next.check, frame))
}

export const troubleCommands: Commands = { 'trouble.next': nextTrouble }
