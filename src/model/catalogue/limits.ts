import { type Metric, sourced } from '../metric.ts'
import { gauge, ratio } from './entries.ts'

/** What the kernel gives out only so much of. Sources: /proc/sys, proc_sys_fs(5), proc_sys_kernel(5). */
export const limitMetrics: readonly Metric[] = [
  ...sourced('/proc/sys/fs/file-nr', [
    gauge('files_open', 'open files of all processes'),
    gauge('files_limit', 'open files there can be'),
    ratio('files_used_ratio', 'share of the open files there can be'),
  ]),
  ...sourced('/proc/loadavg, tasks; /proc/sys/kernel/pid_max and threads-max', [
    gauge('pids_used', 'processes and threads there are'),
    gauge('pids_limit', 'processes and threads there can be'),
    ratio('pids_used_ratio', 'share of the processes and threads there can be'),
  ]),
  ...sourced('/proc/sys/net/netfilter/nf_conntrack_count and nf_conntrack_max', [
    gauge('conntrack_entries', 'connections the firewall keeps track of'),
    gauge('conntrack_limit', 'connections the firewall can keep track of'),
    ratio('conntrack_used_ratio', 'share of the connections the firewall can keep track of'),
  ]),
]
