import type { TaskStat } from './stat.ts'

const POLICIES: Readonly<Record<number, string>> = {
  0: 'default',
  1: 'fifo',
  2: 'round-robin',
  3: 'batch',
  5: 'idle',
  6: 'deadline',
  7: 'extension',
}

/** How it is scheduled, in words: `default`, `fifo 10`, `batch`; undefined for a policy that has no name. Source: sched(7). */
export function schedulerOf({
  policy,
  realtimePriority,
}: Pick<TaskStat, 'policy' | 'realtimePriority'>): string | undefined {
  const name = policy === undefined ? undefined : POLICIES[policy]
  return name !== undefined && (policy === 1 || policy === 2) ? `${name} ${realtimePriority}` : name
}
