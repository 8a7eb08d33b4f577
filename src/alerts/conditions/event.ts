import type { LogEvent } from '../../model/event.ts'
import { parseSeriesKey, seriesKey } from '../../model/series.ts'
import { type Condition, type Finding, type Matter, matterOf, type RuleOn } from './condition.ts'

const EVENT = 'event'

/** Something that happened. An alert a subject; each time that it happens again lengthens it. */
export const eventCondition: Condition<'event'> = {
  kind: 'event',
  look({ rule }, { world, active, ofRule }, say) {
    const open = ofRule(rule)
    if (open.length === 0 && world.events.length === 0) return
    const told = new Set<string>()
    for (const [matter, events] of bySubject(rule, world.events)) {
      const known = active(matter)
      const finding = findingOf(rule, events, known?.value ?? 0)
      if (known === undefined && (!finding.wrong || rule.except?.(matter.labels, world) === true)) continue
      told.add(matter.key)
      say(matter, finding)
    }
    for (const { key, series, value } of open) {
      if (!told.has(key)) say(matterOf(rule, series, parseSeriesKey(series).labels), QUIET(value))
    }
  },
  covers(when, series) {
    const { name, labels } = parseSeriesKey(series)
    return name === EVENT && labels.event === when.event && (when.subject ?? labels.subject) === labels.subject
  },
}

/** Nothing more happened. */
const QUIET = (value: number): Finding => ({ ...SAME, value, wrong: false, cleared: true })
const SAME = { threshold: 0, direction: 'above' } as const

/** The events that a rule is about, and those that end it. */
function bySubject(rule: RuleOn<'event'>, events: readonly LogEvent[]): Map<Matter, LogEvent[]> {
  const { event, subject } = rule.when
  const found = new Map<string, { readonly matter: Matter; readonly events: LogEvent[] }>()
  for (const one of events) {
    if (one.kind !== event && rule.until?.includes(one.kind) !== true) continue
    if (subject !== undefined && one.subject !== subject) continue
    const known = found.get(one.subject)
    if (known !== undefined) {
      known.events.push(one)
      continue
    }
    const labels = { event, subject: one.subject }
    found.set(one.subject, { matter: matterOf(rule, seriesKey(EVENT, labels), labels), events: [one] })
  }
  return new Map([...found.values()].map(({ matter, events: its }) => [matter, its]))
}

/** The last one tells: what ended it after it happened ends it. */
function findingOf({ when }: RuleOn<'event'>, events: readonly LogEvent[], before: number): Finding {
  const happened = events.filter(({ kind }) => kind === when.event)
  const value = before + happened.length
  const last = events.at(-1)
  if (last?.kind !== when.event) return { ...QUIET(value), over: true }
  return { ...SAME, value, wrong: true, cleared: true, text: value > 1 ? `${last.text}, ${value} times` : last.text }
}
