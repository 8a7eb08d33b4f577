import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../lib/clock.ts'
import type { Listener } from '../../model/host.ts'
import type { ProcessQuery } from '../../model/processes.ts'
import type { Sample } from '../../model/sample.ts'
import type { Batch } from '../../model/source.ts'
import { ListenerCollector } from '../../probes/linux/listeners.ts'
import type { Spawn } from '../../probes/linux/space-child.ts'
import { measure } from '../../probes/measure.ts'
import { LISTENERS_MS, listensAt, scansAt, ticksBetweenScans } from './cadence.ts'
import { asWarmup, failedSample, openHost, openScanner, scanSample } from './host.ts'

export interface MeasurerOptions {
  readonly root: string
  readonly intervalMs: number
  readonly clock: Clock
  /** Takes what was measured: one batch a tick, one more after the first tick, and the answers to queries as they come. */
  readonly post: (batch: Batch) => void
  readonly spawn: Spawn
  /** Where the pid that is being read stands, in shared memory. */
  readonly reading?: Int32Array
  /** Pids that are left out while they live: their files hang. */
  readonly skip?: readonly number[]
  /** Samples of the first tick are `warmup`. */
  readonly warmup?: boolean
  /** Lets queries be answered between two slices of work; setImmediate unless given. */
  readonly pause?: () => Promise<void>
}

/** All that the worker does, without its thread and its timer. */
export interface Measurer {
  /** Measures what is due and posts it. Never rejects for what the host does: a part that fails is a sample that says why. */
  tick(): Promise<void>
  /** Takes another question, and answers it from the last complete scan. */
  query(query: ProcessQuery): void
  /** Ends children, closes files. */
  close(): void
}

type Content = Omit<Batch, 'wallMs' | 'monoMs' | 'samples'> & { readonly samples?: readonly Sample[] }

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Throws the system's error when there is no `proc/` below the root. */
export function createMeasurer(options: MeasurerOptions): Measurer {
  const { root, intervalMs, clock, post } = options
  const host = openHost(options)
  const skip = new Set(options.skip)
  const listeners = new ListenerCollector()
  const pauseOnce = options.pause ?? nextTurn
  const scanEveryMs = intervalMs * ticksBetweenScans(intervalMs)
  let pauses = 0
  let ticks = 0
  let closed = false
  const pause = async () => {
    pauses++
    await pauseOnce()
  }
  const scanner = openScanner(host, {
    root,
    clock,
    skip,
    yield: pause,
    ...(options.reading && { reading: options.reading }),
  })

  function tell(content: Content): void {
    if (!closed) post({ wallMs: clock.wallMs(), monoMs: clock.monoMs(), samples: [], ...content })
  }

  /** A pid whose process ended may be used again by one that does not hang. */
  function forgetEnded(): void {
    for (const pid of skip) if (!existsSync(join(root, 'proc', String(pid)))) skip.delete(pid)
  }

  function listen(): Content {
    let found: readonly Listener[] | undefined
    const sample = measure('listeners', LISTENERS_MS, clock, () => {
      found = listeners.collect(host.files)
    })
    return { samples: [sample], ...(found && { listeners: found }) }
  }

  function answer(): Pick<Batch, 'processes'> {
    const processes = scanner.answer()
    return processes === undefined ? {} : { processes }
  }

  async function tick(): Promise<void> {
    const number = ticks++
    const samples = host.due(clock.monoMs())
    let content: Content = {}
    if (scansAt(number, intervalMs)) {
      forgetEnded()
      samples.push(await scanSample(scanner, scanEveryMs, clock))
      if (closed) return
      content = { ...answer(), leaders: scanner.leaders() }
    }
    if (listensAt(number, intervalMs)) {
      const { samples: more = [], ...rest } = listen()
      samples.push(...more)
      content = { ...content, ...rest }
    }
    if (number > 0) {
      tell({ ...content, samples })
      return
    }
    tell({ ...content, host: host.facts, samples: options.warmup ? asWarmup(samples) : samples })
    // Queries that came with the start go before the sockets, which take a while on large hosts.
    await pause()
    if (!closed) tell(listen())
  }

  return {
    tick,
    query(query) {
      scanner.query(query)
      const { processes } = answer()
      if (processes === undefined) return
      tell({ processes })
      const before = pauses
      // What a filter or a user needs of thousands of processes is read in slices; the first answer may lack some.
      scanner.fill().then(
        () => {
          if (pauses > before && !closed) tell(answer())
        },
        (error: unknown) => tell({ samples: [failedSample('processes', scanEveryMs, clock, error)] }),
      )
    },
    close() {
      closed = true
      scanner.close()
      host.close()
    },
  }
}
