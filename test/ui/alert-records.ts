import type { Alert, AlertMoment, AlertRecord, Change, Evidence, Suspect } from '../../src/model/alert.ts'
import type { LogEvent } from '../../src/model/event.ts'
import type { Frame } from '../../src/model/frame.ts'
import { bySeverity, worst } from '../../src/model/severity.ts'
import { alertOf, recordOf } from '../fixtures/alerts.ts'
import { SERVICES } from '../fixtures/checks.ts'
import { disk, type FrameParts, type Future, frameOf, NOW } from '../fixtures/frame.ts'

/** Alerts as people meet them, with all that is known of each: what the page of an alert and the log are painted from. */

const MIN = 60_000
const at = (hours: number, minutes: number, seconds = 0) => new Date(2025, 10, 24, hours, minutes, seconds).getTime()
const step = (wallMs: number, name: AlertMoment['step'], text: string): AlertMoment => ({ wallMs, step: name, text })

export function suspectOf(name: string, pid: number, value: number, parts: Partial<Suspect> = {}): Suspect {
  return { pid, startTicks: pid * 10, name, user: 'root', startedMs: at(2, 0), value, fresh: false, ...parts }
}

const change = (wallMs: number, kind: Change['kind'], subject: string, text: string, weight: number): Change => ({
  wallMs,
  kind,
  subject,
  text,
  weight,
})

const VACUUM = suspectOf('vacuum-logs', 9377, 38e6, {
  share: 0.96,
  fresh: true,
  startedMs: at(14, 2, 16),
  unit: 'cron.service',
})

const WRITERS: Evidence = {
  atMs: at(14, 7, 10),
  moment: 'pending',
  suspects: [
    VACUUM,
    suspectOf('postgres', 1204, 1e6, { share: 0.03, user: 'postgres' }),
    suspectOf('node', 4211, 120_000, { share: 0.003, user: 'node' }),
    suspectOf('nginx', 880, 90_000, { share: 0.002, user: 'www-data' }),
  ],
  changes: [
    change(at(14, 2, 16), 'process_started', 'vacuum-logs', 'started, pid 9377, root', 0.9),
    change(at(14, 3, 2), 'jump', 'sdb busy', 'rose from 6 % to 82 %', 0.6),
    change(at(14, 6, 40), 'check', 'api', 'slow, 640 > 500 ms', 0.2),
    change(at(14, 6, 55), 'process_ended', 'logrotate', 'ended, pid 9301', 0.1),
  ],
}

/** The same at another time. */
function earlierBy(ms: number, evidence: Evidence): Evidence {
  const changes = evidence.changes.map((one) => ({ ...one, wallMs: one.wallMs - ms }))
  const suspects = evidence.suspects.map((one) => ({ ...one, startedMs: one.startedMs - ms }))
  return { ...evidence, atMs: evidence.atMs - ms, changes, suspects }
}

/** `/var` fills within hours; it fires since 22 minutes. */
export const FILLS_ALERT: Alert = alertOf({
  name: 'disk-fills-soon',
  kind: 'forecast',
  text: '95 % full in 3 h 10 m',
  value: 0.84,
  threshold: 0.95,
  sinceMs: at(14, 7, 10),
  firedMs: at(14, 9, 10),
  peak: 0.84,
  ahead: { asOfMs: NOW, eta: { earliest: 9600, likely: 11_400, latest: 14_700 } },
  cause: 'vacuum-logs writes 38 MB/s',
  rule: 'disk_used_ratio{mount="/var"} reaches 95% within 4h for 2m',
  origin: 'healthtop.yaml:41',
})

export const FILLS: AlertRecord = recordOf(FILLS_ALERT, {
  evidence: [WRITERS],
  timeline: [
    step(at(14, 7, 10), 'pending', 'waits 2 min before it fires'),
    step(at(14, 9, 10), 'firing', '95 % full in 3 h 33 m'),
    step(at(14, 28, 3), 'joined', 'api slow, same cause'),
  ],
})

const earlier = (day: number, minutes: number, parts: Partial<AlertRecord>): AlertRecord => {
  const firedMs = new Date(2025, 10, day, 14, 9, 10).getTime()
  return recordOf(alertOf({ ...FILLS_ALERT, id: `earlier ${day}`, sinceMs: firedMs - 2 * MIN, firedMs }), {
    state: 'resolved',
    endedMs: firedMs + minutes * MIN,
    ...parts,
  })
}

