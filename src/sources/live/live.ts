import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Clock } from '../../lib/clock.ts'
import type { Batch, Command, Source } from '../../model/source.ts'
import type { Spawn } from '../../probes/linux/space-child.ts'
import { Cost, ownCpuMs } from './cost.ts'
import { asWarmup, openHost } from './host.ts'
import { sendSignal } from './signal.ts'
import { timingFor } from './supervision.ts'
import { Supervisor } from './supervisor.ts'

export interface LiveOptions {
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

/** Starts measuring at once; what comes before `start` is kept for it. Who makes a source must stop it. */
export function createLiveSource(options: LiveOptions): LiveSource {
  const { root, clock, readOnly } = options
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
  const can: ReadonlySet<Command['kind']> = new Set(readOnly || root !== '/' ? [] : ['signal'])

  function costIsDue(): boolean {
    return clock.monoMs() - costMono >= COST_EVERY_MS
  }

  function ownCost(): NonNullable<Batch['cost']> {
    costMono = clock.monoMs()
    return cost.take(costMono, ownCpuMs(), process.memoryUsage.rss())
  }

  return {
    can,
    first() {
      const host = openHost({ root, clock, spawn: askNobody })
      try {
        const samples = asWarmup(host.all(clock.monoMs()))
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
    async command(command) {
      if (!can.has(command.kind)) {
        return { ok: false, reason: readOnly ? 'read-only' : 'this is a recording, not this machine' }
      }
      return sendSignal(command, { root, kill: (pid, signal) => process.kill(pid, signal) })
    },
    stop: () => supervisor.stop(),
  }
}
