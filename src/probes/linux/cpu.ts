import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import { demand } from '../decode.ts'
import { perFiles } from '../per-files.ts'
import type { Bytes, Probe } from '../probe.ts'
import { cpuWithin } from './cgroup/stand-in.ts'
import { kernelSeries, parseKernel } from './kernel.ts'
import { namedLine } from './named-line.ts'
import { TICKS_PER_SECOND } from './ticks.ts'

const FILE = 'proc/stat'
const MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const
const IDLE = 3
const IOWAIT = 4
const IRQ = 5
const SOFTIRQ = 6
const STEAL = 7
/** Searched from the end: the `intr` line before it is tens of kilobytes long on large machines. */
const BLOCKED = namedLine(FILE, 'procs_blocked', true)

/** The cores that were online at the last reading, as `0 1 3 `; empty before the first. */
export interface OnlineCores {
  last: string
}

const onlineOf = perFiles((): OnlineCores => ({ last: '' }))

/**
 * Time of all cores and of each, by what they did; tasks that wait for a disk; what the kernel did meanwhile (`parseKernel`), from the
 * same reading of a file that takes the kernel long to write. Source: /proc/stat, proc_stat(5).
 */
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
    ...kernelSeries,
  ],
  read: (files, out) => {
    cpuWithin(files, out, (values) => {
      const bytes = files.read(FILE)
      parseStat(bytes, values, onlineOf(files))
      parseKernel(bytes, values)
    })
  },
}

/**
 * Counters of the `cpu` line and of each `cpuN` line (cores that are offline have none), and `procs_blocked`. Guest time is part of
 * user and nice already and is not added. Where other cores are online than at the last reading the `cpu` line is left out once: idle time
 * of a core that is offline is counted in another way (get_idle_time() in the kernel's fs/proc/stat.c), so that the sum leaps by up to
 * minutes. Throws ParseError with the field that is no number.
 */
export function parseStat(bytes: Bytes, out: Values, online: OnlineCores = { last: '' }): void {
  const cursor = new Cursor(bytes)
  const all = new Float64Array(MODES.length)
  if (!cursor.take('cpu ')) demand(Number.NaN, FILE, 'cpu', bytes, 0)
  readTicks(cursor, bytes, 'cpu', all)
  const ticks = new Float64Array(MODES.length)
  const cores: CoreTicks[] = []
  let set = ''
  while (!cursor.done && cursor.take('cpu')) {
    const core = String(demand(cursor.integer(), FILE, 'cpu number', bytes, cursor.at))
    readTicks(cursor, bytes, `cpu${core}`, ticks)
    cores.push(coreTicks(core, ticks))
    set += `${core} `
  }
  if (online.last === '' || online.last === set) writeAll(all, out)
  online.last = set
  for (const core of cores) writeCore(core, out)
  const blocked = BLOCKED.read(bytes)
  if (blocked !== undefined) out.gauge('processes_blocked', blocked)
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

interface CoreTicks {
  readonly core: string
  readonly all: number
  /** All but idle and waiting for disks, as the whole machine's used share counts it. */
  readonly busy: number
}

function coreTicks(core: string, ticks: Float64Array): CoreTicks {
  let all = 0
  for (const value of ticks) if (!Number.isNaN(value)) all += value
  return { core, all, busy: all - (ticks[IDLE] as number) - (ticks[IOWAIT] as number) }
}

function writeCore({ core, all, busy }: CoreTicks, out: Values): void {
  const labels = { cpu: core }
  out.counter(seriesKey('core_busy_seconds_total', labels), busy / TICKS_PER_SECOND)
  out.counter(seriesKey('core_seconds_total', labels), all / TICKS_PER_SECOND)
}
