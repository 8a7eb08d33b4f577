import { createReadStream, fstatSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { ForecastReport } from '../../export/forecast-json.ts'
import { type AskedLimit, LEAST_SAMPLES, type Outlook } from '../../export/outlook.ts'
import { type ForecastSeries, forecastSeries } from '../../forecast/batch.ts'
import { type Grid, gridOf } from '../../forecast/grid.ts'
import { type ListLimit, listTimeToLimit } from '../../forecast/list-limit.ts'
import { systemClock } from '../../lib/clock.ts'
import { LineTooLong, linesOf } from '../../lib/lines.ts'
import { safeText } from '../../lib/text.ts'
import { count, size, span } from '../../lib/units.ts'
import type { Threshold } from '../../model/threshold.ts'
import { UsageError } from '../options.ts'
import { type CsvReader, createCsvReader } from './csv.ts'
import { directionOf, type ForecastLook, thresholdOf } from './options.ts'
import { startBar } from './progress.ts'
import { crossedMs } from './reach.ts'

const MOST_STEPS = 10_000
const DAY_MS = 86_400_000
/** Without a horizon: half as far as it goes back. */
const DEFAULT_SHARE = 0.5
const NOTHING: ForecastSeries = { mean: [], lo80: [], hi80: [], lo95: [], hi95: [] }

/** A file of times and values, forecast. Rejects with UsageError that names each bad line. */
export async function fileReport(path: string, look: ForecastLook): Promise<ForecastReport> {
  const name = path === '-' ? 'stdin' : safeText(path, 200)
  // A mistake is told before a long file is read.
  const threshold = look.threshold === undefined ? undefined : thresholdOf(look.threshold, undefined)
  const { times, values } = await readSamples(path, name)
  if (times.length === 0) throw new UsageError(`${name}: there is no line of time and value in it`)
  const grid = gridOf(times, values)
  if (grid === undefined)
    throw new UsageError(`${name}: all samples are of one moment; there is no telling how it goes on`)
  const outlook = outlookOf(grid, basename(name), look.horizonMs, threshold)
  const { nowMs, horizonMs } = outlook
  const overMs = (outlook.history.values.length - 1) * outlook.history.stepMs
  return { whole: false, source: { kind: 'file', overMs }, nowMs, horizonMs, series: [outlook], limits: [] }
}

/**
 * What is expected after a grid: as far as was wanted, else half as far as it goes back, or until a limit is reached that was asked about.
 * Throws UsageError for a horizon that is too far.
 */
export function outlookOf(grid: Grid, series: string, wantedMs?: number, threshold?: Threshold): Outlook {
  const { values, stepMs, endMs, known, period } = grid
  const usualMs = wantedMs ?? defaultHorizon(grid)
  if (usualMs / stepMs > MOST_STEPS) {
    const most = `${count(MOST_STEPS)} steps of ${span(stepMs / 1000)}, ${span((MOST_STEPS * stepMs) / 1000)}`
    throw new UsageError(`--horizon: expected at most ${most} for ${series}, got ${span(usualMs / 1000)}`)
  }
  const ask = (horizonMs: number) => {
    if (known < LEAST_SAMPLES) return NOTHING
    return forecastSeries({ values, stepS: stepMs / 1000, period, horizon: Math.max(1, Math.ceil(horizonMs / stepMs)) })
  }
  const now = values.at(-1) as number
  const usual = ask(usualMs)
  const limit = threshold && limitOf(threshold, now, { values, stepMs, ahead: usual })
  const horizonMs = wantedMs ?? Math.min(MOST_STEPS * stepMs, Math.max(usualMs, crossedMs(limit, usualMs)))
  const found = horizonMs > usualMs ? ask(horizonMs) : usual
  const ahead = found.mean.map((mean, at) => ({
    mean,
    low80: found.lo80[at] as number,
    high80: found.hi80[at] as number,
    low95: found.lo95[at] as number,
    high95: found.hi95[at] as number,
  }))
  return {
    series,
    nowMs: endMs,
    value: now,
    history: { stepMs, values },
    samples: known,
    stepMs,
    horizonMs,
    ahead,
    ...(limit && { limit }),
  }
}

function limitOf(threshold: Threshold, now: number, list: ListLimit): AskedLimit {
  const sided = { threshold: threshold.value, direction: directionOf(threshold, now) }
  return { ...sided, time: listTimeToLimit(list, sided) }
}

/** Half of what is there, at most a day, in whole steps. */
function defaultHorizon({ values, stepMs }: Grid): number {
  const half = Math.min(DAY_MS, (values.length - 1) * stepMs * DEFAULT_SHARE)
  return Math.min(MOST_STEPS, Math.max(1, Math.floor(half / stepMs))) * stepMs
}

/** Reads the samples of a file or of stdin as they come, and says how far it is where that takes long. */
async function readSamples(path: string, name: string): Promise<CsvReader> {
  const reader = createCsvReader(name)
  const bar = startBar(process.stderr, () => systemClock.monoMs())
  try {
    const total = sizeOf(path)
    const source = path === '-' ? process.stdin : createReadStream(path)
    let bytes = 0
    const lines = linesOf(source, (more) => {
      bytes += more
      const { figure, unit } = size(bytes)
      bar.at(total === undefined ? undefined : bytes / total, `reading ${name}`, `${figure} ${unit}`)
    })
    for await (const line of lines) reader.line(line)
  } catch (error) {
    if (!(error instanceof LineTooLong) && !isSystemError(error)) throw error
    throw new UsageError(`${name}: ${reasonOf(error)}`)
  } finally {
    bar.end()
  }
  const { problems, problemCount } = reader
  if (problemCount > 0) {
    const more = problemCount > problems.length ? [`and ${problemCount - problems.length} more lines`] : []
    throw new UsageError([...problems, ...more].join('\n'))
  }
  return reader
}

/** Bytes of a plain file; undefined for what is none, a pipe say. */
function sizeOf(path: string): number | undefined {
  const stat = path === '-' ? fstatSync(0) : statSync(path)
  return stat.isFile() && stat.size > 0 ? stat.size : undefined
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read'
  if (code === 'EISDIR') return 'it is a folder'
  return error.message
}
