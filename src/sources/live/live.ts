import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Clock } from '../../lib/clock.ts'
import { compileSparingly } from '../../lib/compiler.ts'
import type { Batch, Command, Source } from '../../model/source.ts'
import type { Spawn } from '../../probes/linux/space-child.ts'
import { identify } from '../../probes/portable/processes/ps.ts'
import { type Machine, thisMachine } from './actions/action.ts'
import { currentOf } from './actions/current.ts'
import { perform } from './actions/perform.ts'
import { possibleActions } from './actions/possible.ts'
import { Cost, ownCpuMs } from './cost.ts'
import { asWarmup, openHost } from './host.ts'
import type { Platform } from './platform.ts'
import { timingFor } from './supervision.ts'
import { Supervisor } from './supervisor.ts'

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
}

/** This host, measured by a worker thread. */
export interface LiveSource extends Source {
  /**
   * A first look from this thread (some milliseconds), for the time before the worker's first word. Its samples are `warmup`. Processes are
   * left to the worker: their files may hang.
   */
  first(): Batch
}

/** Asking the kernel what we cost is not free either, and the footer shows a mean over ten seconds. */
const COST_EVERY_MS = 5000

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
  const supervisor = new Supervisor({
    ...options,
    timing: timingFor(options.intervalMs),
    receive: (batch) => receive(batch.samples.length > 0 && costIsDue() ? { ...batch, cost: ownCost() } : batch),
  })
  const children = new AbortController()
  const machine = machineOf(platform, root, children.signal)
  let can: ReadonlySet<Command['kind']> | undefined

  function costIsDue(): boolean {
    return clock.monoMs() - costMono >= COST_EVERY_MS
  }

  function ownCost(): NonNullable<Batch['cost']> {
    costMono = clock.monoMs()
    return cost.take(costMono, ownCpuMs(), process.memoryUsage.rss())
  }

  return {
    get can() {
      can ??= readOnly || root !== '/' ? new Set() : possibleActions(machine.platform)
      return can
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
    query: (query) => supervisor.ask(query),
    watch: (request) => supervisor.watch(request),
    async command(command) {
      if (readOnly) return { ok: false, reason: 'read-only' }
      if (root !== '/') return { ok: false, reason: 'this is a recording, not this machine' }
      return perform(command, machine)
    },
    inspect: async (target) => (root === '/' ? currentOf(target, machine) : undefined),
    stop() {
      children.abort()
      return supervisor.stop()
    },
  }
}
