import { spawn } from 'node:child_process'
import type { Clock } from '../../lib/clock.ts'
import type { Listener } from '../../model/host.ts'
import { parseFilter } from '../../model/process-filter/parse.ts'
import { PLAIN_QUERY, type ProcessField, type ProcessQuery } from '../../model/processes.ts'
import type { Sample } from '../../model/sample.ts'
import type { Batch } from '../../model/source.ts'
import { measureSlowly } from '../../probes/measure.ts'
import { neededOfAll } from '../../probes/processes/needs.ts'
import { asWarmup, openHost, scanSample } from './host.ts'
import type { Host, Platform, Scanner } from './platform.ts'

/**
 * Long enough for ticks of 10 ms to say something, short enough to wait for. The library behind the portable probes answers a question that
 * is asked again within half a second with what it said before.
 */
const DELAY_MS: Readonly<Record<Platform, number>> = { procfs: 400, portable: 700 }

/** How long slow probes are waited for at the end. */
const SETTLE_MS = 300

/** What is read only where somebody asks, and known only some time later: rates need two readings, and I/O classes a program. */
const LATER: ReadonlySet<ProcessField> = new Set<ProcessField>(['read', 'write', 'wait_cpu', 'io_class'])

const EVERYBODY: ProcessQuery = { ...PLAIN_QUERY, id: 0 }

export interface OnceOptions {
  readonly platform: Platform
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
  const { platform, root, clock } = options
  const host = openHost({ platform, root, clock, spawn })
  try {
    const scanner = host.openScanner({})
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
  scanner: Scanner,
  { platform, clock, delayMs = DELAY_MS[platform], query = EVERYBODY }: OnceOptions,
): Promise<readonly [Batch, Batch]> {
  const now = () => ({ wallMs: clock.wallMs(), monoMs: clock.monoMs() })
  const begin = [...host.all(clock.monoMs()), await scanSample(scanner, delayMs, clock)]
  // Nobody knows yet who will stand in the answer.
  scanner.rowsWhere(() => false, knownLater(query))
  // This starts the program that tells I/O classes, where they are wanted.
  scanner.answer()
  const first: Batch = { ...now(), samples: asWarmup(begin), host: host.facts }
  await new Promise((resolve) => setTimeout(resolve, delayMs))
  const samples = host.all(clock.monoMs())
  // A question that is new makes the scan read everybody again.
  scanner.query(query)
  samples.push(await scanSample(scanner, delayMs, clock))
  const processes = scanner.answer()
  let listeners: readonly Listener[] | undefined
  samples.push(
    await measureSlowly('listeners', delayMs, clock, async () => {
      listeners = await host.listen()
    }),
  )
  await host.settled(SETTLE_MS)
  samples.push(...host.collect(clock.monoMs()))
  const at = now()
  const second: Batch = {
    ...at,
    samples: asWanted(samples, at.monoMs - first.monoMs),
    host: host.facts,
    leaders: scanner.leaders(),
    ...(processes && { processes }),
    ...(listeners && { listeners }),
  }
  return [first, second]
}

/** A machine that is busy enough lets its second look come late: however long that took, no gap lies between the two. */
function asWanted(samples: readonly Sample[], elapsedMs: number): readonly Sample[] {
  return samples.map((sample) => (sample.everyMs >= elapsedMs ? sample : { ...sample, everyMs: elapsedMs }))
}

function knownLater(query: ProcessQuery): ProcessField[] {
  const parsed = parseFilter(query.filter)
  const wanted = [...query.columns, ...neededOfAll(query, 'error' in parsed ? undefined : parsed.filter)]
  return [...new Set(wanted)].filter((field) => LATER.has(field))
}
