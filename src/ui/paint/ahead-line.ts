import type { Ahead } from '../../model/forecast.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
import { halved, lineChart } from './linechart.ts'
import type { Look } from './look.ts'
import type { ValueScale } from './scale.ts'

/** A forecast as a line's history goes on: the edges of its band in the body's tone, over them its middle in the forecast's. */
export function aheadLine(surface: Surface, ahead: Ahead, { min, max }: ValueScale, hue: Hue, look: Look): void {
  for (const [values, tone] of [
    [ahead.low, `${hue}2`],
    [ahead.high, `${hue}2`],
    [ahead.mean, `${hue}F`],
  ] as const)
    lineChart(surface, halved(values), min, max, tone, look)
}
