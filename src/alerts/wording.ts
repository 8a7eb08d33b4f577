import { bytes, count, percent, rate, span } from '../lib/units.ts'
import { metricOf } from '../model/catalogue/catalogue.ts'
import type { LogEvent } from '../model/event.ts'
import type { Leaders } from '../model/processes.ts'
import type { Transition } from './judge.ts'
import type { Rule } from './rule.ts'

/** Less than this of a core explains no busy machine. */
const LEAST_CORE_RATIO = 0.1

/** A value in its metric's unit: `97 %`, `8.4 GiB`. */
export function valueText(metric: string, value: number): string {
  const text = ({ figure, unit }: { figure: string; unit: string }) => `${figure} ${unit}`
  switch (metricOf(metric)?.unit) {
    case 'ratio':
      return text(percent(value))
    case 'bytes':
      return text(bytes(value))
    case 'bytes_per_second':
      return text(rate(value))
    case 'seconds':
      return span(value)
    case 'per_second':
      return `${count(value)}/s`
    case 'celsius':
      return `${Math.round(value)} °C`
    default:
      return count(value)
  }
}

/** 1 or 0: to people only the rule's own words say something. */
function isFlag(metric: string): boolean {
  const entry = metricOf(metric)
  return entry?.unit === 'count' && entry.bounds?.max === 1
}

/** Who may be behind it, as a name and a number: `node uses 91 % of a core`, `java holds 8.4 GiB`. */
export function causeOf(rule: Rule, leaders: Leaders | undefined): string | undefined {
  if (rule.blames === 'cpu') {
    const top = leaders?.cpu[0]
    if (top?.cpuRatio === undefined || top.cpuRatio < LEAST_CORE_RATIO) return undefined
    return `${top.name} uses ${percent(top.cpuRatio).figure} % of a core`
  }
  if (rule.blames === 'memory') {
    const top = leaders?.memory[0]
    return top === undefined ? undefined : `${top.name} holds ${valueText('memory_used_bytes', top.memoryBytes)}`
  }
  return undefined
}

/** A transition as the log tells it. */
export function eventOf({ kind, alert, rule, why, heldMs, peak }: Transition, wallMs: number): LogEvent {
  const { subject } = alert
  if (kind === 'firing') {
    const { severity: level, text, cause } = alert
    return { wallMs, level, subject, text, ...(cause === undefined ? {} : { cause }) }
  }
  const worst = isFlag(rule.metric) ? rule.text(peak, alert.threshold) : valueText(rule.metric, peak)
  const cause = `was ${worst} for ${span(heldMs / 1000)}`
  if (why === 'cleared') return { wallMs, level: 'ok', subject, text: 'well again', cause }
  const words = { removed: `${rule.name} removed`, gone: 'not there any more', unknown: 'not known any more' }
  return { wallMs, level: 'event', subject, text: words[why ?? 'unknown'], cause }
}
