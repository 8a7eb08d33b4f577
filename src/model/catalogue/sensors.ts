import { type Metric, sourced } from '../metric.ts'
import { counter, gauge, rate } from './entries.ts'

/** Frost is no error: temperatures may be below zero. */
const ANY_TEMPERATURE = { min: -100, max: 250 }

/** Temperatures by `sensor`, fans by `fan`, power by `source` or `zone`. Sources: kernel doc hwmon/sysfs-interface, driver-api/thermal, power/powercap. */
export const sensorMetrics: readonly Metric[] = [
  ...sourced('/sys/class/hwmon/hwmonN/tempN_input; where there is none /sys/class/thermal/thermal_zoneN/temp', [
    gauge('temperature_celsius', 'what the sensor measures', 'celsius', ANY_TEMPERATURE),
  ]),
  ...sourced('/sys/class/hwmon/hwmonN/tempN_crit or tempN_max; the critical trip point of a thermal zone', [
    gauge('temperature_limit_celsius', 'temperature that the maker calls too high', 'celsius', ANY_TEMPERATURE),
  ]),
  ...sourced(
    'as temperature_celsius: coretemp Package id, k10temp or zenpower Tdie or Tctl, cpu_thermal, x86_pkg_temp',
    [gauge('cpu_temperature_celsius', 'temperature of the hottest processor', 'celsius', ANY_TEMPERATURE)],
  ),
  ...sourced('/sys/class/hwmon/hwmonN/fanN_input', [gauge('fan_rpm', 'turns of the fan a minute', 'rpm')]),
  ...sourced('/sys/class/hwmon/hwmonN/powerN_average or powerN_input', [
    gauge('power_watts', 'power the source measures', 'watts'),
  ]),
  ...sourced('/sys/class/powercap/intel-rapl:N/energy_uj', [
    counter('energy_joules_total', 'energy that went into this part of the processor'),
    rate('energy_watts', 'power that goes into this part of the processor', 'watts', 'energy_joules_total'),
  ]),
]
