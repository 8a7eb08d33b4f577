import type { Alert } from '../model/alert.ts'
import type { Active } from './active.ts'
import { messageOf } from './message.ts'
import type { Rule } from './rule.ts'
import { ruleText } from './wording.ts'

/** A rule in one line does not change, and there may be a thousand. */
const RULE_TEXTS = new WeakMap<Rule, string>()

/** An alert as people and programs see it, without what others find out about it. Its message may name the cause. */
export function alertOf(active: Active, cause?: string): Alert {
  const { rule, firedMs, noDataMs, ahead } = active
  const alert: { -readonly [Member in keyof Alert]: Alert[Member] } = {
    id: active.id,
    name: rule.name,
    kind: rule.when.kind,
    state: active.state,
    severity: rule.severity,
    series: active.series,
    value: active.value,
    threshold: active.threshold,
    direction: active.direction,
    labels: active.labels,
    subject: active.subject,
    text: active.text,
    sinceMs: active.sinceMs,
    peak: active.peak,
    rule: lineOf(rule),
    origin: rule.origin,
  }
  if (firedMs !== undefined) alert.firedMs = firedMs
  if (noDataMs !== undefined) alert.noDataMs = noDataMs
  if (ahead !== undefined) alert.ahead = ahead
  if (rule.message !== undefined) alert.text = messageOf(rule.message, rule, alert, cause)
  return alert
}

function lineOf(rule: Rule): string {
  let line = RULE_TEXTS.get(rule)
  if (line === undefined) {
    line = ruleText(rule)
    RULE_TEXTS.set(rule, line)
  }
  return line
}
