import { type Metric, sourced } from '../metric.ts'
import { counter, type Entry, rate } from './entries.ts'

const gauge = (name: string, help: string, unit: Metric['unit'], bounds: Metric['bounds'] = { min: 0 }): Entry => ({
  name,
  help,
  unit,
  ...(bounds && { bounds }),
  derivation: { kind: 'gauge' },
})
const ratio = { min: 0, max: 1 }

/** `process_x_seconds_total` and, as its rate, `process_x_ratio`. */
function time(what: string, help: string): Entry[] {
  const of = `process_${what}_seconds_total`
  return [counter(of, `time ${help}`, 'seconds'), rate(`process_${what}_ratio`, `share of time ${help}`, 'ratio', of)]
}

/** `process_x_total` and, as its rate, `process_x_per_second`. */
function count(what: string, help: string): Entry[] {
  const of = `process_${what}_total`
  return [counter(of, help, 'count'), rate(`process_${what}_per_second`, `${help} a second`, 'per_second', of)]
}

/**
 * Watched processes, by `process`: all instances together. Counters count what they did while they were watched, across restarts. CPU and
 * waiting are of one core, summed over threads. Sources: proc_pid_stat(5), proc_pid_status(5), proc_pid_io(5), proc_pid_smaps(5),
 * proc_pid_fd(5), kernel doc scheduler/sched-stats, accounting/delay-accounting, admin-guide/cgroup-v2.
 */
export const processMetrics = sourced(
  '/proc/PID/{stat,status,io,smaps_rollup,fd,limits}, /proc/PID/task/TID/{schedstat,stat,status}',
  [
    gauge('process_count', 'instances that run', 'count'),
    ...time('cpu', 'on a core'),
    ...time('cpu_user', 'on a core in the program'),
    ...time('cpu_system', 'on a core in the kernel'),
    ...time('wait_cpu', 'its threads could run and waited for a core'),
    ...time('wait_io', 'its threads waited for disks'),
    gauge('process_memory_bytes', 'resident memory', 'bytes'),
    gauge('process_memory_proportional_bytes', 'its share of memory that it uses together with others', 'bytes'),
    gauge('process_memory_growth_bytes_per_hour', 'trend of its memory over the last hour of this run', 'bytes', {}),
    gauge('process_swap_bytes', 'memory of it that lies in swap', 'bytes'),
    gauge('process_threads', 'threads', 'count'),
    gauge('process_files', 'open file descriptors', 'count'),
    gauge('process_files_limit', 'file descriptors one instance may have open, the lowest limit of several', 'count'),
    gauge('process_files_used_ratio', 'open of allowed file descriptors, the highest share of several', 'ratio', ratio),
    counter('process_read_bytes_total', 'bytes read from storage', 'bytes'),
    rate(
      'process_read_bytes_per_second',
      'bytes read from storage a second',
      'bytes_per_second',
      'process_read_bytes_total',
    ),
    counter('process_written_bytes_total', 'bytes written to storage', 'bytes'),
    rate(
      'process_write_bytes_per_second',
      'bytes written to storage a second',
      'bytes_per_second',
      'process_written_bytes_total',
    ),
    ...count('voluntary_context_switches', 'times a thread gave up its core to wait'),
    ...count('forced_context_switches', 'times a thread was taken off its core'),
    ...count('faults', 'page faults that needed no disk'),
    ...count('major_faults', 'page faults that waited for a disk'),
    counter('process_restarts_total', 'starts seen after an end', 'count'),
    gauge('process_cgroup_pressure_cpu_ratio', 'share of time tasks of its cgroup waited for a core', 'ratio', ratio),
    gauge(
      'process_cgroup_pressure_memory_ratio',
      'share of time tasks of its cgroup waited for memory',
      'ratio',
      ratio,
    ),
    gauge('process_cgroup_pressure_io_ratio', 'share of time tasks of its cgroup waited for a disk', 'ratio', ratio),
  ],
)
