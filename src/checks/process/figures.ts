import type { ProcessRow } from '../../model/processes.ts'

/** Figures of all instances together. One that is not known of every instance is absent. */
export interface ProcessFigures {
  readonly count: number
  /** Of one core. */
  readonly cpuRatio?: number
  readonly memoryBytes?: number
  readonly threads?: number
  readonly files?: number
  /** Of the youngest instance, in milliseconds. */
  readonly ageMs?: number
}

export function figuresOf(rows: readonly ProcessRow[], nowWallMs: number): ProcessFigures {
  const sums = {
    cpuRatio: sum(rows, (row) => row.cpuRatio),
    memoryBytes: sum(rows, (row) => row.memoryBytes),
    threads: sum(rows, (row) => row.threads),
    files: sum(rows, (row) => row.files),
    ageMs: rows.length === 0 ? undefined : Math.max(0, nowWallMs - Math.max(...rows.map(({ startedMs }) => startedMs))),
  }
  const known = Object.entries(sums).filter(([, value]) => value !== undefined && Number.isFinite(value))
  return { count: rows.length, ...Object.fromEntries(known) }
}

/** Undefined when one of them is not known: a part is not the sum. */
function sum(rows: readonly ProcessRow[], value: (row: ProcessRow) => number | undefined): number | undefined {
  if (rows.length === 0) return undefined
  return rows.reduce((total, row) => total + (value(row) ?? Number.NaN), 0)
}

/** As series of the processes found, by metric name (src/model/catalogue/process.ts). */
export function seriesOf({ count, cpuRatio, memoryBytes, threads, files }: ProcessFigures): Record<string, number> {
  const series = {
    process_count: count,
    process_cpu_ratio: cpuRatio,
    process_memory_bytes: memoryBytes,
    process_threads: threads,
    process_files: files,
  }
  return Object.fromEntries(Object.entries(series).filter((entry): entry is [string, number] => entry[1] !== undefined))
}
