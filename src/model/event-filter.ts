import type { AlertRecord } from './alert.ts'
import { quietOf } from './alert-words.ts'
import { EVENT_KINDS, type EventKind, type LogEvent } from './event.ts'
import { wrong } from './filter/grammar.ts'
import type { Piece } from './filter/lexer.ts'
import { choice, hasText, type ParsedListing, parseListing, type Test, type TextsOf } from './filter/listing.ts'
import { contains } from './process-filter/match.ts'
import type { FilterError } from './processes.ts'

/** An entry of the log as its filter sees it. */
export interface Entry {
  readonly event: LogEvent
  /** Of the alert that it belongs to, while that is kept. */
  readonly record?: AlertRecord | undefined
}

const level =
  (wanted: LogEvent['level']): Test<Entry> =>
  ({ event }) =>
    event.level === wanted

/** What `severity:` may be: what it turned to. */
const SEVERITIES: Readonly<Record<string, Test<Entry>>> = {
  critical: level('critical'),
  warning: level('warning'),
  unknown: level('unknown'),
  well: level('ok'),
  ok: level('ok'),
  event: level('event'),
}

/** What `is:` may be: how the alert of an entry is now. */
const STATES: Readonly<Record<string, Test<Entry>>> = {
  firing: ({ record }) => record?.state === 'firing',
  resolved: ({ record }) => record?.state === 'resolved',
  acknowledged: ({ record }) => record?.alert.acknowledged !== undefined,
  silenced: ({ record }) => record?.alert.silenced !== undefined,
  loud: ({ record }) => record?.state === 'firing' && quietOf(record.alert) === undefined,
}

const KINDS: Readonly<Record<string, EventKind>> = Object.fromEntries(EVENT_KINDS.map((kind) => [kind, kind]))

/** Keys whose value is a part of a text. */
const TEXTS: Readonly<Record<string, TextsOf<Entry>>> = {
  subject: ({ event }) => [event.subject],
  text: ({ event }) => [event.text],
  cause: ({ event, record }) => [event.cause, record?.alert.cause],
  check: ({ event, record }) => [record?.alert.labels.check ?? (event.kind === 'check' ? event.subject : undefined)],
  rule: ({ record }) => [record?.alert.name],
  note: ({ record }) => [record?.alert.acknowledged?.note],
}

/** What words are searched in. */
const anywhere: TextsOf<Entry> = ({ event, record }) => [
  event.subject,
  event.text,
  event.cause,
  event.kind,
  event.level,
  record?.alert.name,
]

/** Keys there are, with what their values are; for errors and for the page about filters. */
export const EVENT_FILTER_KEYS: Readonly<Record<string, string>> = {
  severity: `one of ${Object.keys(SEVERITIES).join(' ')}`,
  is: `one of ${Object.keys(STATES).join(' ')}`,
  kind: `what happened, such as ${['check', 'oom_kill', 'mount_readonly', 'reboot'].join(' ')}`,
  check: 'text in the name of a check',
  subject: 'text in what it is about',
  text: 'text in what happened',
  cause: 'text in the cause',
  rule: 'text in the name of the rule',
  note: 'text in what was said when it was acknowledged',
}

function valueTest(key: string, value: Piece): Test<Entry> | FilterError {
  const expected = EVENT_FILTER_KEYS[key]
  if (key === 'severity') return choice(key, value, SEVERITIES, expected)
  if (key === 'is') return choice('state', value, STATES, expected)
  if (key === 'kind') {
    const kind = choice(key, value, KINDS, expected)
    return typeof kind === 'string' ? ({ event }) => event.kind === kind : kind
  }
  if (value.text === '') return wrong(value, `expected ${expected}`)
  return hasText(TEXTS[key] as TextsOf<Entry>, contains(value.text))
}

/**
 * The filter of the log: words are searched in what it is about, what happened and why (all must be there), `severity:critical,warning`,
 * `check:api`, `kind:oom_kill`, `is:firing`; `!`, `or`, quotes, patterns and parentheses as in the filter of processes.
 */
export function parseEventFilter(text: string): ParsedListing<Entry> {
  return parseListing(text, { example: 'severity', keys: EVENT_FILTER_KEYS, anywhere, value: valueTest })
}
