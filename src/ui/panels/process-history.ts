/** Scans a history holds; they fill the chart's width whatever that is. */
const SCANS = 30

/**
 * The last minute of a process as `width` values, oldest first, newest right: each the mean of as many scans as fill the width. NaN to
 * the left of what is known.
 */
export function historyValues(history: readonly number[], width: number): readonly number[] {
  const values = new Array<number>(Math.max(0, width)).fill(Number.NaN)
  const each = Math.ceil(SCANS / Math.max(1, width))
  for (let at = width - 1, end = history.length; at >= 0 && end > 0; at--, end -= each) {
    const part = history.slice(Math.max(0, end - each), end)
    values[at] = part.reduce((sum, value) => sum + value, 0) / part.length
  }
  return values
}
