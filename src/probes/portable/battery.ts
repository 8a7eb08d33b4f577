import type { Systeminformation } from 'systeminformation'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import type { SlowProbe } from '../probe.ts'

type State = Pick<
  Systeminformation.BatteryData,
  'hasBattery' | 'percent' | 'isCharging' | 'acConnected' | 'timeRemaining'
>

/** The library adds up the batteries of a machine, and names none. */
const LABELS = { battery: 'battery' }

/** The battery. Source: `battery()` of systeminformation (sysfs; ioreg and pmset on macOS; Win32_Battery). Its defaults for a machine without one are not told. */
export const battery: SlowProbe = {
  name: 'battery',
  everyMs: 30_000,
  deadlineMs: 20_000,
  series: ['battery_charge_ratio', 'battery_reserve_ratio', 'battery_left_seconds', 'battery_charging', 'mains_online'],
  asksMachine: true,
  measure: async (_context, out) => {
    const library = await import('systeminformation')
    writeBattery(await library.battery(), process.platform, out)
  },
}

/**
 * `timeRemaining` is in minutes, and null or −1 where it is not known. On FreeBSD the library takes `hw.acpi.acline` (1 is mains, acpi(4)) the
 * wrong way round, and guesses the charging from it.
 */
export function writeBattery(state: State, platform: NodeJS.Platform, out: Values): void {
  const { hasBattery, percent, isCharging, timeRemaining } = state
  if (!hasBattery || !(percent >= 0)) return
  const mains = platform === 'freebsd' ? !state.acConnected : state.acConnected
  const charge = Math.min(1, percent / 100)
  out.gauge(seriesKey('battery_charge_ratio', LABELS), charge)
  out.gauge(seriesKey('battery_reserve_ratio', LABELS), mains ? 1 : charge)
  if (platform !== 'freebsd') out.gauge(seriesKey('battery_charging', LABELS), Number(isCharging))
  out.gauge('mains_online', Number(mains))
  if (!mains && timeRemaining > 0) out.gauge(seriesKey('battery_left_seconds', LABELS), timeRemaining * 60)
}
