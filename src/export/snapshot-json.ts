import type { Alert } from '../model/alert.ts'
import type { Frame } from '../model/frame.ts'
import type { ProcessRow } from '../model/processes.ts'

/** Version of the object; raised when a key changes its meaning. */
const VERSION = 1

export interface SnapshotJsonOptions {
  /** At most this many processes; all rows of the frame without it. */
  readonly top?: number
}

/**
 * A frame as one plain object: what `snapshot --format json` prints. Keys are a public contract (DESIGN chapter 12): times are Unix
 * milliseconds, durations seconds, CPU of a process a ratio of one core; what is not known is null, a series without a value left out.
 */
export function snapshotJson(frame: Frame, { top }: SnapshotJsonOptions = {}): object {
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
    processes: (processes?.rows ?? []).slice(0, top).map(processJson),
    checks: [],
    alerts: frame.alerts.map(alertJson),
    forecasts: [],
  }
}

/** Time since the machine was started, measured or from the time of its start; undefined when neither is known. */
export function uptimeSeconds({ host, metrics, wallMs }: Frame): number | undefined {
  const measured = metrics.value('uptime_seconds')
  if (measured !== undefined) return measured
  return host.bootMs === undefined ? undefined : Math.max(0, (wallMs - host.bootMs) / 1000)
}

function processJson(row: ProcessRow): object {
  return {
    pid: row.pid,
    ppid: row.ppid,
    name: row.name,
    command: row.command,
    user: row.user ?? null,
    state: row.state,
    nice: row.nice,
    threads: row.threads,
    cpu_ratio: row.cpuRatio ?? null,
    memory_bytes: row.memoryBytes,
    started_ms: row.startedMs,
  }
}

function alertJson(alert: Alert): object {
  return {
    name: alert.name,
    state: alert.state,
    severity: alert.severity,
    series: alert.series,
    value: alert.value,
    since_ms: alert.sinceMs,
    cause: alert.cause ?? null,
  }
}