export const FILLED_BEFORE: readonly AlertRecord[] = [
  earlier(17, 221, { resolution: 'reached' }),
  earlier(11, 42, { resolution: 'withdrawn' }),
  earlier(10, 240, {
    resolution: 'cleared',
    timeline: [step(new Date(2025, 10, 10, 18, 9, 10).getTime(), 'resolved', 'was 95 % for 4 h')],
  }),
]

/** `/var` is full: 97 % and rising, with a peak. */
export const FULL_ALERT: Alert = alertOf({
  severity: 'critical',
  text: '97 % used',
  value: 0.97,
  threshold: 0.95,
  peak: 0.97,
  sinceMs: at(14, 20, 7),
  firedMs: at(14, 21, 7),
  rule: 'disk_used_ratio above 95 % for 1 min',
})

export const FULL: AlertRecord = recordOf(FULL_ALERT, {
  evidence: [WRITERS, { ...WRITERS, atMs: at(14, 30, 0), moment: 'peak' }],
  timeline: [
    step(at(14, 20, 7), 'pending', '95 % used'),
    step(at(14, 21, 7), 'firing', '96 % used'),
    step(at(14, 30, 0), 'peak', '97 % used'),
  ],
})

/** It was full for some minutes, hours ago. */
export const OVER: AlertRecord = recordOf(
  alertOf({
    ...FULL_ALERT,
    id: 'over',
    value: 0.81,
    sinceMs: at(10, 2, 40),
    firedMs: at(10, 3, 40),
    cause: 'vacuum-logs writes 38 MB/s',
  }),
  {
    state: 'resolved',
    endedMs: at(10, 15, 52),
    resolution: 'cleared',
    evidence: [earlierBy(at(14, 7, 10) - at(10, 2, 40), WRITERS)],
    timeline: [
      step(at(10, 2, 40), 'pending', '95 % used'),
      step(at(10, 3, 40), 'firing', '96 % used'),
      step(at(10, 11, 3), 'peak', '97 % used'),
      step(at(10, 15, 52), 'resolved', 'was 97 % for 12 min'),
    ],
  },
)

/** The mail server refuses connections. */
export const DOWN: AlertRecord = recordOf(
  alertOf({
    name: 'check-down',
    kind: 'check',
    severity: 'critical',
    series: 'check_up{check="mail"}',
    subject: 'mail',
    text: 'down refused by 127.0.0.1:25',
    value: 0,
    threshold: 0,
    peak: 0,
    sinceMs: at(14, 20, 7),
    firedMs: at(14, 20, 7),
    rule: 'check is down',
  }),
  {
    evidence: [
      {
        atMs: at(14, 20, 7),
        moment: 'pending',
        suspects: [],
        changes: [change(at(14, 19, 58), 'process_ended', 'postfix', 'ended, pid 611', 0.8)],
      },
    ],
    timeline: [step(at(14, 20, 7), 'firing', 'down, refused by 127.0.0.1:25')],
  },
)

/** The kernel ended a process for lack of memory. */
export const OOM: AlertRecord = recordOf(
  alertOf({
    name: 'oom-kill',
    kind: 'event',
    severity: 'critical',
    series: 'event{event="oom_kill"}',
    subject: 'memory',
    text: 'the kernel ended java 5120 for lack of memory',
    value: Number.NaN,
    threshold: Number.NaN,
    peak: Number.NaN,
    sinceMs: at(14, 25, 30),
    firedMs: at(14, 25, 30),
    rule: 'oom_kill happens',
  }),
  {
    evidence: [
      {
        atMs: at(14, 25, 30),
        moment: 'pending',
        suspects: [
          suspectOf('java', 5120, 8.4 * 1024 ** 3, { share: 0.27, user: 'shop' }),
          suspectOf('postgres', 1204, 6.1 * 1024 ** 3, { share: 0.2, user: 'postgres' }),
        ],
        changes: [],
      },
    ],
    timeline: [step(at(14, 25, 30), 'firing', 'the kernel ended java 5120')],
  },
)

