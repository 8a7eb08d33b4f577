import { CHECK_ORDER, type PastResult } from '../../../src/model/check.ts'
import type { CheckHistory, History, MinuteColumns, ResultColumns } from '../../../src/model/history.ts'
import { EMPTY_HISTORY } from '../../fixtures/history.ts'
import { START_MS } from '../samples.ts'

export const MINUTE_MS = 60_000

/** A history that holds nothing, but for what a test says. */
export function historyOf(parts: Partial<History> = {}): History {
  return { ...EMPTY_HISTORY, firstMinuteMs: START_MS, ...parts }
}

/** What a run would have recorded that measured from one second to another (after START_MS), as often as is said, of these series by second. */
export function recording(
  series: Readonly<Record<string, (second: number) => number>>,
  fromS: number,
  untilS: number,
  everyS = 1,
): History {
  const firstMinute = Math.floor(fromS / 60)
  const minutes = Math.max(0, Math.ceil(untilS / 60) - firstMinute)
  const columns = new Map<string, MinuteColumns>()
  for (const [key, value] of Object.entries(series)) {
    const column = emptyColumns(minutes)
    for (let minute = 0; minute < minutes; minute++) {
      const values: number[] = []
      for (let second = 0; second < 60; second += everyS) {
        const at = (firstMinute + minute) * 60 + second
        if (at >= fromS && at < untilS) values.push(value(at))
      }
      const known = values.filter((one) => !Number.isNaN(one))
      if (known.length === 0) continue
      column.min[minute] = Math.min(...known)
      column.max[minute] = Math.max(...known)
      column.mean[minute] = known.reduce((sum, one) => sum + one) / known.length
      column.last[minute] = known.at(-1) as number
    }
    columns.set(key, column)
  }
  return historyOf({ firstMinuteMs: START_MS + firstMinute * MINUTE_MS, minutes, series: columns })
}

export function emptyColumns(minutes: number): MinuteColumns {
  const column = () => new Float32Array(minutes).fill(Number.NaN)
  return { min: column(), mean: column(), max: column(), last: column() }
}

/** Parts of five minutes, of each the seconds that were known and those that were good; no result and no change but for what is said. */
export function checkHistory(
  firstPartMs: number,
  parts: readonly (readonly [known: number, good: number])[],
  past: Partial<CheckHistory> = {},
): CheckHistory {
  return {
    firstPartMs,
    known: Uint16Array.from(parts, ([known]) => known),
    good: Uint16Array.from(parts, ([, good]) => good),
    results: resultColumns([]),
    changes: [],
    ...past,
  }
}

/** Results as they were recorded, oldest first. */
export function resultColumns(results: readonly PastResult[]): ResultColumns {
  return {
    wallMs: Float64Array.from(results, ({ wallMs }) => wallMs),
    states: Uint8Array.from(results, ({ state }) => CHECK_ORDER.indexOf(state)),
    latencyS: Float32Array.from(results, ({ latencyS }) => latencyS),
  }
}
