import type { Alert, Resource } from '../../model/alert.ts'
import { parseSeriesKey } from '../../model/series.ts'

/** Beginnings of metric names, and what processes use up of it; the first that fits counts. */
const BY_NAME: readonly (readonly [RegExp, Resource])[] = [
  // Nobody here steals, and a clock frequency is nobody's.
  [/^(cgroup_)?pressure_cpu_|^cpu_(used|user|system|temperature|throttled)|^core_used_|^load_|^cgroup_cpu_/, 'cpu'],
  [/^processes_running$|^(forks|context_switches)_per_second$|^pids_/, 'cpu'],
  [/^(cgroup_)?pressure_memory_|^memory_|^swap_|^cgroup_memory_|^hugepages_|^z(swap|ram)_/, 'memory'],
  [/^(cgroup_)?pressure_io_|^disk_|^cpu_iowait_|^processes_blocked$/, 'disk'],
  [/^network_|^tcp_|^udp_|^conntrack_/, 'network'],
]

/** What an alert's or a forecast's series is of; undefined where processes are not behind it. */
export function resourceOf({ kind, series }: Pick<Alert, 'kind' | 'series'>): Resource | undefined {
  const { name, labels } = parseSeriesKey(series)
  if (kind === 'event') return labels.event === 'oom_kill' ? 'memory' : undefined
  if (kind !== 'metric' && kind !== 'forecast') return undefined
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1]
}

/** Whether space runs out: then it is writers alone that are behind it, and not those who read. */
export function isSpace(series: string): boolean {
  return /^disk_(used|available|inodes)_/.test(series)
}
