import type { Eta, LimitForecast } from '../../model/forecast.ts'
import type { Severity } from '../../model/severity.ts'
import type { Crossing } from '../paint/crossing.ts'
import { WIDEST_S } from '../paint/time-axis.ts'
import type { Hue } from '../theme/tokens.ts'
import { severityToken } from './words.ts'

/** When the series of a chart reaches the limit of the chart. */
export interface ChartCrossing {
  /** Seconds from the moment that the chart shows as now. */
  readonly eta: Eta
  readonly severity?: Severity
}

/** The crossing of a limit as of `wallMs`; undefined where none is to be expected within the day that a chart shows at the most. */
export function crossingOf(
  forecast: Pick<LimitForecast, 'time' | 'asOfMs' | 'severity'> | undefined,
  wallMs: number,
): ChartCrossing | undefined {
  if (forecast?.time.kind !== 'heading') return undefined
  const passedS = (wallMs - forecast.asOfMs) / 1000
  const left = (seconds: number) => Math.max(0, seconds - passedS)
  const { earliest, likely, latest } = forecast.time.eta
  if (left(likely) > WIDEST_S) return undefined
  return {
    eta: { earliest: left(earliest), likely: left(likely), ...(latest !== undefined && { latest: left(latest) }) },
    ...(forecast.severity !== undefined && { severity: forecast.severity }),
  }
}

/** As it is painted: in its severity, else in the hue of what reaches the limit. */
export function paintedCrossing(crossing: ChartCrossing | undefined, hue: Hue, told: boolean): Crossing | undefined {
  return crossing && { eta: crossing.eta, tone: severityToken(crossing.severity ?? '', hue), told }
}
