import type { SeriesView } from '../../model/frame.ts'
import { parseSeriesKey, seriesKey } from '../../model/series.ts'

/** From here on a battery that is used has a place on every screen. */
const LOW = 0.2

/** One battery; what it does not tell is absent. */
export interface Battery {
  readonly name: string
  readonly charge: number
  readonly discharging: boolean
  readonly charging: boolean
  readonly leftSeconds?: number
  readonly watts?: number
  /** It is used and little is left. */
  readonly low: boolean
}

/** Batteries that tell how full they are. */
export function batteriesOf(metrics: SeriesView): Battery[] {
  return metrics.keys('battery_charge_ratio').flatMap((key) => {
    const { battery: name = '' } = parseSeriesKey(key).labels
    const value = (metric: string) => metrics.value(seriesKey(metric, { battery: name }))
    const charge = metrics.value(key)
    if (charge === undefined) return []
    const leftSeconds = value('battery_left_seconds')
    const watts = value('battery_power_watts')
    const reserve = value('battery_reserve_ratio')
    // The reserve is less than whole only while the machine lives on it.
    const discharging = leftSeconds !== undefined || (reserve !== undefined && reserve < 1)
    return [
      {
        name,
        charge,
        discharging,
        charging: value('battery_charging') === 1,
        ...(leftSeconds !== undefined && { leftSeconds }),
        ...(watts !== undefined && { watts }),
        low: discharging && charge < LOW,
      },
    ]
  })
}
