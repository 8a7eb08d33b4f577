import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Clock } from '../../lib/clock.ts'
import { compileSparingly } from '../../lib/compiler.ts'
import type { Batch, Command, Source, SourceHealth } from '../../model/source.ts'
import type { Spawn } from '../../probes/linux/space-child.ts'
import { identify } from '../../probes/portable/processes/ps.ts'
import { type Machine, thisMachine } from './actions/action.ts'
import { currentOf } from './actions/current.ts'
import { perform } from './actions/perform.ts'
import { possibleActions } from './actions/possible.ts'
import { type Checks, createChecks } from './checks/checks.ts'
import { Held } from './checks/held.ts'
import type { ChecksSetup } from './checks/messages.ts'
import { Cost, ownCpuMs } from './cost.ts'
import { asWarmup, openHost } from './host.ts'
import { createHostWorker } from './host-worker.ts'
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
}

/** Asking the kernel what we cost is not free either, and the footer shows a mean over ten seconds. */
const COST_EVERY_MS = 5000

const CHECK_NOW = 'check_now'
const NO_CHECKS = { ok: false, reason: 'there are no checks' } as const

/** A first look asks no remote mounts: a child that is none and never says anything. */
const askNobody: Spawn = () => {
  const silent = { stdout: null, stderr: null, kill: () => false, unref: () => {} }
  return Object.assign(new EventEmitter(), silent) as unknown as ChildProcess
}

/** This machine for actions: who has a pid is found out in the same way as the rows that were shown. */
function machineOf(platform: Platform, root: string, signal: AbortSignal): Machine {
  const machine = thisMachine(root, signal)
  return platform === 'procfs' ? machine : { ...machine, look: (pid) => identify(pid, signal) }
}

/** Starts measuring at once; what comes before `start` is kept for it. Who makes a source must stop it. */
export function createLiveSource(options: LiveOptions): LiveSource {
  const { platform, root, clock, readOnly } = options
  compileSparingly()
  const cost = new Cost()
  let costMono = Number.NEGATIVE_INFINITY
  let early: Batch[] = []
  let receive = (batch: Batch): void => {
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
        ...(batch.samples.length > 0 && costIsDue() && { cost: ownCost() }),
      })
      if (batch.listeners !== undefined) checks?.listen(batch.listeners)
    },
  })
  if (options.checks !== undefined) checks = openChecks(options.checks)
  const children = new AbortController()
  const machine = machineOf(platform, root, children.signal)
  let possible: ReadonlySet<Command['kind']> | undefined
  let can: { readonly checks: boolean; readonly kinds: ReadonlySet<Command['kind']> } | undefined

  function now(): { wallMs: number; monoMs: number } {
    return { wallMs: clock.wallMs(), monoMs: clock.monoMs() }
  }

  function actions(): ReadonlySet<Command['kind']> {
    possible ??= readOnly || root !== '/' ? new Set() : possibleActions(machine.platform)
    return possible
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

  function costIsDue(): boolean {
    return clock.monoMs() - costMono >= COST_EVERY_MS
  }

  function ownCost(): NonNullable<Batch['cost']> {
    costMono = clock.monoMs()
    return cost.take(costMono, ownCpuMs(), process.memoryUsage.rss())
  }

  return {
    get can() {
      const any = checks?.any === true && !readOnly
      if (can?.checks !== any)
        can = { checks: any, kinds: any ? new Set<Command['kind']>([...actions(), CHECK_NOW]) : actions() }
      return can.kinds
    },
    first() {
      const host = openHost({ platform, root, clock, spawn: askNobody })
      try {
        const samples = asWarmup(host.quick(clock.monoMs()))
        return {
          wallMs: clock.wallMs(),
          monoMs: clock.monoMs(),
          samples,
          host: host.facts,
          cost: ownCost(),
        }
      } finally {
        host.close()
      }
    },
    start(to) {
      receive = to
      for (const batch of early) to(batch)
      early = []
    },
    beginChecks: () => checks?.begin(),
    configure: (setup) => checks?.configure(here(setup)),
    query: (query) => host.ask(query),
    watch: (request) => host.watch(request),
    async command(command) {
      if (readOnly) return { ok: false, reason: 'read-only' }
      if (command.kind === CHECK_NOW) return checks?.checkNow(command.names) ?? NO_CHECKS
      if (root !== '/') return { ok: false, reason: 'this is a recording, not this machine' }
      return perform(command, machine)
    },
    inspect: async (target) => (root === '/' ? currentOf(target, machine) : undefined),
    async stop() {
      children.abort()
      await Promise.all([host.stop(), checks?.stop()])
    },
  }
}
