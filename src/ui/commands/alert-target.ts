import type { Alert } from '../../model/alert.ts'
import { quietOf } from '../../model/alert-words.ts'
import type { Frame } from '../../model/frame.ts'
import { listedLog, recordsById } from '../panels/log/entries.ts'
import { panelOfSeries } from '../panels/panel-of-series.ts'
import { listedChecks } from '../panels/services/order.ts'
import { listOf, pageOf, type ViewState, without } from '../state.ts'
import { backTo } from './leave.ts'

/** The page of an alert, from wherever somebody is. */
export function openAlert(state: ViewState, id: string): ViewState {
  return { ...without(state, 'full'), focus: 'alert-moment', alert: { id, back: backTo(state) } }
}

/** The first that nobody has acknowledged or silenced; where there is none, the first. */
function loudest(alerts: readonly Alert[]): Alert | undefined {
  return alerts.find((alert) => quietOf(alert) === undefined) ?? alerts[0]
}

/** The name of the check that somebody is at. */
function checkAt(state: ViewState, { checks }: Frame): string | undefined {
  if (pageOf(state) === 'check') return state.check?.name
  if (state.focus !== 'services') return undefined
  return listedChecks(checks, state.services.filter).checks[listOf(state, 'services').selected]?.definition.name
}

/** The id of the alert that a page or an entry of the log is about. */
function idAt(state: ViewState, frame: Frame): string | undefined {
  const page = pageOf(state)
  if (page === 'alert') return state.alert?.id
  if (page !== 'home' || state.focus !== 'log') return undefined
  return listedLog(frame, state.log).rows[listOf(state, 'log').selected]?.event.alert
}

/**
 * The alert that somebody is at: of the page, of the entry of the log, of the check, or the worst of those that are seen in the panel,
 * where `!` leads. Where that is none, a sentence about it.
 */
export function alertAt(state: ViewState, frame: Frame): Alert | string {
  const firing = frame.alerts.filter(({ state: is }) => is === 'firing')
  const inLog = pageOf(state) === 'alert' || (pageOf(state) === 'home' && state.focus === 'log')
  if (inLog) {
    const id = idAt(state, frame)
    if (id === undefined) return 'this entry is of no alert'
    const record = recordsById(frame.records).get(id)
    return firing.find((alert) => alert.id === id) ?? (record?.state === 'firing' ? record.alert : 'this alert is over')
  }
  const check = checkAt(state, frame)
  const own = firing.filter(({ labels, series }) =>
    check === undefined ? panelOfSeries(series) === state.focus : labels.check === check,
  )
  const found = loudest(own)
  if (found !== undefined) return found
  return firing.length === 0 ? 'no alert is firing' : 'no alert is firing here: ! goes to the next one'
}
