import type { Clock } from '../../lib/clock.ts'
import { compileSparingly } from '../../lib/compiler.ts'
import type { ProcessQuery } from '../../model/processes.ts'
import { type Batch, type Command, isAlertCommand, type Source, type SourceHealth } from '../../model/source.ts'
import type { WatchRequest } from '../../model/watch.ts'
import { createActor } from './actor.ts'
import { type Checks, createChecks } from './checks/checks.ts'
import { Held } from './checks/held.ts'
import type { ChecksSetup } from './checks/messages.ts'
import { createCostReader } from './cost.ts'
import { firstLook } from './first-look.ts'
import { createHostWorker } from './host-worker.ts'
import type { LiveBatch } from './messages.ts'
import type { Platform } from './platform.ts'
import { timingFor } from './supervision.ts'

export interface LiveOptions {
  readonly platform: Platform
  /** The folder below which `proc/`, `sys/`, `etc/` are; `/` for this machine. */
  readonly root: string
  readonly intervalMs: number
  /** The bundled entry of the worker. */
  readonly workerPath: string
  /** The machine's own clocks. */
  readonly clock: Clock
  /** Takes no commands. */
  readonly readOnly: boolean
  /** What is checked; without it nothing ever is. Services are found on this machine only, not on a recorded one. */
  readonly checks?: ChecksSetup & {
    /** The bundled entry of the worker of checks. */
    readonly workerPath: string
    /** Nothing is checked before `beginChecks`. */
    readonly later?: boolean
  }
}

/** This host, measured by a worker thread, and its checks, run by another. */
export interface LiveSource extends Source {
  /**
   * A first look from this thread (some milliseconds), for the time before the worker's first word. Its samples are `warmup`. Processes are
   * left to the worker: their files may hang.
   */
  first(): Batch
  /** Starts to check, where that was to be later. */
  beginChecks(): void
  /** Replaces what is checked, at once: checks that did not change go on as they are. */
  configure(checks: ChecksSetup): void
  start(receive: (batch: LiveBatch) => void): void
  /** As `query` and `watch`, for somebody who looks from another process, under a number above 0: it is told under that number. */
  queryFor(client: number, query: ProcessQuery): void
  watchFor(client: number, request: WatchRequest | undefined): void
  /** A client looks no more. */
  forget(client: number): void
}

const CHECK_NOW = 'check_now'
/** Whoever judges takes these: the engine. */
const NO_ALERTS = { ok: false, reason: 'alerts are not judged here' } as const
const NO_CHECKS = { ok: false, reason: 'there are no checks' } as const

/** Starts measuring at once; what comes before `start` is kept for it. Who makes a source must stop it. */
export function createLiveSource(options: LiveOptions): LiveSource {
  const { platform, root, clock, readOnly } = options
  compileSparingly()
  const cost = createCostReader(clock)
  let early: LiveBatch[] = []
  let receive = (batch: LiveBatch): void => {
    early.push(batch)
  }
  const health = new Map<'worker' | 'checks', SourceHealth>()
  let checks: Checks | undefined
  const held = new Held(options.intervalMs, (checks) => receive({ ...now(), samples: [], checks }))
  const host = createHostWorker({
    ...options,
    timing: timingFor(options.intervalMs),
    receive(batch) {
      const [told] = batch.health ?? []
      if (told !== undefined) health.set('worker', told)
      receive({
        ...batch,
        ...held.release(),
        ...(told !== undefined && { health: [...health.values()] }),
        ...(batch.samples.length > 0 && cost.due()),
      })
      if (batch.listeners !== undefined) checks?.listen(batch.listeners)
    },
  })
  if (options.checks !== undefined) checks = openChecks(options.checks)
  const actor = createActor({ platform, root, readOnly })
  let can: { readonly checks: boolean; readonly kinds: ReadonlySet<Command['kind']> } | undefined

  function now(): { wallMs: number; monoMs: number } {
    return { wallMs: clock.wallMs(), monoMs: clock.monoMs() }
  }

  /** What listens here is not what listened on a machine that was recorded. */
  function here(setup: ChecksSetup): ChecksSetup {
    return { ...setup, discover: setup.discover && root === '/' }
  }

  function openChecks({ workerPath, later, ...setup }: NonNullable<LiveOptions['checks']>): Checks {
    return createChecks({
      workerPath,
      later,
      clock,
      setup: here(setup),
      receive: (told, calm) => held.take(told, calm),
      tell(told) {
        if (told === undefined) health.delete('checks')
        else health.set('checks', told)
        receive({ ...now(), samples: [], health: [...health.values()] })
      },
      select: (selector) => host.select(selector),
    })
  }

  return {
    get can() {
      const any = checks?.any === true && !readOnly
      if (can?.checks !== any)
        can = { checks: any, kinds: any ? new Set<Command['kind']>([...actor.can, CHECK_NOW]) : actor.can }
      return can.kinds
    },
    first: () => ({ ...firstLook({ platform, root, clock }), cost: cost.now() }),
    start(to) {
      receive = to
      for (const batch of early) to(batch)
      early = []
    },
    beginChecks: () => checks?.begin(),
    configure: (setup) => checks?.configure(here(setup)),
    query: (query) => host.ask(query),
    watch: (request) => host.watch(request),
    queryFor: (client, query) => host.ask(query, client),
    watchFor: (client, request) => host.watch(request, client),
    forget: (client) => host.forget(client),
    async command(command) {
      if (readOnly) return { ok: false, reason: 'read-only' }
      if (command.kind === CHECK_NOW) return checks?.checkNow(command.names) ?? NO_CHECKS
      if (isAlertCommand(command)) return NO_ALERTS
      return actor.command(command)
    },
    inspect: (target) => actor.inspect(target),
    async stop() {
      actor.stop()
      await Promise.all([host.stop(), checks?.stop()])
    },
  }
}
