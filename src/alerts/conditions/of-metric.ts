import type { MetricCondition } from '../../model/alert-definition.ts'
import { hasLabels, parseSeriesKey } from '../../model/series.ts'
import { type Matter, matterOf, type Scene, type Task } from './condition.ts'
import { placesOf } from './series-table.ts'

/** The series that a rule on a metric selects now. They are read anew only when the metric has others. */
export function mattersOf({ rule, memory }: Task<'metric'> | Task<'forecast'>, scene: Scene): readonly Matter[] {
  const table = scene.table(rule.when.metric)
  if (memory.selected?.table === table) return memory.selected.matters
  const known = new Map(memory.selected?.matters.map((matter) => [matter.series, matter]))
  const matters = placesOf(table, rule.when.where).map((at) => {
    const key = table.keys[at] as string
    return known.get(key) ?? matterOf(rule, key, table.labels[at] ?? {})
  })
  memory.selected = { table, matters }
  return matters
}

/** Whether a series is of the metric and has the labels. */
export function isSelected({ metric, where }: Pick<MetricCondition, 'metric' | 'where'>, series: string): boolean {
  const { name, labels } = parseSeriesKey(series)
  return name === metric && hasLabels(labels, where)
}
