import { LINE_VERSION, type Line, type LineKind } from '../src/log/line.ts'
import { metricsLines } from '../src/log/metrics-lines.ts'
import { alertLine } from '../src/log/record/alerts.ts'
import { eventLine } from '../src/log/record/events.ts'
import { alertId } from '../src/model/alert.ts'

const T = Date.UTC(2026, 10, 25, 14, 2, 9, 870)
const SINCE = T - 61_000

const alert = {
  name: 'disk-almost-full',
  kind: 'metric',
  state: 'firing',
  severity: 'warning',
  series: 'disk_used_ratio{mount="/var"}',
  value: 0.91204,
  threshold: 0.9,
  direction: 'above',
  labels: { mount: '/var' },
  subject: '/var',
  text: '91 % used',
  sinceMs: SINCE,
  firedMs: T,
  peak: 0.91204,
  cause: 'vacuum-logs writes 38.0 MB/s',
  rule: 'disk_used_ratio above 90 % for 1 min',
  origin: 'built-in',
} as const

const [metrics] = metricsLines(T, [
  ['cpu_used_ratio', 0.371294],
  ['memory_used_bytes', 23_729_901_568],
  ['disk_used_ratio{mount="/var"}', 0.91204],
  ['network_receive_bytes_per_second{interface="eth0"}', 84_211.3],
])

/** A line of each kind, as the documentation shows it. */
export const LINE_EXAMPLES: Readonly<Record<LineKind, Line | undefined>> = {
  metrics,
  processes: {
    v: LINE_VERSION,
    t: T,
    kind: 'processes',
    processes: [
      {
        pid: 9377,
        name: 'vacuum-logs',
        user: 'root',
        unit: 'cron.service',
        started_ms: SINCE - 14_210,
        cpu_ratio: 0.412,
        memory_bytes: 61_865_984,
        read_bytes_per_second: 0,
        write_bytes_per_second: 38_107_442,
      },
    ],
  },
  check: {
    v: LINE_VERSION,
    t: T,
    kind: 'check',
    check: 'api',
    state: 'up',
    since_ms: T - 86_400_000,
    result: 'down',
    reason: 'status',
    error: 'status 503, expected 200',
    began_ms: T - 612,
    latency_s: 0.0413,
  },
  alert: alertLine(
    {
      alert: { ...alert, id: alertId(alert) },
      state: 'firing',
      evidence: [
        {
          atMs: SINCE,
          moment: 'pending',
          suspects: [
            {
              pid: 9377,
              startTicks: 354_318_290,
              name: 'vacuum-logs',
              user: 'root',
              unit: 'cron.service',
              startedMs: SINCE - 14_210,
              value: 38_107_442,
              share: 0.97,
              fresh: true,
            },
          ],
          changes: [
            {
              wallMs: SINCE - 14_210,
              kind: 'process_started',
              subject: 'vacuum-logs',
              text: 'started, pid 9377, root',
              weight: 0.9,
            },
          ],
        },
      ],
      timeline: [
        { wallMs: SINCE, step: 'pending', text: '90 % used' },
        { wallMs: T, step: 'firing', text: '91 % used' },
      ],
    },
    T,
  ),
  event: eventLine({
    wallMs: T,
    kind: 'alert',
    level: 'warning',
    subject: '/var',
    text: '91 % used',
    cause: 'vacuum-logs writes 38.0 MB/s',
    alert: alertId(alert),
  }),
}
