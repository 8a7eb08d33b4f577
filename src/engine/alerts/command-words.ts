import { moment } from '../../lib/units.ts'
import type { AlertCommand } from '../../model/source.ts'

/** What a person did to an alert, in words for the log. */
export function commandText(command: AlertCommand, wallMs: number): string {
  switch (command.kind) {
    case 'acknowledge':
      return command.note === '' ? 'acknowledged' : `acknowledged: ${command.note}`
    case 'unacknowledge':
      return 'acknowledgement taken back'
    case 'silence':
      return command.untilMs === undefined
        ? 'silenced until it resolves'
        : `silenced until ${moment(command.untilMs, wallMs)}`
    case 'unsilence':
      return 'silence ended'
  }
}

/** The step in the alert's life that this is. */
export function stepOf({ kind }: AlertCommand): 'acknowledged' | 'silenced' {
  return kind === 'acknowledge' || kind === 'unacknowledge' ? 'acknowledged' : 'silenced'
}
