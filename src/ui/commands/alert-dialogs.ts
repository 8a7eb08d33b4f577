import type { AlertCommand } from '../../model/source.ts'
import { type AlertOverlay, isAlertOverlay, type ViewState, without } from '../state.ts'
import { typed } from '../text-input.ts'
import { alertAt } from './alert-target.ts'
import { type Commands, type Run, type Step, to } from './command.ts'
import { silenceChoices } from './silence-choices.ts'

type Kind = AlertOverlay['kind']

/** Opens a dialog about the alert that somebody is at; which one depends on what people made of it. */
function open(kindOf: (of: AlertOverlay['of']) => Kind): Run {
  return (state, { frame, can }) => {
    const alert = alertAt(state, frame)
    if (typeof alert === 'string') return to({ ...state, notice: alert })
    const kind = kindOf(alert)
    if (!can.has(kind)) return to({ ...state, notice: 'that cannot be done from here' })
    return to({ ...state, overlay: { kind, of: alert, openedMs: frame.wallMs, note: typed(''), selected: 0 } })
  }
}

interface Order {
  readonly command: AlertCommand
  /** What is said when it was done. */
  readonly done: string
}

/** What the dialog would do as it stands. */
function orderOf({ kind, of, note, openedMs, selected }: AlertOverlay): Order | undefined {
  const alert = of.id
  switch (kind) {
    case 'acknowledge':
      return { command: { kind, alert, note: note.text.trim() }, done: `${of.subject}: acknowledged` }
    case 'unacknowledge':
      return { command: { kind, alert }, done: `${of.subject}: not acknowledged any more` }
    case 'silence': {
      const choice = silenceChoices(of, openedMs)[selected]
      return choice && { command: choice.command, done: `${of.subject}: ${choice.done}` }
    }
  }
}

function send(state: ViewState): Step {
  const { overlay } = state
  if (!isAlertOverlay(overlay) || overlay.sending) return to(state)
  const order = orderOf(overlay)
  if (order === undefined) return to(state)
  const sending: AlertOverlay = { ...without(overlay, 'refused'), sending: true }
  return { state: { ...state, overlay: sending }, effect: { kind: 'send', ...order } }
}

/** What people make of alerts: somebody has seen one, or nobody is to be told of it for a while. */
export const alertDialogCommands: Commands = {
  'alert.acknowledge': open(({ acknowledged }) => (acknowledged === undefined ? 'acknowledge' : 'unacknowledge')),
  'alert.silence': open(() => 'silence'),
  'alert.send': send,
}
