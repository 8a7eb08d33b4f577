/** Processes are dear to read: every two seconds, unless the person wants everything measured more seldom. */
const SCAN_MS = 2000
/** The kernel walks whole hash tables for them. */
export const LISTENERS_MS = 30_000

/** How many ticks lie between two scans of the processes. */
export function ticksBetweenScans(intervalMs: number): number {
  return Math.max(1, Math.round(SCAN_MS / intervalMs))
}

/** Whether a tick (0 is the first) scans the processes: at the start, one tick later (CPU needs two scans), then at its pace. */
export function scansAt(tick: number, intervalMs: number): boolean {
  const every = ticksBetweenScans(intervalMs)
  return tick === 0 || tick % every === 1 % every
}
