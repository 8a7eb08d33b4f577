/** What is down is asked at most this much later than at its next turn. */
const LONGEST_MS = 60_000

/**
 * Every how many turns a check runs that has been down so many results in a row: every turn until it counts as down, every second until
 * it has been down for as long again, then every fourth; never more than a minute beyond its interval (so every five minutes at least,
 * unless its interval is longer).
 */
export function turnsApart(downs: number, failures: number, intervalMs: number): number {
  const wanted = downs < failures ? 1 : downs < 2 * failures ? 2 : 4
  return Math.min(wanted, 1 + Math.floor(LONGEST_MS / intervalMs))
}
