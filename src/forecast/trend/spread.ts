const MINUTE_MS = 60_000
/** Minutes over which what is usual is averaged. */
const MINUTES = 8

/** How far samples usually lie above and below the mean of their minute, at the most: a limit is reached by the first one beyond it, not by the mean. */
export interface Spread {
  minute: number
  count: number
  sum: number
  low: number
  high: number
  minutes: number
  below: number
  above: number
}

export function createSpread(): Spread {
  return { minute: Number.NaN, count: 0, sum: 0, low: 0, high: 0, minutes: 0, below: 0, above: 0 }
}

export function spreadSample(spread: Spread, atMs: number, value: number): void {
  const minute = Math.floor(atMs / MINUTE_MS)
  if (minute !== spread.minute) {
    if (spread.count > 1) close(spread)
    spread.minute = minute
    spread.count = 0
    spread.sum = 0
    spread.low = value
    spread.high = value
  }
  spread.count++
  spread.sum += value
  if (value < spread.low) spread.low = value
  if (value > spread.high) spread.high = value
}

function close(spread: Spread): void {
  const mean = spread.sum / spread.count
  spread.minutes = Math.min(MINUTES, spread.minutes + 1)
  spread.above += (spread.high - mean - spread.above) / spread.minutes
  spread.below += (mean - spread.low - spread.below) / spread.minutes
}
