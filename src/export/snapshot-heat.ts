import { percent, span } from '../lib/units.ts'
import type { SeriesView } from '../model/frame.ts'
import { parseSeriesKey, seriesKey } from '../model/series.ts'

/** A limit is worth a word from here on. */
const LIMIT_FROM = 0.5

const LIMITS = [
  ['open files', 'files_used_ratio'],
  ['processes and threads', 'pids_used_ratio'],
  ['tracked connections', 'conntrack_used_ratio'],
] as const

/** Lines about what a machine lives in, each its label and its facts: heat, batteries, limits that are half used, a clock that is wrong. */
export function heatLines(metrics: SeriesView): [label: string, facts: string[]][] {
  return [
    ['heat', heatFacts(metrics)],
    ['battery', batteryFacts(metrics)],
    ['limits', limitFacts(metrics)],
    ['clock', metrics.value('clock_synchronised') === 0 ? ['not synchronised'] : []],
  ]
}

function heatFacts(metrics: SeriesView): string[] {
  const cpu = metrics.value('cpu_temperature_celsius')
  const sensors = metrics.keys('temperature_celsius').flatMap((key) => {
    const celsius = metrics.value(key)
    return celsius === undefined ? [] : [{ name: parseSeriesKey(key).labels.sensor ?? '', celsius }]
  })
  const hottest = sensors.sort((a, b) => b.celsius - a.celsius)[0]
  // The processor is mostly one of the sensors.
  const other = hottest !== undefined && hottest.celsius !== cpu
  return [
    ...(cpu === undefined ? [] : [`cpu ${cpu.toFixed(0)} °C`]),
    ...(other ? [`${hottest.name} ${hottest.celsius.toFixed(0)} °C`] : []),
  ]
}

function batteryFacts(metrics: SeriesView): string[] {
  const keys = metrics.keys('battery_charge_ratio')
  return keys.flatMap((key) => {
    const charge = metrics.value(key)
    if (charge === undefined) return []
    const { battery = '' } = parseSeriesKey(key).labels
    const left = metrics.value(seriesKey('battery_left_seconds', { battery }))
    const charging = metrics.value(seriesKey('battery_charging', { battery })) === 1
    const name = keys.length > 1 ? `${battery} ` : ''
    const state = left !== undefined ? `, ${span(left)} left` : charging ? ', charging' : ''
    return [`${name}${percent(charge, 0).figure} %${state}`]
  })
}

function limitFacts(metrics: SeriesView): string[] {
  return LIMITS.flatMap(([label, key]) => {
    const used = metrics.value(key)
    return used === undefined || used < LIMIT_FROM ? [] : [`${label} ${percent(used, 0).figure} %`]
  })
}
