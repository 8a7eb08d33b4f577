import { setTimeout as pause } from 'node:timers/promises'
import { rulesOf } from '../alerts/rules.ts'
import type { Access } from '../lib/access.ts'
import { systemClock } from '../lib/clock.ts'
import type { Frame } from '../model/frame.ts'
import type { History } from '../model/history.ts'
import type { Measurer } from '../model/source.ts'
import { createActor } from '../sources/live/actor.ts'
import { firstLook } from '../sources/live/first-look.ts'
import { createLiveSource } from '../sources/live/live.ts'
import { thisPlace } from '../sources/shared/holder.ts'
import type { SharedSource } from '../sources/shared/shared-source.ts'
import { createSharedSource } from '../sources/shared/source.ts'
import { logWorkerPath } from './beside.ts'
import { liveOptions } from './live-options.ts'
import { createMonitor, type Monitor } from './monitor.ts'
import type { Build, Options } from './options.ts'
import { folderToRead, stateFolders } from './state-folders.ts'
import type { Keeping } from './station/keeping.ts'

/** A healthtop that goes on: it measures or is attached to one that does, judges, and keeps what has to be kept. */
export interface Station {
  readonly monitor: Monitor
  readonly source: SharedSource
  /** Reads what earlier runs left, and checks services: what the first picture does not wait for. */
  begin(): Promise<void>
  /** Resolves when all that was seen so far is in the log, or cannot be now; after some seconds in any case. */
  kept(): Promise<void>
  stop(): Promise<void>
}

export interface StationOptions {
  readonly options: Options
  readonly build: Build
  readonly command: Measurer['command']
  readonly onFrame: (frame: Frame) => void
  /** Who else may attach, and read the log; nobody but this user unless given. */
  readonly access?: Access
  /** Told what earlier runs left, before a frame has it. */
  readonly onHistory?: (history: History) => void
}

/** The log is waited for so long, and no longer. */
const KEPT_MS = 5000

/** Starts at once. Who makes one must stop it. */
export function createStation(station: StationOptions): Station {
  const { options, build, command, access, onFrame, onHistory } = station
  const clock = systemClock
  const actor = () => createActor(options)
  const live = liveOptions(options, build)
  const { readOnly, log } = options
  // A recorded tree is another machine: what is seen of it is not kept as if it was this one's.
  const folders = options.root === '/' ? stateFolders(options, process.env, process.platform) : {}
  const { own: state, service } = folders
  let keeping: Keeping | undefined
  let stopped = false
  let begun: () => void = () => {}
  const beginning = new Promise<void>((resolve) => {
    begun = resolve
  })
  const source = createSharedSource({
    stateFolder: state,
    ...(service !== undefined && command === 'dashboard' && { service: { folder: service, actor } }),
    ...(access && { access }),
    command,
    version: build.version,
    clock,
    readOnly,
    live: () => createLiveSource({ ...live, ...(live.checks && { checks: { ...live.checks, later: true } }) }),
    first: () => firstLook(live),
    judge: (order) => monitor.command(order),
    onRole: () => keeping?.turned(),
  })
  const take = (frame: Frame) => {
    source.publish(frame)
    keeping?.take(frame, source.role)
    onFrame(frame)
  }
  const rules = rulesOf(options.alerts, options.disabledAlerts)
  const monitor: Monitor = createMonitor(source, source.first(), take, { clock, readOnly, rules })

  return {
    monitor,
    source,
    async begin() {
      source.beginChecks()
      if (state === undefined || log === 'off') return
      const [{ createKeeping }, { createLogWorker }] = await Promise.all([
        import('./station/keeping.ts'),
        import('../log/worker-client.ts'),
      ])
      if (stopped) return
      const { bootId } = thisPlace()
      const run = {
        pid: process.pid,
        version: build.version,
        interval_ms: options.intervalMs,
        ...(bootId !== undefined && { boot_id: bootId }),
      }
      const worker = createLogWorker(logWorkerPath(build))
      const restore = (history: History) => {
        onHistory?.(history)
        monitor.restore(history)
      }
      keeping = createKeeping({
        state,
        ...(access && { access }),
        async readFrom() {
          // Whether the service lets us in has to be known.
          if (service !== undefined) await source.settled
          return folderToRead(folders) ?? state
        },
        log,
        run,
        monitor: { restore, tell: monitor.tell },
        worker,
        clock,
      })
      await keeping.begin()
      begun()
    },
    async kept() {
      if (state === undefined || log === 'off') return
      const patience = new AbortController()
      const written = beginning.then(() => keeping?.written())
      await Promise.race([written, pause(KEPT_MS, undefined, { ref: false, signal: patience.signal }).catch(() => {})])
      patience.abort()
    },
    async stop() {
      stopped = true
      // What was seen up to here is written before anybody else may write.
      await keeping?.end()
      await monitor.stop()
    },
  }
}
