import type { CheckStatus } from '../../src/model/check.ts'
import type { LogEvent } from '../../src/model/event.ts'
import { definitionOf, statusOf } from '../fixtures/checks.ts'
import { randomNumbers } from '../fixtures/tree/random.ts'
import { happened } from './court.ts'

const MINUTE_S = 60
const HOUR_S = 3600
const DAY_S = 24 * HOUR_S

/** A moment of the day. */
export interface Moment {
  readonly values: Readonly<Record<string, number>>
  readonly checks: readonly CheckStatus[]
  readonly events: readonly LogEvent[]
}

/** Minutes of a build at ten past each working hour, in which everything is busy. */
const BUILD_MIN = 4
const BUILDS = [9, 10, 11, 12, 13, 14, 15, 16, 17, 18]
/** A backup at night reads the disks for this long. */
const BACKUP = { fromS: 2 * HOUR_S, minutes: 40 }

const NIGHTLY = definitionOf('api', { type: 'http', labels: { team: 'web' } })
const WELL = statusOf({ definition: NIGHTLY })
const SLOW: CheckStatus = { ...WELL, state: 'degraded', reason: 'slow', error: 'took 812 ms, expected under 500 ms' }

/**
 * A busy day of a machine that is well: by day it works more than at night, it builds, it makes a backup, logs are rotated, heaps are
 * collected, and now and then an answer is late.
 */
export function healthyDay(seed: number): (second: number) => Moment {
  const random = randomNumbers(seed)
  const noise = (size: number) => size * (random() + random() + random() - 1.5)
  const share = (value: number) => Math.min(1, Math.max(0, value))
  return (second) => {
    const day = 0.5 - 0.5 * Math.cos((2 * Math.PI * (second - 3 * HOUR_S)) / DAY_S)
    const build = buildAt(second)
    const isBackup = second >= BACKUP.fromS && second < BACKUP.fromS + BACKUP.minutes * MINUTE_S
    const sinceHour = (second % HOUR_S) / HOUR_S
    /** A heap that is collected every seven minutes. */
    const heap = (second % 420) / 420
    const isBlip = second % 5400 < 10
    const isLate = second % 9000 < 40
    const values = {
      cpu_used_ratio:
        build > 0 ? share(0.99 + noise(0.02)) : share(0.12 + 0.3 * day + (isBackup ? 0.2 : 0) + noise(0.1)),
      cpu_steal_ratio: share(0.01 + (isBlip ? 0.15 : 0) + noise(0.01)),
      cpu_throttled_per_second: isBlip ? 2 : 0,
      cpu_temperature_celsius: 48 + 20 * day + (build > 0 ? 16 : 0) + noise(3),
      pressure_cpu_some_ratio: build > 0 ? share(0.75 + noise(0.2)) : share(0.05 * day + noise(0.03)),
      pressure_memory_some_ratio: share(0.005 + noise(0.01)),
      pressure_memory_full_ratio: share(0.002 + noise(0.004)),
      pressure_io_full_ratio: isBackup ? share(0.45 + noise(0.25)) : share(0.02 + 0.1 * build + noise(0.03)),
      memory_used_ratio: share(0.46 + 0.1 * day + 0.14 * build + 0.04 * heap + noise(0.006)),
      swap_used_ratio: share(0.06 + 0.02 * day),
      swap_in_bytes_per_second: isBlip ? 8e6 : 0,
      'disk_used_ratio{mount="/"}': share(0.62 + 0.004 * (second / DAY_S) + 0.03 * build + noise(0.0002)),
      // Logs grow with the work, and those of the hour before go at its end.
      'disk_used_ratio{mount="/var"}': share(0.71 + (0.01 + 0.03 * day) * sinceHour + noise(0.0002)),
      'disk_inodes_used_ratio{mount="/"}': share(0.21 + 0.02 * build),
      'disk_inodes_used_ratio{mount="/var"}': share(0.08 + 0.001 * sinceHour),
      files_used_ratio: share(0.03 + 0.02 * day + 0.01 * build + noise(0.001)),
      pids_used_ratio: share(0.01 + 0.005 * day + 0.004 * build + noise(0.0005)),
      conntrack_used_ratio: share(0.05 + 0.25 * day + noise(0.02)),
      'network_errors_per_second{interface="eth0"}': isBlip ? 3 : 0,
      tcp_listen_overflows_per_second: 0,
      clock_synchronised: 1,
      log_failing: 0,
    }
    const events =
      second % HOUR_S < 10 ? [happened('process_started', 'cron'), happened('mount_added', '/media/usb')] : []
    return { values, checks: [isLate ? SLOW : WELL], events }
  }
}

/** How much of a build there is: it grows for a minute, and is gone at once when it ends. */
function buildAt(second: number): number {
  const into = (second % HOUR_S) - 10 * MINUTE_S
  if (!BUILDS.includes(Math.floor(second / HOUR_S)) || into < 0 || into >= BUILD_MIN * MINUTE_S) return 0
  return Math.min(1, (into + 10) / MINUTE_S)
}
