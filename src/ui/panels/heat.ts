import type { Frame, SeriesView } from '../../model/frame.ts'
import { parseSeriesKey, seriesKey } from '../../model/series.ts'
import type { Token } from '../theme/tokens.ts'
import { severityOf } from './cpu-data.ts'

/** Where makers say nothing: processors hold themselves back from 95 °C on and switch off at 100 to 110. */
const USUAL_LIMIT = 100
/** So near to its limit heat is worth a place on a screen that has little. */
const NEAR = 10

/** A temperature and whether it is near to what its maker calls too high. */
export interface Heat {
  readonly celsius: number
  readonly limit?: number
  readonly near: boolean
}

/** Heat of the hottest processor; undefined where nothing measures it. */
export function cpuHeat(metrics: SeriesView): Heat | undefined {
  const celsius = metrics.value('cpu_temperature_celsius')
  if (celsius === undefined) return undefined
  // It is the value of one of the sensors: that one's limit is its own.
  const sensor = sensorsOf(metrics).find((name) => metrics.value(temperatureKey(name)) === celsius)
  return heatOf(celsius, sensor === undefined ? undefined : limitOf(metrics, sensor))
}

/** Heat of a sensor; undefined while it says nothing. */
export function sensorHeat(metrics: SeriesView, sensor: string): Heat | undefined {
  const celsius = metrics.value(temperatureKey(sensor))
  return celsius === undefined ? undefined : heatOf(celsius, limitOf(metrics, sensor))
}

export function temperatureKey(sensor: string): string {
  return seriesKey('temperature_celsius', { sensor })
}

/** Names of all sensors, in the order in which they were found. */
export function sensorsOf(metrics: SeriesView): string[] {
  return metrics.keys('temperature_celsius').map((key) => parseSeriesKey(key).labels.sensor ?? '')
}

function limitOf(metrics: SeriesView, sensor: string): number | undefined {
  return metrics.value(seriesKey('temperature_limit_celsius', { sensor }))
}

function heatOf(celsius: number, limit: number | undefined): Heat {
  return { celsius, ...(limit !== undefined && { limit }), near: celsius >= (limit ?? USUAL_LIMIT) - NEAR }
}

/** Colour of a processor's heat: its alert's, a warning near the limit, else none of its own. */
export function heatTone(heat: Heat, severity: string): Token {
  return severity === 'critical' ? 'crit' : severity === 'warning' || heat.near ? 'warn' : 'text'
}

/** The severity of the alert on the processors' heat; empty where there is none. */
export function heatSeverity(frame: Frame): string {
  return severityOf(frame, 'cpu_temperature_celsius')
}
