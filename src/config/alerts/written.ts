import { durationText } from '../../lib/duration.ts'
import type { AlertCondition, AlertDefinition } from '../../model/alert-definition.ts'
import { metricOf } from '../../model/catalogue/catalogue.ts'
import type { Labels } from '../../model/series.ts'
import type { Mapping } from '../checks/merge.ts'
import type { AlertKey } from '../sections/alerts.ts'
import { writtenValue } from './value.ts'

type Written = Partial<Record<AlertKey, unknown>>

/** A rule as a person would write it, with what it takes where nothing was said: `config show` prints it, and it reads back as the same. */
export function writtenRule({ name, when, forMs, keepMs, severity, labels, message }: AlertDefinition): Mapping {
  const written: Written = {
    name,
    ...writtenCondition(when),
    ...(when.kind === 'event' ? {} : { for: durationText(forMs) }),
    ...(keepMs > 0 || when.kind === 'event' ? { keep: durationText(keepMs) } : {}),
    severity,
    ...(isEmpty(labels) ? {} : { labels }),
    ...(message === undefined ? {} : { message }),
  }
  return written
}

function writtenCondition(when: AlertCondition): Written {
  switch (when.kind) {
    case 'metric': {
      const { metric, where, above, below, outside, absent, clear } = when
      const value = (its: number) => writtenValue(its, metricOf(metric)?.unit)
      return {
        metric,
        ...(isEmpty(where) ? {} : { where }),
        ...(above === undefined ? {} : { above: value(above) }),
        ...(below === undefined ? {} : { below: value(below) }),
        ...(outside === undefined ? {} : { outside: outside.map(value) }),
        ...(absent === undefined ? {} : { absent }),
        ...(clear === undefined ? {} : { clear: value(clear) }),
      }
    }
    case 'forecast': {
      const { metric, where, reaches, withinMs } = when
      return {
        metric,
        ...(isEmpty(where) ? {} : { where }),
        reaches: writtenValue(reaches, metricOf(metric)?.unit),
        within: durationText(withinMs),
      }
    }
    case 'check': {
      const { check, where, is } = when
      return { check: check ?? (isEmpty(where) ? 'all' : where), is }
    }
    case 'process':
      return { process: when.process ?? 'all', is: when.is }
    case 'event':
      return { event: when.event, ...(when.subject === undefined ? {} : { subject: when.subject }) }
  }
}

function isEmpty(labels: Labels): boolean {
  return Object.keys(labels).length === 0
}
