import { moment } from '../../lib/units.ts'
import type { Alert } from '../../model/alert.ts'
import type { AlertCommand } from '../../model/source.ts'

const HOUR_MS = 3_600_000
/** Whoever is not to be woken is told of it at this hour of the next day. */
const MORNING = 8

/** A choice of how long nobody is told of an alert. */
export interface SilenceChoice {
  readonly label: string
  /** What it means; may be empty. */
  readonly help: string
  readonly command: AlertCommand
  readonly done: string
}

/** Local time, 8:00 of the day after. */
function tomorrow(wallMs: number): number {
  const day = new Date(wallMs)
  day.setDate(day.getDate() + 1)
  return day.setHours(MORNING, 0, 0, 0)
}

/** How long an alert can be silenced as of a moment; for one that is, first of all to end that. */
export function silenceChoices({ id, silenced }: Alert, wallMs: number): readonly SilenceChoice[] {
  const until = (label: string, untilMs: number): SilenceChoice => ({
    label,
    help: `until ${moment(untilMs, wallMs)}`,
    command: { kind: 'silence', alert: id, untilMs },
    done: `silenced until ${moment(untilMs, wallMs)}`,
  })
  const end: SilenceChoice = {
    label: 'end the silence',
    help: 'tell of it again',
    command: { kind: 'unsilence', alert: id },
    done: 'silenced no more',
  }
  return [
    ...(silenced === undefined ? [] : [end]),
    until('1 h', wallMs + HOUR_MS),
    until('4 h', wallMs + 4 * HOUR_MS),
    { ...until('until tomorrow', tomorrow(wallMs)), help: `${MORNING}:00` },
    {
      label: 'until it resolves',
      help: 'the next time it fires it is told',
      command: { kind: 'silence', alert: id },
      done: 'silenced until it resolves',
    },
  ]
}
