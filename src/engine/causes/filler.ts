import type { SeriesView } from '../../model/frame.ts'
import type { ProcessRow } from '../../model/processes.ts'
import { parseSeriesKey, seriesKey } from '../../model/series.ts'
import { type Actor, actorsOf } from './actors.ts'
import { processKey } from './changes.ts'

/** Who writes less than this a second explains no file system that fills. */
const LEAST_WRITE = 100_000
/** Whoever writes so many times more or less than the file system grows writes elsewhere, or the same place over and over. */
const UNLIKE = 3
/** Growth is that of the last half minute. */
const STEP_MS = 5000
const STEPS = 7

/**
 * Who fills a file system that grows by so many bytes a second: who writes about as fast, one process or several of one name. Of rows of the
 * same process the last one counts. Undefined where nobody does, or it does not grow.
 */
export function fillerOf(rows: readonly ProcessRow[], growth: number): Actor | undefined {
  if (!(growth > 0)) return undefined
  const processes = new Map(rows.filter(({ kind }) => kind === 'process').map((row) => [processKey(row), row]))
  const written = ({ writeBytesPerSecond = 0 }: ProcessRow) => writeBytesPerSecond
  const each = [...processes.values()].map((row): Actor => ({ name: row.name, count: 1, value: written(row) }))
  const unlike = ({ value }: Actor) => Math.abs(Math.log(value / growth))
  const [best] = [...each, ...actorsOf([...processes.values()], written)]
    .filter((actor) => actor.value >= LEAST_WRITE && unlike(actor) <= Math.log(UNLIKE))
    .sort((a, b) => unlike(a) - unlike(b))
  return best
}

/** Bytes a second by which the file system of a series grew in the last half minute; undefined where that is not known. */
export function growthOf(view: SeriesView, series: string, wallMs: number): number | undefined {
  const { mount } = parseSeriesKey(series).labels
  if (mount === undefined) return undefined
  const key = seriesKey('disk_used_bytes', { mount })
  const values = view.window(key, { endMs: wallMs, stepMs: STEP_MS, count: STEPS, by: 'last' })
  const first = values.findIndex((value) => !Number.isNaN(value))
  const last = values.findLastIndex((value) => !Number.isNaN(value))
  if (last <= first) return undefined
  return ((values[last] as number) - (values[first] as number)) / (((last - first) * STEP_MS) / 1000)
}
