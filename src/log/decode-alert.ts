import type {
  Acknowledgement,
  Alert,
  AlertKind,
  AlertMoment,
  AlertRecord,
  Change,
  Evidence,
  Resolution,
  Silence,
  Suspect,
} from '../model/alert.ts'
import { EVENT_KINDS } from '../model/event.ts'
import type { Eta } from '../model/forecast.ts'
import type { Severity } from '../model/severity.ts'
import { fieldsOf, finite, listOf, mapOf, number, oneOf, text, time, truth, word } from './typed.ts'

export const SEVERITIES: readonly Severity[] = ['critical', 'warning']
export const RECORD_STATES: readonly AlertRecord['state'][] = ['pending', 'firing', 'resolved']
export const ALERT_KINDS: readonly AlertKind[] = ['metric', 'forecast', 'check', 'process', 'event']
export const RESOLUTIONS: readonly Resolution[] = ['cleared', 'removed', 'gone', 'inhibited', 'withdrawn', 'reached']
export const STEPS: readonly AlertMoment['step'][] = [
  'pending',
  'firing',
  'peak',
  'no data',
  'data again',
  'resolved',
  'acknowledged',
  'silenced',
  'joined',
]

const eta = fieldsOf<Eta>({ earliest: number, likely: number }, { latest: number })

export const acknowledgement = fieldsOf<Acknowledgement>({ alert: word, atMs: time, note: text }, {})
export const silence = fieldsOf<Silence>({ key: word, atMs: time }, { untilMs: time })

const alert = fieldsOf<Alert>(
  {
    id: word,
    name: text,
    kind: oneOf(ALERT_KINDS),
    state: oneOf(['pending', 'firing']),
    severity: oneOf(SEVERITIES),
    series: word,
    value: number,
    threshold: number,
    direction: oneOf(['above', 'below']),
    labels: mapOf(text),
    subject: text,
    text,
    sinceMs: time,
    peak: number,
    rule: text,
    origin: text,
  },
  {
    firedMs: time,
    noDataMs: time,
    ahead: fieldsOf<NonNullable<Alert['ahead']>>({ asOfMs: time, eta }, {}),
    cause: text,
    incident: word,
    acknowledged: acknowledgement,
    silenced: silence,
  },
)

const suspect = fieldsOf<Suspect>(
  { pid: finite, startTicks: number, name: text, startedMs: number, value: number, fresh: truth },
  { user: text, unit: text, share: number },
)

const change = fieldsOf<Change>(
  { wallMs: time, kind: oneOf([...EVENT_KINDS, 'jump']), subject: text, text, weight: number },
  {},
)

const evidence = fieldsOf<Evidence>(
  { atMs: time, moment: oneOf(['pending', 'peak']), suspects: listOf(suspect), changes: listOf(change) },
  {},
)

const moment = fieldsOf<AlertMoment>({ wallMs: time, step: oneOf(STEPS), text }, {})

/** The record of an alert, as an alert line carries it. */
export const alertRecord = fieldsOf<AlertRecord>(
  { alert, state: oneOf(RECORD_STATES), evidence: listOf(evidence), timeline: listOf(moment) },
  { endedMs: time, resolution: oneOf(RESOLUTIONS) },
)
