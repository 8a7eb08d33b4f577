import { safeText } from '../lib/text.ts'
import { CHECK_ORDER, type CheckStatus } from '../model/check.ts'
import { stateWord } from '../model/check-words.ts'

/** Trouble first, the worst of it at the top; otherwise in the order in which they are configured. */
export function worstFirst(checks: readonly CheckStatus[]): readonly CheckStatus[] {
  const rank = ({ state, flapping }: CheckStatus) => CHECK_ORDER.indexOf(state) - (flapping && state === 'up' ? 0.5 : 0)
  return checks.toSorted((a, b) => rank(a) - rank(b))
}

/** Its state in a word; one that is up but turns all the time is flapping. Safe text. */
export function shownWord(status: CheckStatus): string {
  return status.state === 'up' && status.flapping ? 'flapping' : safeText(stateWord(status), 20)
}

/** `1 down, 2 slow, 1 certificate, 10 up`: how many there are of each kind. */
export function countsText(checks: readonly CheckStatus[]): string {
  const counts = new Map<string, number>()
  for (const check of worstFirst(checks)) {
    const word = shownWord(check)
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ')
}

/** Seconds that the last answer took; undefined where none was measured. */
export function lastLatency({ last, results }: CheckStatus): number | undefined {
  // The list of results is made when somebody looks at it, which mostly need not be.
  const latency = last?.outcome.latencyS ?? results.at(-1)?.latencyS
  return latency === undefined || Number.isNaN(latency) ? undefined : latency
}