/** Of the same incident as that of the disk. */
export const MEMBERS: readonly AlertRecord[] = ['a', 'b', 'c'].map((name, index) =>
  recordOf(
    alertOf({
      name: 'pressure-io',
      series: `pressure_io_some_ratio{name="${name}"}`,
      subject: `io ${name}`,
      text: 'stalled 41 %',
      sinceMs: at(14, 22 + index),
      firedMs: at(14, 22 + index, 30),
      incident: FULL_ALERT.id,
    }),
  ),
)

const fired = ({ alert }: AlertRecord): LogEvent => ({
  wallMs: alert.firedMs ?? alert.sinceMs,
  kind: alert.kind === 'check' ? 'check' : 'alert',
  level: alert.severity,
  subject: alert.subject,
  text: alert.text,
  ...(alert.cause !== undefined && { cause: alert.cause }),
  alert: alert.id,
})

/** A log of some hours: an incident, a check that is down, one that is over, and what merely happened. */
export const EVENTS: readonly LogEvent[] = [
  fired(OOM),
  ...MEMBERS.map(fired).reverse(),
  fired(FULL),
  fired(DOWN),
  fired(FILLS),
  {
    wallMs: at(14, 2, 16),
    kind: 'process_started',
    level: 'event',
    subject: 'vacuum-logs',
    text: 'started',
    cause: 'cron, root',
  },
  { wallMs: at(13, 41, 4), kind: 'check', level: 'ok', subject: 'api', text: 'well again', cause: 'slow for 2 min' },
  {
    wallMs: at(10, 15, 52),
    kind: 'alert',
    level: 'ok',
    subject: '/var',
    text: 'well again',
    cause: 'was 97 % for 12 min',
    alert: 'over',
  },
  fired(OVER),
  { wallMs: NOW - 26 * 60 * MIN, kind: 'reboot', level: 'event', subject: 'web-03', text: 'was started anew' },
]

export const RECORDS: readonly AlertRecord[] = [
  OOM,
  ...[...MEMBERS].reverse(),
  FULL,
  DOWN,
  FILLS,
  OVER,
  ...FILLED_BEFORE,
]

const fills: Future = (aheadS) => {
  const mean = Math.min(1, 0.837 + (0.113 * aheadS) / 11_400)
  const spread = 0.004 + (0.02 * aheadS) / 11_400
  return [mean - spread, mean, Math.min(1, mean + spread)]
}

const VAR = disk('used_ratio', '/var')

/** The machine on which all of it happens. */
export function alertFrame(records: readonly AlertRecord[] = RECORDS, parts: FrameParts = {}): Frame {
  const firing = records
    .filter(({ state }) => state === 'firing')
    .map(({ alert }) => alert)
    .sort((a, b) => bySeverity(a.severity, b.severity))
  return frameOf({
    verdict: worst(firing.map(({ severity }) => severity)),
    alerts: firing,
    records,
    events: EVENTS,
    checks: SERVICES,
    values: { [VAR]: 0.837 },
    history: {
      'check_latency_seconds{check="mail"}': (ago) => (ago < 720 ? Number.NaN : 0.04 + 0.01 * Math.sin(ago / 50)),
      [VAR]: (ago) => (ago < 1500 ? 0.837 - (0.03 * ago) / 1500 : 0.807 + 0.002 * Math.sin(ago / 400)),
    },
    futures: { [VAR]: fills },
    reasons: firing.map(({ severity, subject, text, sinceMs, id }) => ({
      verdict: severity,
      subject,
      text,
      sinceMs,
      alert: id,
    })),
    ...parts,
  })
}

/** With other values of `/var`, that is full now. */
export const fullFrame = (records: readonly AlertRecord[]): Frame =>
  alertFrame(records, {
    values: { [VAR]: 0.97 },
    history: { [VAR]: (ago) => (ago < 900 ? 0.97 - (0.05 * ago) / 900 : 0.92) },
    futures: {},
  })

/** Whose window ends ten minutes after `/var` was well again. */
export const overFrame = (): Frame =>
  alertFrame([OVER, ...FILLED_BEFORE], {
    history: { [VAR]: (ago) => (ago < 400 ? 0.81 : ago < 1140 ? 0.955 + 0.015 * Math.sin(ago / 200) : 0.86) },
    futures: {},
  })
