import type { IoClass } from '../../../model/processes.ts'

/** What `ionice -p PID` of util-linux prints: `none: prio 0`, `best-effort: prio 4`, `idle`. Undefined for anything else. */
export function parseIonice(text: string): IoClass | undefined {
  const [, name, level] = /^(none|idle|realtime|best-effort)(?:: prio (\d))?\s*$/.exec(text.trim()) ?? []
  if (name === 'none' || name === 'idle') return name
  if ((name === 'realtime' || name === 'best-effort') && level !== undefined) return `${name} ${Number(level)}`
  return undefined
}
