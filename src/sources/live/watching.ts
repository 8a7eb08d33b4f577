import type { Clock } from '../../lib/clock.ts'
import type { Sample } from '../../model/sample.ts'
import type { Batch } from '../../model/source.ts'
import type { WatchRequest } from '../../model/watch.ts'
import type { WatchPlatform } from '../../probes/watch/platform.ts'
import { Watcher, type WatcherOptions } from '../../probes/watch/watcher.ts'
import { failedSample } from './host.ts'
import type { Scanner } from './platform.ts'

/** What a watcher tells, as a batch has it. */
export type WatchContent = Pick<Batch, 'watched'> & { readonly samples: readonly Sample[] }

/** A watcher as the measurer uses it. It throws nothing: what fails is a sample that says why. */
export interface Watching {
  /** Takes another request; what it tells at once, when there was a scan. */
  request(request: WatchRequest | undefined): WatchContent
  /** Whether this tick should scan though it is not its turn. */
  readonly restless: boolean
  /** A tick, after the scan if there was one. */
  tick(scanned: boolean): WatchContent
  close(): void
}

/** Milliseconds between two ticks, and between two scans. */
export type Pace = Pick<WatcherOptions, 'everyMs' | 'scanEveryMs'>

export function createWatching(platform: WatchPlatform, scanner: Scanner, clock: Clock, pace: Pace): Watching {
  const find: Scanner['rowsWhere'] = (test, fields) => scanner.rowsWhere(test, fields)
  const watcher = new Watcher({ find, platform, clock, ...pace, self: process.pid })
  let scans = 0

  function content(work: () => Sample | undefined): WatchContent {
    if (scans === 0) return { samples: [] }
    try {
      const sample = work()
      const watched = watcher.take()
      return { samples: sample === undefined ? [] : [sample], ...(watched && { watched }) }
    } catch (error) {
      return { samples: [failedSample('watch', pace.everyMs, clock, error)] }
    }
  }

  return {
    request(request) {
      const take = () => {
        watcher.request(request)
        return undefined
      }
      // Before the first scan it is only noted.
      if (scans === 0) take()
      return content(take)
    },
    get restless() {
      return watcher.restless
    },
    tick(scanned) {
      if (scanned) scans++
      return content(() => {
        if (scanned) watcher.scanned()
        return watcher.measure()
      })
    },
    close: () => watcher.close(),
  }
}
