import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import { perFiles } from '../per-files.ts'
import type { HostFiles, Probe } from '../probe.ts'
import { cpuTemperature, type Temperature } from './cpu-temperature.ts'
import { awake, type HwmonLayout, readChannel, readHwmonLayout } from './hwmon.ts'
import { type EnergyZone, readEnergyZones } from './rapl.ts'
import { readNumber } from './sysfs.ts'
import { readThermalZones, readZone, type ThermalZone } from './thermal.ts'

/** Readings after which it is looked again for sensors: chips come with their drivers, drives and cards. */
const READINGS = 12
const MICRO = 1_000_000

interface Layout {
  readonly hwmon: HwmonLayout
  readonly zones: readonly ThermalZone[]
  readonly energies: readonly EnergyZone[]
}

/** What there is to measure takes ten times as many files as the measuring. */
const layoutOf = perFiles((files: HostFiles) => {
  let layout: Layout | undefined
  let readings = 0
  return () => {
    if (readings++ % READINGS === 0 || layout === undefined) {
      layout = { hwmon: readHwmonLayout(files), zones: readThermalZones(files), energies: readEnergyZones(files) }
    }
    return layout
  }
})

/**
 * Temperatures, fans, power and energy. Sources: sys/class/hwmon (kernel doc hwmon/sysfs-interface), where it has no temperatures
 * sys/class/thermal, sys/class/powercap. Every five seconds: some chips take milliseconds to answer.
 */
export const sensors: Probe = {
  name: 'sensors',
  everyMs: 5000,
  series: [
    'temperature_celsius',
    'temperature_limit_celsius',
    'cpu_temperature_celsius',
    'fan_rpm',
    'power_watts',
    'energy_joules_total',
  ],
  read: (files, out) => {
    const { hwmon, zones, energies } = layoutOf(files)()
    const chips = writeTemperatures(files, hwmon, out)
    // The zones are mostly the same sensors once more.
    const fromZones = writeZones(files, zones, chips.length === 0, out)
    const processor = cpuTemperature(chips) ?? cpuTemperature(fromZones)
    if (processor !== undefined) out.gauge('cpu_temperature_celsius', processor)
    for (const fan of awake(files, hwmon.fans)) {
      const rpm = readChannel(files, fan)
      if (rpm !== undefined) out.gauge(seriesKey('fan_rpm', { fan: fan.label }), rpm)
    }
    for (const power of awake(files, hwmon.powers)) {
      const watts = readChannel(files, power)
      if (watts !== undefined) out.gauge(seriesKey('power_watts', { source: power.label }), watts)
    }
    for (const { label, path } of energies) {
      const microjoules = readNumber(files, path)
      if (microjoules !== undefined) out.counter(seriesKey('energy_joules_total', { zone: label }), microjoules / MICRO)
    }
  },
}

function writeTemperatures(files: HostFiles, { temperatures }: HwmonLayout, out: Values): Temperature[] {
  return awake(files, temperatures).flatMap((channel) => {
    const celsius = readChannel(files, channel)
    if (celsius === undefined) return []
    writeTemperature(channel.label, celsius, channel.limit, out)
    return [{ chip: channel.chip, name: channel.name, celsius }]
  })
}

function writeZones(files: HostFiles, zones: readonly ThermalZone[], shown: boolean, out: Values): Temperature[] {
  return zones.flatMap((zone) => {
    const celsius = readZone(files, zone)
    if (celsius === undefined) return []
    if (shown) writeTemperature(zone.label, celsius, zone.limit, out)
    return [{ chip: zone.type, name: '', celsius }]
  })
}

function writeTemperature(sensor: string, celsius: number, limit: number | undefined, out: Values): void {
  out.gauge(seriesKey('temperature_celsius', { sensor }), celsius)
  if (limit !== undefined) out.gauge(seriesKey('temperature_limit_celsius', { sensor }), limit)
}
