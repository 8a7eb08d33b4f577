import type { Alert } from '../model/alert.ts'
import type { Frame } from '../model/frame.ts'
import { checkJson } from './check-json.ts'
import { headingJson } from './forecast-json.ts'
import { processJson } from './process-json.ts'

/** Version of the object; raised when a key changes its meaning. */
const VERSION = 1

/**
 * A frame as one plain object: what `snapshot --format json` prints. Keys are a public contract (DESIGN chapter 12): times are Unix
 * milliseconds, durations seconds, CPU of a process a ratio of one core; what is not known is null, a series without a value left out.
 */
export function snapshotJson(frame: Frame): object {
  const { host, metrics, processes } = frame
  return {
    v: VERSION,
    t: frame.wallMs,
    verdict: frame.verdict,
    host: {
      name: host.name,
      os: host.os ?? null,
      kernel: host.kernel ?? null,
      arch: host.arch ?? null,
      cpu_model: host.cpuModel ?? null,
      cores: host.cores ?? null,
      uptime_s: uptimeSeconds(frame) ?? null,
      container: host.container ?? null,
    },
    metrics: Object.fromEntries(metrics.entries()),
    processes: (processes?.rows ?? []).map(processJson),
    checks: frame.checks.map((check) => checkJson(check, frame.wallMs)),
    alerts: frame.alerts.map(alertJson),
    forecasts: headingJson(frame.forecasts),
  }
}

/** Time since the machine was started, measured or from the time of its start; undefined when neither is known. */
export function uptimeSeconds({ host, metrics, wallMs }: Frame): number | undefined {
  const measured = metrics.value('uptime_seconds')
  if (measured !== undefined) return measured
  return host.bootMs === undefined ? undefined : Math.max(0, (wallMs - host.bootMs) / 1000)
}

function alertJson(alert: Alert): object {
  return {
    name: alert.name,
    state: alert.state,
    severity: alert.severity,
    series: alert.series,
    value: Number.isNaN(alert.value) ? null : alert.value,
    since_ms: alert.sinceMs,
    cause: alert.cause ?? null,
  }
}
