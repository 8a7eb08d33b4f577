import type {
  CheckCondition,
  EventCondition,
  ForecastCondition,
  MetricCondition,
  ProcessCondition,
} from '../../model/alert-definition.ts'
import type { Rule } from '../rule.ts'

/** What a built-in rule says; the rest is the same for all of them. */
export type BuiltIn = Pick<Rule, 'name' | 'when' | 'severity'> & Partial<Rule>

/** A rule that holds with no configuration. */
export function builtin(rule: BuiltIn): Rule {
  return { forMs: 0, keepMs: 0, labels: {}, origin: 'built-in', ...rule }
}

/** A limit on every series of a metric. */
export function metric(name: string, limit: Pick<MetricCondition, 'above' | 'below' | 'clear'>): MetricCondition {
  return { kind: 'metric', metric: name, where: {}, ...limit }
}

/** A limit that a series of a metric will reach within a time. */
export function ahead(name: string, reaches: number, withinMs: number): ForecastCondition {
  return { kind: 'forecast', metric: name, where: {}, reaches, withinMs }
}

/** Any check that is in a state. */
export function anyCheck(is: CheckCondition['is']): CheckCondition {
  return { kind: 'check', where: {}, is }
}

/** Any process that is watched or checked. */
export function anyProcess(is: ProcessCondition['is']): ProcessCondition {
  return { kind: 'process', is }
}

/** Something that happens to anything. */
export function event(kind: EventCondition['event']): EventCondition {
  return { kind: 'event', event: kind }
}
