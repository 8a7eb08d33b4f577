import type { Verdict } from './severity.ts'

/**
 * What can happen. Alert rules on events name these, and so do the lines of the log. `alert` is an alert that fired or resolved, `check` a
 * check that turned; `process_…` and `unit_restarted` are of what is watched or checked; `worker` and `log` are parts of healthtop itself.
 */
export const EVENT_KINDS = [
  'alert',
  'check',
  'oom_kill',
  'mount_added',
  'mount_removed',
  'mount_readonly',
  'mount_writable',
  'mount_silent',
  'mount_answers',
  'interface_added',
  'interface_removed',
  'interface_down',
  'interface_up',
  'process_started',
  'process_ended',
  'process_restarted',
  'unit_restarted',
  'reboot',
  'clock_jump',
  'worker',
  'log',
  'started',
  'ended',
  'configuration',
  'acknowledged',
  'silenced',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** Something that happened, as the log shows it. Text has passed text safety. */
export interface LogEvent {
  readonly wallMs: number
  readonly kind: EventKind
  /** `event` for what merely happened (▸), else the severity it turned to; `ok` is well again. */
  readonly level: Verdict | 'event'
  /** What it is about, such as `/var`, `memory`, `worker`, `eth0`. */
  readonly subject: string
  /** What happened, such as `went away`, `97 % > 95 %`, `well again`. */
  readonly text: string
  /** The cause, where one is known: a name and a number. */
  readonly cause?: string
  /** The alert that it belongs to (`Alert.id`): it can be opened. */
  readonly alert?: string
}

/**
 * Names an event among others, by what does not change of it. An alert may be linked to it later, but not to one that tells of an alert: that
 * has its own from the beginning, and two rules may say the same at the same time.
 */
export function eventName({ wallMs, kind, subject, text, alert }: LogEvent): string {
  return [wallMs, kind, subject, text, ...(kind === 'alert' && alert !== undefined ? [alert] : [])].join('\n')
}
