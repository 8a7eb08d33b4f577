import { clockTime } from '../lib/units.ts'
import type { Alert } from '../model/alert.ts'
import { fillMessage, LABEL_PREFIX, type MessagePlaceholder } from '../model/alert-message.ts'
import { etaText } from '../model/forecast-words.ts'
import { limitText } from './figures.ts'
import type { Rule } from './rule.ts'
import { valueText } from './wording.ts'

/** What a message is made of: an alert, its text in the rule's own words. */
export type Said = Pick<
  Alert,
  'subject' | 'name' | 'severity' | 'labels' | 'text' | 'value' | 'threshold' | 'sinceMs' | 'ahead'
>

/** A message with its placeholders filled in. What is not known is left out. */
export function messageOf(message: string, { when }: Pick<Rule, 'when'>, said: Said, cause = ''): string {
  const metric = when.kind === 'metric' || when.kind === 'forecast' ? when.metric : ''
  return fillMessage(message, (placeholder) => {
    if (placeholder.startsWith(LABEL_PREFIX)) return said.labels[placeholder.slice(LABEL_PREFIX.length)] ?? ''
    return placeholder === 'cause' ? cause : FIGURES[placeholder as Exclude<MessagePlaceholder, 'cause'>](said, metric)
  })
}

const FIGURES: Readonly<Record<Exclude<MessagePlaceholder, 'cause'>, (said: Said, metric: string) => string>> = {
  subject: ({ subject }) => subject,
  value: ({ value }, metric) => (Number.isNaN(value) ? '' : valueText(metric, value)),
  threshold: ({ threshold }, metric) => limitText(metric, threshold),
  name: ({ name }) => name,
  severity: ({ severity }) => severity,
  text: ({ text }) => text,
  since: ({ sinceMs }) => clockTime(sinceMs),
  eta: ({ ahead }) => (ahead === undefined ? '' : etaText(ahead.eta.likely)),
}
