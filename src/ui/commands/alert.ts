import type { AlertRecord } from '../../model/alert.ts'
import { ALERT_PANELS } from '../alert-layout.ts'
import { chartedSeries, checkOfAlert, sameAlerts, shownRecord } from '../panels/alert/data.ts'
import { openingOf } from '../panels/alert/opens.ts'
import { alertText } from '../panels/alert/ticket.ts'
import type { PanelId } from '../panels/panel-id.ts'
import { panelOfSeries } from '../panels/panel-of-series.ts'
import { listOf, type ViewState, without } from '../state.ts'
import { type CommandContext, type Commands, type Run, type Step, to } from './command.ts'
import { focus, globalCommands } from './global.ts'
import { leftPage } from './leave.ts'
import { toNumbered, unfilled } from './page.ts'
import { toCheck } from './trouble.ts'

const FIRST: PanelId = 'alert-moment'
const GONE = 'no more is kept of this alert'

/** Another alert, or the page left: its lists at their tops. */
function anew(state: ViewState): ViewState {
  const lists = { ...state.lists }
  for (const panel of ALERT_PANELS) delete lists[panel]
  return { ...state, lists }
}

/** Leaves a full view, then the page: back to where it was opened. */
function close(state: ViewState): Step {
  return to(state.full === undefined ? leftPage(anew(state)) : unfilled(state, FIRST))
}

function show(state: ViewState, id: string): ViewState {
  return state.alert === undefined ? state : { ...anew(state), alert: { ...state.alert, id } }
}

/** The page of the next alert, in the order in which they fired, newest first. */
function another(step: 1 | -1): Run {
  return (state, { frame }) => {
    const at = frame.records.findIndex(({ alert }) => alert.id === state.alert?.id)
    const next = frame.records[at + step]
    if (at < 0 || next === undefined)
      return to({ ...state, notice: step > 0 ? 'there is no alert before it' : 'there is no alert after it' })
    return to(show(state, next.alert.id))
  }
}

/** Does something with the alert of the page. */
function withRecord(run: (state: ViewState, record: AlertRecord, context: CommandContext) => Step): Run {
  return (state, context) => {
    const record = shownRecord(context.frame, state.alert)
    return record === undefined ? to({ ...state, notice: GONE }) : run(state, record, context)
  }
}

/** The earlier one that is selected; the process that is; else the check that it is about, or who is likeliest behind it. */
function open(state: ViewState, record: AlertRecord, context: CommandContext): Step {
  const { frame } = context
  if (state.focus === 'alert-before') {
    const all = sameAlerts(frame.records, record)
    const one = all[Math.min(listOf(state, 'alert-before').selected, all.length - 1)]
    if (one !== undefined && one !== record) return to({ ...show(state, one.alert.id), focus: FIRST })
  }
  const suspect = state.focus === 'alert-suspects' ? listOf(state, 'alert-suspects').selected : undefined
  const opening = openingOf(record, checkOfAlert(record, frame), suspect)
  if (opening === undefined) return globalCommands.open?.(state, context) ?? to(state)
  const rest = without(state, 'full')
  if (opening.kind === 'check') return to({ ...rest, focus: 'check-latency', check: { name: opening.name } })
  const { pid, startTicks, name } = opening.suspect
  const target = { kind: 'process', id: { pid, startTicks }, name } as const
  return to({ ...rest, focus: 'watch-cpu', watch: { target, section: 'panels', unmasked: false } })
}

/** The panel of the home screen in which it is seen. */
function see(state: ViewState, record: AlertRecord, { frame }: CommandContext): Step {
  const home = anew(without(state, 'alert', 'full'))
  const check = checkOfAlert(record, frame)
  if (check !== undefined) return to(toCheck(focus(home, 'services'), check.definition.name, frame))
  const series = chartedSeries(record)
  const panel = series === undefined ? undefined : panelOfSeries(series)
  if (panel === undefined) return to({ ...state, notice: `${record.alert.subject} has no panel of its own` })
  return to(focus(home, panel))
}

function copy(state: ViewState, record: AlertRecord, { frame }: CommandContext): Step {
  const text = alertText(record, frame.host.name, frame.wallMs)
  return { state, effect: { kind: 'copy', text, done: `${record.alert.name} copied as text` } }
}

/** The panel with this number; one that has no place here is shown in full. */
function focusNumber(state: ViewState, context: CommandContext): Step {
  const { panel, step } = toNumbered(state, context, ALERT_PANELS)
  return step ?? to(panel === undefined ? state : { ...state, focus: panel, full: panel })
}

/** What can be done on the page of one alert. */
export const alertCommands: Commands = {
  'alert.close': close,
  'alert.open': withRecord(open),
  'alert.see': withRecord(see),
  'alert.copy': withRecord(copy),
  'alert.next': another(1),
  'alert.previous': another(-1),
  'alert.number': focusNumber,
}
