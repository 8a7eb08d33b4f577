import { parseDuration } from '../lib/duration.ts'

const LEAST_MS = 200
const MOST_MS = 3_600_000

/** Milliseconds between two samples, or what was expected instead. */
export function parseInterval(text: string): number | { readonly expected: string } {
  const ms = parseDuration(text)
  if (ms === undefined) return { expected: 'a duration such as 500ms, 3s or 1m' }
  return ms < LEAST_MS || ms > MOST_MS ? { expected: '200ms to 1h' } : ms
}
