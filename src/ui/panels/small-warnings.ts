import { percent } from '../../lib/units.ts'
import type { SeriesView } from '../../model/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import { batteriesOf } from './battery.ts'
import { cpuHeat, heatTone } from './heat.ts'
import { celsius } from './words.ts'

const DIM = style('dim')

/** `battery 12 %`, when the machine lives on it and little is left; else empty. */
export function lowBattery(metrics: SeriesView): Segment[] {
  const low = batteriesOf(metrics).find((battery) => battery.low)
  if (low === undefined) return []
  return [
    segment('battery ', DIM),
    segment(percent(low.charge, 0).figure, style('warn', { bold: true })),
    segment(' %', DIM),
  ]
}

/** What screens without a place for heat and power say of them: a battery that runs out and a processor near its limit, else nothing. */
export function smallWarnings(metrics: SeriesView, severity: string, look: Look): Segment[] {
  const battery = lowBattery(metrics)
  const heat = cpuHeat(metrics)
  if (heat === undefined || (!heat.near && severity === '')) return battery
  const hot = celsius(heat.celsius, look, style(heatTone(heat, severity), { bold: true }))
  return battery.length === 0 ? hot : [...battery, segment('  '), ...hot]
}
