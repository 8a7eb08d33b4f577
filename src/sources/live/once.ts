import { spawn } from 'node:child_process'
import type { Clock } from '../../lib/clock.ts'
import type { Listener } from '../../model/host.ts'
import type { ProcessQuery } from '../../model/processes.ts'
import type { Batch } from '../../model/source.ts'
import { readListeners } from '../../probes/linux/listeners.ts'
import type { ProcessScanner } from '../../probes/linux/processes/scanner.ts'
import { measure } from '../../probes/measure.ts'
import { asWarmup, type Host, openHost, openScanner, scanSample } from './host.ts'

/** Long enough for ticks of 10 ms to say something, short enough to wait for. */
const DELAY_MS = 400

/** Everybody but the kernel's threads, by CPU. */
const EVERYBODY: ProcessQuery = {
  id: 0,
  sort: 'cpu',
  reverse: false,
  filter: '',
  kernelThreads: false,
  offset: 0,
  rows: Number.MAX_SAFE_INTEGER,
}

export interface OnceOptions {
  /** The folder below which `proc/`, `sys/`, `etc/` are. */
  readonly root: string
  readonly clock: Clock
  /** Between the two samples that rates are made of. */
  readonly delayMs?: number
  /** The rows of the process table that are wanted; all of them by CPU unless given. */
  readonly query?: ProcessQuery
}

/**
 * Measures this host twice, on this thread, and lets go of everything: a first batch marked `warmup`, and a second one with rates,
 * processes and what listens. Rejects when there is no `proc/` below the root.
 */
export async function measureOnce(options: OnceOptions): Promise<readonly [Batch, Batch]> {
  const { root, clock } = options
  const host = openHost({ root, clock, spawn })
  try {
    const scanner = openScanner(host, { root, clock })
    try {
      return await measureTwice(host, scanner, options)
    } finally {
      scanner.close()
    }
  } finally {
    host.close()
  }
}

async function measureTwice(
  host: Host,
  scanner: ProcessScanner,
  { clock, delayMs = DELAY_MS, query = EVERYBODY }: OnceOptions,
): Promise<readonly [Batch, Batch]> {
  const now = () => ({ wallMs: clock.wallMs(), monoMs: clock.monoMs() })
  const begin = [...host.all(clock.monoMs()), await scanSample(scanner, delayMs, clock)]
  const first: Batch = { ...now(), samples: asWarmup(begin), host: host.facts }
  await new Promise((resolve) => setTimeout(resolve, delayMs))
  const samples = host.all(clock.monoMs())
  // A question that is new makes the scan read everybody again.
  scanner.query(query)
  samples.push(await scanSample(scanner, delayMs, clock))
  const processes = scanner.answer()
  let listeners: readonly Listener[] | undefined
  samples.push(
    measure('listeners', delayMs, clock, () => {
      listeners = readListeners(host.files)
    }),
  )
  const second: Batch = {
    ...now(),
    samples,
    leaders: scanner.leaders(),
    ...(processes && { processes }),
    ...(listeners && { listeners }),
  }
  return [first, second]
}
