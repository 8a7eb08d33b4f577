import { hasLabels, type Labels, parseSeriesKey } from '../../model/series.ts'

/** The series of a metric with their labels. */
export interface SeriesTable {
  readonly keys: readonly string[]
  readonly labels: readonly Labels[]
  /** Where the series with a label stand, by `name=value`. */
  readonly having: ReadonlyMap<string, readonly number[]>
}

/** Reads the labels of keys; what an earlier table has read is not read again. */
export function seriesTable(keys: readonly string[], before?: SeriesTable): SeriesTable {
  const known = new Map(before?.keys.map((key, at) => [key, before.labels[at] as Labels]))
  const labels = keys.map((key) => known.get(key) ?? parseSeriesKey(key).labels)
  const having = new Map<string, number[]>()
  labels.forEach((its, at) => {
    for (const name of Object.keys(its)) {
      const pair = `${name}=${its[name]}`
      const places = having.get(pair)
      if (places === undefined) having.set(pair, [at])
      else places.push(at)
    }
  })
  return { keys, labels, having }
}

/** Whether a table still has just these keys. */
export function isOf({ keys }: SeriesTable, now: readonly string[]): boolean {
  return keys === now || (keys.length === now.length && keys.every((key, at) => key === now[at]))
}

/** Where the series stand that have all these labels. */
export function placesOf({ keys, labels, having }: SeriesTable, where: Labels): readonly number[] {
  const [first, ...others] = Object.entries(where)
  if (first === undefined) return keys.map((_, at) => at)
  const found = having.get(`${first[0]}=${first[1]}`) ?? []
  return others.length === 0 ? found : found.filter((at) => hasLabels(labels[at] as Labels, where))
}
