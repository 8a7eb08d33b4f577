import { type Metric, sourced } from '../metric.ts'
import { counter, type Entry, gauge } from './entries.ts'

const share = (name: string, help: string, of: string, all: string): Entry => ({
  name,
  help,
  unit: 'ratio',
  bounds: { min: 0, max: 1 },
  derivation: { kind: 'share', of: [of], in: [all] },
})

const memory = sourced(
  'memory.{current,max,stat,events} of the cgroup; v1: memory.{usage_in_bytes,limit_in_bytes,stat,failcnt,oom_control}',
  [
    gauge('cgroup_memory_used_bytes', 'memory of the cgroup, without page cache that was not used lately', 'bytes'),
    gauge('cgroup_memory_limit_bytes', 'smallest memory limit of the cgroup and those above it', 'bytes'),
    gauge(
      'cgroup_memory_used_ratio',
      'share of the memory limit in use; in a container memory_used_ratio says so in its place',
      'ratio',
    ),
    counter('cgroup_memory_limit_hits_total', 'times that the memory limit was reached'),
    counter('cgroup_oom_kills_total', 'processes of the cgroup that were killed for want of memory'),
  ],
)

const cpu = sourced('cpu.{stat,max} of the cgroup; v1: cpuacct.usage, cpu.{stat,cfs_quota_us,cfs_period_us}', [
  counter('cgroup_cpu_seconds_total', 'processor time of the cgroup', 'seconds'),
  {
    name: 'cgroup_cpu_cores',
    help: 'cores that the cgroup uses',
    unit: 'count',
    bounds: { min: 0 },
    derivation: { kind: 'rate', of: 'cgroup_cpu_seconds_total' },
  },
  gauge('cgroup_cpu_limit_cores', 'smallest processor quota of the cgroup and those above it, in cores', 'count'),
  counter('cgroup_cpu_quota_seconds_total', 'processor time that the quota has allowed since the start', 'seconds'),
  share(
    'cgroup_cpu_used_ratio',
    'share of the processor quota in use',
    'cgroup_cpu_seconds_total',
    'cgroup_cpu_quota_seconds_total',
  ),
  counter('cgroup_cpu_periods_total', 'periods of the quota in which the cgroup ran'),
  counter('cgroup_cpu_throttled_periods_total', 'periods in which the quota was used up'),
  share(
    'cgroup_cpu_throttled_ratio',
    'share of the periods in which the quota was used up',
    'cgroup_cpu_throttled_periods_total',
    'cgroup_cpu_periods_total',
  ),
  counter('cgroup_cpu_throttled_seconds_total', 'time that the quota held up tasks, of all cores together', 'seconds'),
])

const tasks = sourced('pids.{current,max} of the cgroup', [
  gauge('cgroup_pids_used', 'tasks of the cgroup', 'count'),
  gauge('cgroup_pids_limit', 'smallest limit on tasks of the cgroup and those above it', 'count'),
])

const pressure = sourced('{cpu,memory,io}.pressure of the cgroup, avg10', [
  gauge('cgroup_pressure_cpu_some_ratio', 'share of time some task of the cgroup waited for a core', 'ratio'),
  gauge('cgroup_pressure_memory_some_ratio', 'share of time some task of the cgroup waited for memory', 'ratio'),
  gauge('cgroup_pressure_io_some_ratio', 'share of time some task of the cgroup waited for a disk', 'ratio'),
])

/**
 * The cgroup that healthtop is in, where that is a container's or has limits. Sources: kernel doc admin-guide/cgroup-v2 and
 * admin-guide/cgroup-v1.
 */
export const cgroupMetrics: readonly Metric[] = [...memory, ...cpu, ...tasks, ...pressure]
