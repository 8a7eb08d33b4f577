import type { Frame, Mount, SeriesView } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import type { Sight } from '../sight.ts'
import { AHEAD_S, secondsTo } from './limit-times.ts'
import { INODES, inodesForecast, SPACE, SPACE_LIMIT, spaceForecast } from './mount-times.ts'

/** What the disks panel needs of a frame. */
export interface DisksData {
  readonly series: Sight
  readonly mounts: readonly Mount[]
  readonly devices: readonly string[]
  readonly fresh: string
  /** Series key → severity of the alert on it. */
  readonly alerts: Frame['alerts']
  /** None while the values are old: nothing is said of what comes after them. */
  readonly forecasts: Frame['forecasts']
}

/** Longer than every time that is known. */
export const EVER_S = Number.MAX_VALUE

/** How full a mount is; its last known value when it does not answer. */
export function usedRatio(metrics: SeriesView, mount: string): number {
  return metrics.last(seriesKey(SPACE, { mount })) ?? Number.NaN
}

/**
 * Mounts as people look for them: those that will be full within `withinS` seconds, the soonest first; then the fullest, those in memory
 * last.
 */
export function mountsByUse(
  { metrics, mounts, forecasts }: Pick<Frame, 'metrics' | 'mounts' | 'forecasts'>,
  withinS = AHEAD_S,
): Mount[] {
  const memory = ({ type }: Mount) => (type === 'tmpfs' || type === 'devtmpfs' ? 1 : 0)
  const soon = new Map<string, number>()
  for (const forecast of forecasts) {
    const seconds = secondsTo(forecast)
    if (forecast.threshold === SPACE_LIMIT && seconds <= withinS) soon.set(forecast.series, seconds)
  }
  const ranked = mounts.map((mount) => {
    const secondsOf = (name: string) => soon.get(seriesKey(name, { mount: mount.mount })) ?? EVER_S
    return {
      mount,
      seconds: soon.size === 0 ? EVER_S : Math.min(secondsOf(SPACE), secondsOf(INODES)),
      memory: memory(mount),
      full: Math.round((usedRatio(metrics, mount.mount) || 0) * 100),
    }
  })
  ranked.sort(
    (a, b) =>
      a.seconds - b.seconds || a.memory - b.memory || b.full - a.full || (a.mount.mount < b.mount.mount ? -1 : 1),
  )
  return ranked.map(({ mount }) => mount)
}

/** The severity of the alert on a mount's space or inodes, or of what is ahead of them; empty where there is none. */
export function mountSeverity({ alerts, forecasts }: Pick<Frame, 'alerts' | 'forecasts'>, mount: string): string {
  const label = seriesKey('', { mount })
  const alert = alerts.find(
    ({ state, series }) => state === 'firing' && series.startsWith('disk_') && series.endsWith(label),
  )
  return (
    alert?.severity ?? spaceForecast(forecasts, mount)?.severity ?? inodesForecast(forecasts, mount)?.severity ?? ''
  )
}

/** The device with most traffic over the last minute; the first while none has any. */
export function busiest({
  metrics,
  devices,
  wallMs,
}: Pick<Frame, 'metrics' | 'devices' | 'wallMs'>): string | undefined {
  if (devices.length < 2) return devices[0]
  let best = devices[0]
  let most = 0
  for (const device of devices) {
    const recent = ['disk_read_bytes_per_second', 'disk_write_bytes_per_second'].map((name) => {
      const request = { endMs: wallMs, stepMs: 60_000, count: 2, by: 'mean' } as const
      const values = metrics.window(seriesKey(name, { device }), request)
      return (values[0] || 0) + (values[1] || 0)
    })
    if (Math.max(...recent) > most) {
      most = Math.max(...recent)
      best = device
    }
  }
  return best
}
