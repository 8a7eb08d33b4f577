import type { AlertKind } from '../../model/alert.ts'
import { checkCondition } from './check.ts'
import type { Condition } from './condition.ts'
import { eventCondition } from './event.ts'
import { forecastCondition } from './forecast.ts'
import { metricCondition } from './metric.ts'
import { processCondition } from './process.ts'

const CONDITIONS: { readonly [Kind in AlertKind]: Condition<Kind> } = {
  metric: metricCondition,
  forecast: forecastCondition,
  check: checkCondition,
  process: processCondition,
  event: eventCondition,
}

/** The condition of a kind. */
export function conditionOf<Kind extends AlertKind>(kind: Kind): Condition<Kind> {
  return CONDITIONS[kind]
}
