import type { Frame, Mount, SeriesView } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import type { Sight } from '../sight.ts'

/** What the disks panel needs of a frame. */
export interface DisksData {
  readonly series: Sight
  readonly mounts: readonly Mount[]
  readonly devices: readonly string[]
  readonly fresh: string
  /** Series key → severity of the alert on it. */
  readonly alerts: Frame['alerts']
}

/** Where the built-in rule calls a file system almost full. */
export const SPACE_LIMIT = 0.95
/** How full a mount is; its last known value when it does not answer. */
export function usedRatio(metrics: SeriesView, mount: string): number {
  return metrics.last(seriesKey('disk_used_ratio', { mount })) ?? Number.NaN
}

/** Mounts as people look for them: the fullest first, those in memory last. */
export function mountsByUse({ metrics, mounts }: Pick<Frame, 'metrics' | 'mounts'>): Mount[] {
  const memory = (mount: Mount) => (mount.type === 'tmpfs' || mount.type === 'devtmpfs' ? 1 : 0)
  const full = (mount: Mount) => Math.round((usedRatio(metrics, mount.mount) || 0) * 100)
  return [...mounts].sort((a, b) => memory(a) - memory(b) || full(b) - full(a) || (a.mount < b.mount ? -1 : 1))
}

/** The severity of the alert on a mount's space or inodes; empty where there is none. */
export function mountSeverity(alerts: Frame['alerts'], mount: string): string {
  const label = seriesKey('', { mount })
  return (
    alerts.find(({ state, series }) => state === 'firing' && series.startsWith('disk_') && series.endsWith(label))
      ?.severity ?? ''
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
