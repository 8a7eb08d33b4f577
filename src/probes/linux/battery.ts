import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import type { HostFiles, Probe } from '../probe.ts'
import { uniqueNames } from '../unique-names.ts'
import { readNumber, readText } from './sysfs.ts'

const SUPPLIES = 'sys/class/power_supply'
const MICRO = 1_000_000
const HOUR_SECONDS = 3600

/**
 * Batteries that the machine can live on, and whether power comes from outside. Source: sys/class/power_supply, kernel doc
 * ABI/testing/sysfs-class-power.
 */
export const battery: Probe = {
  name: 'battery',
  everyMs: 10_000,
  series: [
    'battery_charge_ratio',
    'battery_reserve_ratio',
    'battery_power_watts',
    'battery_left_seconds',
    'battery_charging',
    'mains_online',
  ],
  read: (files, out) => {
    const unique = uniqueNames()
    const online = new Map<string, boolean>()
    for (const folder of files.list(SUPPLIES)) {
      const path = `${SUPPLIES}/${folder}`
      // Of a mouse, a keyboard or a telephone.
      if (readText(files, `${path}/scope`) === 'Device') continue
      const type = readText(files, `${path}/type`)
      if (type === 'Battery') writeBattery(files, path, unique(folder), out)
      const value = type === undefined ? undefined : readNumber(files, `${path}/online`)
      if (type !== undefined && value !== undefined) online.set(type, online.get(type) === true || value > 0)
    }
    // A laptop that is charged by USB says so by its Mains too; telephones and boards have USB alone.
    const mains = online.get('Mains') ?? online.get('USB')
    if (mains !== undefined) out.gauge('mains_online', Number(mains))
  },
}

function writeBattery(files: HostFiles, path: string, name: string, out: Values): void {
  const number = (file: string) => readNumber(files, `${path}/${file}`)
  if (number('present') === 0) return
  const labels = { battery: name }
  const status = readText(files, `${path}/status`)
  const known = status !== undefined && status !== 'Unknown'
  const charge = chargeOf(number)
  const power = powerOf(number)
  if (charge !== undefined) out.gauge(seriesKey('battery_charge_ratio', labels), charge)
  if (power !== undefined) out.gauge(seriesKey('battery_power_watts', labels), power)
  if (known) out.gauge(seriesKey('battery_charging', labels), Number(status === 'Charging'))
  const discharging = status === 'Discharging'
  if (charge !== undefined && known) out.gauge(seriesKey('battery_reserve_ratio', labels), discharging ? charge : 1)
  const left = discharging ? leftOf(number) : undefined
  if (left !== undefined) out.gauge(seriesKey('battery_left_seconds', labels), left)
}

type NumberOf = (file: string) => number | undefined

/** Batteries count energy (µWh) or charge (µAh); some say nothing but a percentage. */
function chargeOf(number: NumberOf): number | undefined {
  const ratio =
    quotient(number('energy_now'), number('energy_full')) ?? quotient(number('charge_now'), number('charge_full'))
  const percent = number('capacity')
  return ratio ?? (percent === undefined ? undefined : percent / 100)
}

/** Some drivers give what flows out as negative. */
function powerOf(number: NumberOf): number | undefined {
  const power = number('power_now')
  if (power !== undefined) return Math.abs(power) / MICRO
  const current = number('current_now')
  const voltage = number('voltage_now')
  return current === undefined || voltage === undefined ? undefined : (Math.abs(current) / MICRO) * (voltage / MICRO)
}

function leftOf(number: NumberOf): number | undefined {
  const hours =
    quotient(number('energy_now'), number('power_now')) ?? quotient(number('charge_now'), number('current_now'))
  return hours === undefined ? undefined : hours * HOUR_SECONDS
}

/** Undefined where one is not known or nothing can be divided by. */
function quotient(of: number | undefined, by: number | undefined): number | undefined {
  return of === undefined || by === undefined || by === 0 ? undefined : of / Math.abs(by)
}
