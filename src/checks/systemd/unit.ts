import { safeText } from '../../lib/text.ts'

/** Asked of systemctl show; a unit that is no service has only the first ones. */
export const UNIT_PROPERTIES = [
  'LoadState',
  'ActiveState',
  'SubState',
  'StateChangeTimestamp',
  'ActiveEnterTimestamp',
  'Result',
  'ExecMainCode',
  'ExecMainStatus',
  'NRestarts',
] as const

/** A unit as systemd tells it. Safe text; what it did not tell is empty or absent. */
export interface Unit {
  /** `loaded`, `not-found`, `masked`, `error`, `bad-setting`. */
  readonly load: string
  /** `active`, `reloading`, `inactive`, `failed`, `activating`, `deactivating`, `maintenance`. */
  readonly active: string
  /** `running`, `exited`, `auto-restart`, `dead` …: its type's own states. */
  readonly sub: string
  /** Unix milliseconds. */
  readonly changedMs?: number
  readonly activeSinceMs?: number
  /** How its last run ended: `success`, `exit-code`, `signal`, `oom-kill` … */
  readonly result: string
  /** How its main process ended, and with which status or signal; absent while it runs or where none did. */
  readonly exit?: { readonly how: 'exited' | 'killed' | 'dumped'; readonly status: number }
  /** Times it was started again by itself since somebody started it. */
  readonly restarts?: number
}

/** CLD_EXITED, CLD_KILLED and CLD_DUMPED of sigaction(2). */
const HOW = { 1: 'exited', 2: 'killed', 3: 'dumped' } as const

/**
 * Reads `Name=value` lines of `systemctl show`, printed with TZ=UTC. Undefined when there is no state among them. Source: systemctl(1),
 * org.freedesktop.systemd1(5).
 */
export function parseUnit(text: string): Unit | undefined {
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const at = line.indexOf('=')
    if (at > 0) values.set(line.slice(0, at), safeText(line.slice(at + 1), 100))
  }
  const value = (name: (typeof UNIT_PROPERTIES)[number]) => values.get(name) ?? ''
  const number = (name: (typeof UNIT_PROPERTIES)[number]) =>
    /^\d+$/.test(value(name)) ? Number(value(name)) : undefined
  if (value('ActiveState') === '') return undefined
  const changedMs = timeOf(value('StateChangeTimestamp'))
  const activeSinceMs = timeOf(value('ActiveEnterTimestamp'))
  const how = HOW[number('ExecMainCode') as keyof typeof HOW]
  const restarts = number('NRestarts')
  return {
    load: value('LoadState'),
    active: value('ActiveState'),
    sub: value('SubState'),
    result: value('Result'),
    ...(changedMs !== undefined && { changedMs }),
    ...(activeSinceMs !== undefined && { activeSinceMs }),
    ...(how !== undefined && { exit: { how, status: number('ExecMainStatus') ?? 0 } }),
    ...(restarts !== undefined && { restarts }),
  }
}

/** `Wed 2026-11-25 10:00:00 UTC`; `n/a` and nothing for never. */
function timeOf(text: string): number | undefined {
  const match = /^\w{3} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(text)
  const ms = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}Z`)
  return Number.isNaN(ms) ? undefined : ms
}
