import { Cursor } from '../../../lib/decimal.ts'
import type { HostFiles } from '../../probe.ts'
import { TICKS_PER_SECOND } from '../ticks.ts'
import { given, keyed, type Limit, limitIn, numberIn, smallestLimit } from './files.ts'
import type { Seat } from './where.ts'

const MICRO = 1e6
const NANO = 1e9

/** Processor time of one cgroup and all below it, in seconds since it was made. What is not known or not limited is absent. */
export interface CpuFigures {
  readonly usedSeconds?: number
  readonly userSeconds?: number
  readonly systemSeconds?: number
  /** The smallest quota up the path, in cores. */
  readonly quota?: Limit
  /** Periods in which it ran under a quota of its own. */
  readonly periods?: number
  /** Those of them in which the quota was used up. */
  readonly throttledPeriods?: number
  /** Time for which its tasks were held up by the quota, of all cores together. */
  readonly throttledSeconds?: number
}

/** `account` is the seat of `cpuacct`, a controller of its own in v1. Undefined where neither time nor quota can be seen. */
export function readCpu(files: HostFiles, seat: Seat | undefined, account: Seat | undefined): CpuFigures | undefined {
  const figures = {
    ...(seat !== undefined && (seat.version === 1 ? readLegacy(files, seat) : readUnified(files, seat))),
    ...(account?.version === 1 && readLegacyTime(files, account.folder)),
  }
  return Object.keys(figures).length === 0 ? undefined : figures
}

/** Kernel doc admin-guide/cgroup-v2, "CPU Interface Files". */
function readUnified(files: HostFiles, { folder, levels }: Seat): CpuFigures {
  const stat = keyed(files.optional(`${folder}/cpu.stat`), [
    'usage_usec',
    'user_usec',
    'system_usec',
    'nr_periods',
    'nr_throttled',
    'throttled_usec',
  ])
  return given({
    usedSeconds: over(stat.usage_usec, MICRO),
    userSeconds: over(stat.user_usec, MICRO),
    systemSeconds: over(stat.system_usec, MICRO),
    quota: smallestLimit(levels, (level) => unifiedQuota(files, level)),
    periods: stat.nr_periods,
    throttledPeriods: stat.nr_throttled,
    throttledSeconds: over(stat.throttled_usec, MICRO),
  })
}

/** `200000 100000` (microseconds of time, of each period) is two cores, `max 100000` no limit. */
function unifiedQuota(files: HostFiles, folder: string): number | undefined {
  const bytes = files.optional(`${folder}/cpu.max`)
  if (bytes === undefined) return undefined
  const cursor = new Cursor(bytes)
  return coresOf(cursor.integer(), cursor.integer())
}

/** Kernel doc scheduler/sched-bwc. A quota of −1 is no limit. */
function readLegacy(files: HostFiles, { folder, levels }: Seat): CpuFigures {
  const stat = keyed(files.optional(`${folder}/cpu.stat`), ['nr_periods', 'nr_throttled', 'throttled_time'])
  return given({
    quota: smallestLimit(levels, (level) => {
      const quota = limitIn(files, `${level}/cpu.cfs_quota_us`)
      return quota === undefined ? undefined : coresOf(quota, numberIn(files, `${level}/cpu.cfs_period_us`))
    }),
    periods: stat.nr_periods,
    throttledPeriods: stat.nr_throttled,
    throttledSeconds: over(stat.throttled_time, NANO),
  })
}

/** Kernel doc admin-guide/cgroup-v1/cpuacct: nanoseconds in one file, ticks by mode in the other. */
function readLegacyTime(files: HostFiles, folder: string): CpuFigures {
  const stat = keyed(files.optional(`${folder}/cpuacct.stat`), ['user', 'system'])
  return given({
    usedSeconds: over(numberIn(files, `${folder}/cpuacct.usage`), NANO),
    userSeconds: over(stat.user, TICKS_PER_SECOND),
    systemSeconds: over(stat.system, TICKS_PER_SECOND),
  })
}

function coresOf(quota: number, period = Number.NaN): number | undefined {
  const cores = quota / period
  return Number.isFinite(cores) && cores > 0 ? cores : undefined
}

function over(value: number | undefined, unit: number): number | undefined {
  return value === undefined ? undefined : value / unit
}
