import { Cursor, readInteger } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import { demand } from '../decode.ts'
import type { Bytes, HostFiles, Probe } from '../probe.ts'
import { readThrottles } from './throttle.ts'

const CPUFREQ = 'sys/devices/system/cpu/cpufreq'
const POLICY = /^policy\d+$/
const CPUINFO = 'proc/cpuinfo'
const KILO = 1e3
const MEGA = 1e6

/**
 * Clock frequency of the cores, and how often heat held them back. Sources: sys/devices/system/cpu/cpufreq/policyN, kernel doc
 * admin-guide/pm/cpufreq; where there is none (most virtual machines) `cpu MHz` of /proc/cpuinfo; cpuN/thermal_throttle, kernel doc
 * ABI/testing/sysfs-devices-system-cpu.
 */
export const frequency: Probe = {
  name: 'frequency',
  everyMs: 5000,
  series: ['cpu_frequency_hertz', 'core_frequency_hertz', 'cpu_frequency_limit_hertz', 'cpu_throttled_total'],
  read: (files, out) => {
    const policies = files.list(CPUFREQ).filter((name) => POLICY.test(name))
    if (policies.length > 0) readPolicies(files, policies, out)
    else {
      const cpuinfo = files.optional(CPUINFO)
      if (cpuinfo !== undefined) parseCpuinfo(cpuinfo, out)
    }
    readThrottles(files, out)
  },
}

/** The mean of what was added, each with its weight; undefined of nothing. */
class Mean {
  #sum = 0
  #weight = 0

  add(value: number, weight: number): void {
    this.#sum += value * weight
    this.#weight += weight
  }

  get value(): number | undefined {
    return this.#weight === 0 ? undefined : this.#sum / this.#weight
  }
}

/** The cores of a policy have one frequency, so three files are read a policy; one whose cores are all offline has nothing to say. */
function readPolicies(files: HostFiles, policies: readonly string[], out: Values): void {
  const current = new Mean()
  const limit = new Mean()
  for (const policy of policies) {
    const cores = readCores(files, `${CPUFREQ}/${policy}/affected_cpus`)
    const hertz = readKilohertz(files, `${CPUFREQ}/${policy}/scaling_cur_freq`)
    const most = readKilohertz(files, `${CPUFREQ}/${policy}/cpuinfo_max_freq`)
    if (most !== undefined) limit.add(most, cores.length)
    if (hertz === undefined) continue
    current.add(hertz, cores.length)
    for (const core of cores) writeCore(core, hertz, out)
  }
  writeMean('cpu_frequency_hertz', current, out)
  writeMean('cpu_frequency_limit_hertz', limit, out)
}

/** `0 1 2 3`: the cores of a policy that are online. */
function readCores(files: HostFiles, path: string): readonly number[] {
  const bytes = files.optional(path)
  if (bytes === undefined) return []
  const cores: number[] = []
  const cursor = new Cursor(bytes)
  for (cursor.skipSpaces(); !cursor.lineDone; cursor.skipSpaces()) {
    cores.push(demand(cursor.integer(), path, 'core', bytes, cursor.at))
  }
  return cores
}

/** Undefined where the driver cannot tell: it then writes `<unknown>` or zero. Throws ParseError for anything else that is no number. */
function readKilohertz(files: HostFiles, path: string): number | undefined {
  const bytes = files.optional(path)
  if (bytes === undefined || new Cursor(bytes).take('<unknown>')) return undefined
  const kilohertz = demand(readInteger(bytes), path, 'frequency', bytes, 0)
  return kilohertz === 0 ? undefined : kilohertz * KILO
}

/** `processor : 3` … `cpu MHz : 2300.000`. Machines that are no PC have no such line. Throws ParseError with the field that is no number. */
export function parseCpuinfo(bytes: Bytes, out: Values): void {
  const mean = new Mean()
  const cursor = new Cursor(bytes)
  let core = Number.NaN
  for (; !cursor.done; cursor.skipLine()) {
    if (cursor.take('processor') && cursor.take(':')) {
      core = demand(cursor.integer(), CPUINFO, 'processor', bytes, cursor.at)
    } else if (cursor.take('cpu MHz') && cursor.take(':')) {
      const hertz = demand(cursor.decimal(), CPUINFO, 'cpu MHz', bytes, cursor.at) * MEGA
      if (hertz === 0 || Number.isNaN(core)) continue
      mean.add(hertz, 1)
      writeCore(core, hertz, out)
    }
  }
  writeMean('cpu_frequency_hertz', mean, out)
}

function writeCore(core: number, hertz: number, out: Values): void {
  out.gauge(seriesKey('core_frequency_hertz', { cpu: String(core) }), hertz)
}

function writeMean(series: string, mean: Mean, out: Values): void {
  if (mean.value !== undefined) out.gauge(series, mean.value)
}
