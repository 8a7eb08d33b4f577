import { LINE_VERSION, type MetricsLine } from './line.ts'

/** A line of so many series stays well below the longest one that is read back. */
const MOST_SERIES = 5000

/** The line of the values of one moment; several where there are thousands, none where there is no value. What is no number is left out. */
export function metricsLines(wallMs: number, values: Iterable<readonly [key: string, value: number]>): MetricsLine[] {
  const lines: MetricsLine[] = []
  let members: Record<string, number> = {}
  let room = 0
  for (const [key, value] of values) {
    if (!Number.isFinite(value)) continue
    if (room === 0) {
      members = {}
      room = MOST_SERIES
      lines.push({ v: LINE_VERSION, t: wallMs, kind: 'metrics', values: members })
    }
    members[key] = value
    room--
  }
  return lines
}
