import { sourced } from '../metric.ts'
import { gauge } from './entries.ts'

/** Load, tasks, uptime and users. Sources: /proc/loadavg, /proc/stat, /proc/uptime, utmp(5). */
export const hostMetrics = sourced('/proc/loadavg, /proc/stat, /proc/uptime, utmp(5)', [
  gauge('load_1m', 'tasks that run or wait, averaged over one minute'),
  gauge('load_5m', 'tasks that run or wait, averaged over five minutes'),
  gauge('load_15m', 'tasks that run or wait, averaged over fifteen minutes'),
  gauge('processes_running', 'tasks that run or could run'),
  gauge('processes_count', 'tasks there are, threads included'),
  gauge('processes_blocked', 'tasks that wait for a disk'),
  gauge('uptime_seconds', 'time since the machine was started', 'seconds'),
  gauge('users_count', 'sessions of logged-in users'),
])
