import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import { demand } from '../decode.ts'
import type { Bytes, Probe } from '../probe.ts'

/** USER_HZ: the unit of times in /proc. 100 on every architecture Linux still supports (Alpha and IA-64 had 1024). */
export const TICKS_PER_SECOND = 100

const FILE = 'proc/stat'
const MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const
const IDLE = 3
const IOWAIT = 4
const IRQ = 5
const SOFTIRQ = 6
const STEAL = 7
const BLOCKED = Buffer.from('\nprocs_blocked ')

/** Time of all cores and of each, by what they did; tasks that wait for a disk. Source: /proc/stat, proc_stat(5). */
export const cpu: Probe = {
  name: 'cpu',
  everyMs: 1000,
  series: [
    'cpu_user_seconds_total',
    'cpu_nice_seconds_total',
    'cpu_system_seconds_total',
    'cpu_idle_seconds_total',
    'cpu_iowait_seconds_total',
    'cpu_irq_seconds_total',
    'cpu_steal_seconds_total',
    'core_busy_seconds_total',
    'core_seconds_total',
    'processes_blocked',
  ],
  read: (files, out) => parseStat(files.read(FILE), out),
}

/**
 * Counters of the `cpu` line and of each `cpuN` line (cores that are offline have none), and `procs_blocked`. Guest time is part of
 * user and nice already and is not added. Throws ParseError with the field that is no number.
 */
export function parseStat(bytes: Bytes, out: Values): void {
  const cursor = new Cursor(bytes)
  const ticks = new Float64Array(MODES.length)
  if (!cursor.take('cpu ')) demand(Number.NaN, FILE, 'cpu', bytes, 0)
  readTicks(cursor, bytes, 'cpu', ticks)
  writeAll(ticks, out)
  while (!cursor.done && cursor.take('cpu')) {
    const core = String(demand(cursor.integer(), FILE, 'cpu number', bytes, cursor.at))
    readTicks(cursor, bytes, `cpu${core}`, ticks)
    writeCore(core, ticks, out)
  }
  // Searched from the end: the `intr` line before it is tens of kilobytes long on large machines.
  const blocked = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(BLOCKED)
  if (blocked < 0) return
  cursor.at = blocked + BLOCKED.length
  out.gauge('processes_blocked', demand(cursor.integer(), FILE, 'procs_blocked', bytes, cursor.at))
}

/** Fills `ticks` with the modes of a line and goes to the next one. Steal may be missing (before Linux 2.6.11): NaN, thus absent. */
function readTicks(cursor: Cursor, bytes: Bytes, line: string, ticks: Float64Array): void {
  for (let mode = 0; mode < MODES.length; mode++) {
    const value = cursor.integer()
    ticks[mode] = mode === STEAL ? value : demand(value, FILE, `${line} ${MODES[mode]}`, bytes, cursor.at)
  }
  cursor.skipLine()
}

function writeAll(ticks: Float64Array, out: Values): void {
  const seconds = (mode: number) => (ticks[mode] as number) / TICKS_PER_SECOND
  out.counter('cpu_user_seconds_total', seconds(0))
  out.counter('cpu_nice_seconds_total', seconds(1))
  out.counter('cpu_system_seconds_total', seconds(2))
  out.counter('cpu_idle_seconds_total', seconds(IDLE))
  out.counter('cpu_iowait_seconds_total', seconds(IOWAIT))
  out.counter('cpu_irq_seconds_total', ((ticks[IRQ] as number) + (ticks[SOFTIRQ] as number)) / TICKS_PER_SECOND)
  out.counter('cpu_steal_seconds_total', seconds(STEAL))
}

/** Busy is all but idle and waiting for disks, as the whole machine's used share counts it. */
function writeCore(core: string, ticks: Float64Array, out: Values): void {
  let all = 0
  for (const value of ticks) if (!Number.isNaN(value)) all += value
  const labels = { cpu: core }
  const idle = (ticks[IDLE] as number) + (ticks[IOWAIT] as number)
  out.counter(seriesKey('core_busy_seconds_total', labels), (all - idle) / TICKS_PER_SECOND)
  out.counter(seriesKey('core_seconds_total', labels), all / TICKS_PER_SECOND)
}
