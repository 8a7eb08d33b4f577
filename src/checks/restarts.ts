/** Restarts are counted over this long; monotonic milliseconds. */
const WINDOW_MS = 600_000
/** So many of them are a loop, not an update. */
export const RESTART_LOOP = 3

/** Monotonic times of restarts, oldest first: what a check remembers from one run to the next. */
export type Restarts = readonly number[]

/** The restarts of the last ten minutes, with `more` that were seen now. */
export function withRestarts(known: Restarts, more: number, nowMono: number): Restarts {
  // Nobody needs to know of more than a loop's worth many times over.
  const seen = Array.from({ length: Math.min(Math.max(more, 0), 1000) }, () => nowMono)
  return [...known.filter((at) => nowMono - at < WINDOW_MS), ...seen].slice(-1000)
}

/** `restarted 4 times in 10 min`. */
export function restartsText(count: number): string {
  return `restarted ${count === 1 ? 'once' : `${count} times`} in 10 min`
}
