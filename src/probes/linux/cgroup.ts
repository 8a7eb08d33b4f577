import type { Values } from '../../model/sample.ts'
import type { Probe } from '../probe.ts'
import { type OwnFigures, ownCgroup } from './cgroup/own.ts'

/**
 * The cgroup that healthtop is in: the container's, or that of a service with limits. Nothing at all on a machine where neither is so.
 * Sources: kernel doc admin-guide/cgroup-v2 and admin-guide/cgroup-v1.
 */
export const cgroup: Probe = {
  name: 'cgroup',
  everyMs: 1000,
  series: [
    'cgroup_memory_used_bytes',
    'cgroup_memory_limit_bytes',
    'cgroup_memory_used_ratio',
    'cgroup_memory_limit_hits_total',
    'cgroup_oom_kills_total',
    'cgroup_cpu_seconds_total',
    'cgroup_cpu_quota_seconds_total',
    'cgroup_cpu_limit_cores',
    'cgroup_cpu_periods_total',
    'cgroup_cpu_throttled_periods_total',
    'cgroup_cpu_throttled_seconds_total',
    'cgroup_pids_used',
    'cgroup_pids_limit',
    'cgroup_pressure_cpu_some_ratio',
    'cgroup_pressure_memory_some_ratio',
    'cgroup_pressure_io_some_ratio',
  ],
  read: (files, out) => {
    const own = ownCgroup(files)
    const figures = own.figures()
    if (figures !== undefined) writeFigures(figures, own.container !== undefined, out)
  },
}

/** In a container the memory's share of its limit is `memory_used_ratio` already: it is not told (and judged) twice. */
export function writeFigures(figures: OwnFigures, inContainer: boolean, out: Values): void {
  const { memory, cpu, pids, pressure, quotaSeconds } = figures
  const gauge = (series: string, value: number | undefined) => value !== undefined && out.gauge(series, value)
  const counter = (series: string, value: number | undefined) => value !== undefined && out.counter(series, value)
  gauge('cgroup_memory_used_bytes', memory?.workingSetBytes)
  gauge('cgroup_memory_limit_bytes', memory?.limit?.value)
  if (memory?.limit !== undefined && memory.limit.value > 0 && !inContainer)
    out.gauge('cgroup_memory_used_ratio', memory.workingSetBytes / memory.limit.value)
  counter('cgroup_memory_limit_hits_total', memory?.limitHits)
  counter('cgroup_oom_kills_total', memory?.oomKills)
  counter('cgroup_cpu_seconds_total', cpu?.usedSeconds)
  counter('cgroup_cpu_quota_seconds_total', quotaSeconds)
  gauge('cgroup_cpu_limit_cores', cpu?.quota?.value)
  counter('cgroup_cpu_periods_total', cpu?.periods)
  counter('cgroup_cpu_throttled_periods_total', cpu?.throttledPeriods)
  counter('cgroup_cpu_throttled_seconds_total', cpu?.throttledSeconds)
  gauge('cgroup_pids_used', pids?.used)
  gauge('cgroup_pids_limit', pids?.limit?.value)
  gauge('cgroup_pressure_cpu_some_ratio', pressure?.cpu)
  gauge('cgroup_pressure_memory_some_ratio', pressure?.memory)
  gauge('cgroup_pressure_io_some_ratio', pressure?.io)
}
