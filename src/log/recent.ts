import { stat } from 'node:fs/promises'
import type { RecentColumns } from '../model/history.ts'
import { isOfFile, linesOfFile, type Wanted } from './read/file-lines.ts'
import type { HourFile } from './read/files.ts'

/** Lines of metrics are taken up from so long before: the full-rate part of a chart of ten minutes, and what a forecast of minutes needs. */
const RECENT_MS = 900_000
/** No more than this is read of a file, from its end: a quarter of an hour of 500 series. */
const MOST_BYTES = 4 * 1024 * 1024

interface Row {
  readonly wallMs: number
  readonly values: Readonly<Record<string, number>>
}

/**
 * The lines of metrics of the last quarter of an hour before `nowMs`, from the newest files of a log, as columns; undefined where there are none.
 * Times rise: what was written before the clock was set back to an earlier time is left out. What cannot be read is: the minutes say that.
 */
export async function readRecent(
  hours: readonly HourFile[],
  nowMs: number,
  signal?: AbortSignal,
): Promise<RecentColumns | undefined> {
  const wanted: Wanted = { fromMs: nowMs - RECENT_MS, toMs: nowMs, kinds: new Set(['metrics']) }
  const rows: Row[] = []
  for (const file of hours) {
    if (file.packed || file.endMs <= nowMs - RECENT_MS || file.startMs > nowMs) continue
    const offset = Math.max(0, (await sizeOf(file.path)) - MOST_BYTES)
    for await (const lines of linesOfFile(file, wanted, { lines: 0, skipped: 0 }, { signal, offset })) {
      for (const { line } of lines) {
        if (line.kind !== 'metrics') continue
        while (rows.length > 0 && (rows.at(-1) as Row).wallMs >= line.t) rows.pop()
        rows.push({ wallMs: line.t, values: line.values })
      }
    }
  }
  return rows.length === 0 ? undefined : columnsOf(rows)
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isOfFile(error)) return 0
    throw error
  }
}

function columnsOf(rows: readonly Row[]): RecentColumns {
  const series = new Map<string, Float64Array>()
  for (const [index, { values }] of rows.entries()) {
    for (const [key, value] of Object.entries(values)) {
      let column = series.get(key)
      if (column === undefined) {
        column = new Float64Array(rows.length).fill(Number.NaN)
        series.set(key, column)
      }
      column[index] = value
    }
  }
  return { wallMs: Float64Array.from(rows, ({ wallMs }) => wallMs), series }
}
