import type { Alert } from '../../model/alert.ts'
import { type Crossing, isSoon, nextCrossings } from '../../model/crossings.ts'
import type { LimitForecast } from '../../model/forecast.ts'
import type { Frame, Reason } from '../../model/frame.ts'
import { bySeverity } from '../../model/severity.ts'

/** More do not fit on any screen. */
const MOST = 8

/** A limit that is ahead, as bad as the alert says that fires on it. */
export interface Foretold {
  readonly crossing: Crossing
  readonly alert: Alert | undefined
}

type Told = Pick<Frame, 'alerts' | 'forecasts' | 'wallMs'>

const keyOf = ({ series, threshold }: Pick<Alert, 'series' | 'threshold'>) => `${threshold} ${series}`

/**
 * What the row NEXT tells of limits, soonest first; of each series the limit that it reaches first. An alert that fires speaks for its limit
 * while that is not seen to be headed for: after a restart, and until the alert is withdrawn.
 */
export function foretold({ alerts, forecasts, wallMs }: Told): readonly Foretold[] {
  const firing = new Map<string, Alert>()
  for (const alert of alerts) {
    if (alert.kind !== 'forecast' || alert.state !== 'firing') continue
    const other = firing.get(keyOf(alert))
    if (other === undefined || bySeverity(alert.severity, other.severity) < 0) firing.set(keyOf(alert), alert)
  }
  const all = firing.size === 0 ? forecasts : forecasts.map((limit) => asTold(limit, firing.get(keyOf(limit)), wallMs))
  return nextCrossings(all === forecasts ? all : all.toSorted(bySoonest))
    .slice(0, MOST)
    .map((crossing) => {
      const alert = firing.get(keyOf(crossing))
      return { crossing: alert === undefined ? crossing : { ...crossing, severity: alert.severity }, alert }
    })
}

function asTold(limit: LimitForecast, alert: Alert | undefined, wallMs: number): LimitForecast {
  if (alert?.ahead === undefined || limit.time.kind === 'heading' || limit.time.kind === 'reached') return limit
  const { ahead, cause } = alert
  const left = (seconds: number) => Math.max(0, seconds - (wallMs - ahead.asOfMs) / 1000)
  const { earliest, likely, latest } = ahead.eta
  const eta = { earliest: left(earliest), likely: left(likely), ...(latest !== undefined && { latest: left(latest) }) }
  return { ...limit, asOfMs: wallMs, time: { kind: 'heading', eta }, ...(cause !== undefined && { cause }) }
}

function bySoonest(a: LimitForecast, b: LimitForecast): number {
  return likelyS(a) - likelyS(b)
}

function likelyS({ time }: LimitForecast): number {
  return time.kind === 'heading' ? time.eta.likely : Number.MAX_VALUE
}

/**
 * The ids of the alerts on forecasts that the row NOW need not tell: the row NEXT does, or the limit is reached and another alert says how
 * far the series is by now.
 */
export function foretoldAlerts(frame: Told): ReadonlySet<string> {
  const told = foretold(frame).flatMap(({ crossing, alert }) => (alert && isSoon(crossing) ? [alert.id] : []))
  const firing = frame.alerts.filter(({ state }) => state === 'firing')
  const worst = new Map<string, Alert>()
  for (const alert of firing) {
    const other = worst.get(alert.series)
    const isWorse = other === undefined || bySeverity(alert.severity, other.severity) < 0
    if (alert.kind === 'metric' && isWorse) worst.set(alert.series, alert)
  }
  const reached = firing.filter(({ kind, ahead, series, severity }) => {
    const by = worst.get(series)
    return kind === 'forecast' && ahead === undefined && by !== undefined && bySeverity(by.severity, severity) <= 0
  })
  return new Set([...told, ...reached.map(({ id }) => id)])
}

/** Whether a reason is of such an alert. */
export function isForetold({ ahead, alert }: Reason, told: ReadonlySet<string>): boolean {
  return ahead === true && alert !== undefined && told.has(alert)
}
