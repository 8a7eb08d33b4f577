import { type Metric, sourced } from '../metric.ts'
import { gauge } from './entries.ts'

const FLAG = { min: 0, max: 1 }

/** Power supplies, by `battery`. Source: kernel doc ABI/testing/sysfs-class-power. */
export const batteryMetrics: readonly Metric[] = [
  ...sourced('/sys/class/power_supply/NAME/energy_now by energy_full, charge_now by charge_full, or capacity', [
    gauge('battery_charge_ratio', 'share of a full battery that is left', 'ratio'),
  ]),
  ...sourced('as battery_charge_ratio, with status', [
    gauge(
      'battery_reserve_ratio',
      'as the charge while the machine lives on the battery, and 1 while it does not',
      'ratio',
    ),
  ]),
  ...sourced('/sys/class/power_supply/NAME/power_now, or current_now × voltage_now', [
    gauge('battery_power_watts', 'power into or out of the battery', 'watts'),
  ]),
  ...sourced('/sys/class/power_supply/NAME/energy_now by power_now, or charge_now by current_now', [
    gauge('battery_left_seconds', 'time until it is empty, as it is used now; only while it is used', 'seconds'),
  ]),
  ...sourced('/sys/class/power_supply/NAME/status', [
    gauge('battery_charging', '1 while it is charged, else 0', 'count', FLAG),
  ]),
  ...sourced('/sys/class/power_supply/NAME/online of type Mains, else USB', [
    gauge('mains_online', '1 while power comes from outside, else 0', 'count', FLAG),
  ]),
]
