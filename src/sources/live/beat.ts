/** Timers may fire up to a millisecond early; a beat this near is the one that was waited for. */
const SLACK_MS = 5

/**
 * Milliseconds from now to the next beat of a grid that began at `startMono`. Beats that passed meanwhile (a slow tick, a stopped
 * process) are left out, and a late one does not shift those after it.
 */
export function untilNextBeat(startMono: number, nowMono: number, intervalMs: number): number {
  const beats = Math.floor((nowMono + SLACK_MS - startMono) / intervalMs) + 1
  return startMono + beats * intervalMs - nowMono
}
