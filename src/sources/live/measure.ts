import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessSelector } from '../../checks/check.ts'
import type { Clock } from '../../lib/clock.ts'
import type { HostFacts, Listener } from '../../model/host.ts'
import type { ProcessQuery } from '../../model/processes.ts'
import type { Sample } from '../../model/sample.ts'
import type { WatchRequest } from '../../model/watch.ts'
import type { Spawn } from '../../probes/linux/space-child.ts'
import { measureSlowly } from '../../probes/measure.ts'
import { OWN } from '../../probes/processes/client-queries.ts'
import { LISTENERS_MS, scansAt, ticksBetweenScans } from './cadence.ts'
import { createClients } from './clients.ts'
import { asWarmup, failedSample, openHost, scanSample } from './host.ts'
import { ListeningTurns } from './listening-turns.ts'
import type { LiveBatch, Selected } from './messages.ts'
import type { Platform } from './platform.ts'
import { createSelecting } from './selecting.ts'
import { createWatching } from './watching.ts'

/** Slow probes that are done within this time after the first tick are told at once, the others at the next tick. */
const SETTLE_MS = 500

export interface MeasurerOptions {
  readonly platform: Platform
  readonly root: string
  readonly intervalMs: number
  readonly clock: Clock
  /** Takes what was measured: one batch a tick, one more after the first tick, and the answers to queries as they come. */
  readonly post: (batch: LiveBatch) => void
  /** Takes the processes that were selected. */
  readonly reply?: (answer: Selected) => void
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
  /** Takes another question of a client (this process unless told), and answers it from the last complete scan. */
  query(query: ProcessQuery, client?: number): void
  /** Watches a process for a client from now on, or nobody any more; tells what the last scan knows. */
  watch(request: WatchRequest | undefined, client?: number): void
  /** A client looks no more. */
  forget(client: number): void
  /** Tells processes of the last scan, or of the first once there is one. */
  select(id: string, selector: ProcessSelector): void
  /** Ends children, closes files. */
  close(): void
}

type Content = Omit<LiveBatch, 'wallMs' | 'monoMs' | 'samples'> & { readonly samples?: readonly Sample[] }

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Throws the system's error when there is no `proc/` below the root. */
export function createMeasurer(options: MeasurerOptions): Measurer {
  const { root, intervalMs, clock, post } = options
  const host = openHost(options)
  const skip = new Set(options.skip)
  const pauseOnce = options.pause ?? nextTurn
  const scanEveryMs = intervalMs * ticksBetweenScans(intervalMs)
  let pauses = 0
  let ticks = 0
  let closed = false
  let toldFacts: HostFacts | undefined
  const turns = new ListeningTurns(intervalMs)
  let listening: ReadonlySet<string> = new Set()
  const pause = async () => {
    pauses++
    await pauseOnce()
  }
  const marker = options.reading && { reading: options.reading }
  const scanner = host.openScanner({ skip, yield: pause, ...marker })
  const openWatching = () =>
    createWatching(host.openWatch({ ...marker }), scanner, clock, { everyMs: intervalMs, scanEveryMs })
  const watching = openWatching()
  const clients = createClients(scanner, openWatching)

  const selecting = createSelecting(scanner, (answer) => {
    if (!closed) options.reply?.(answer)
  })

  function tell(content: Content): void {
    if (!closed) post({ wallMs: clock.wallMs(), monoMs: clock.monoMs(), samples: [], ...content })
  }

  /** A pid whose process ended may be used again by one that does not hang. */
  function forgetEnded(): void {
    for (const pid of skip) if (!existsSync(join(root, 'proc', String(pid)))) skip.delete(pid)
  }

  /** Tells what listens when that is known, beside the ticks where it has to be waited for. */
  async function listen(): Promise<void> {
    let found: readonly Listener[] | undefined
    const sample = await measureSlowly('listeners', LISTENERS_MS, clock, async () => {
      found = await host.listen()
    })
    if (found !== undefined) turns.found(isNews(found))
    tell({ samples: [sample], ...(found && { listeners: found }) })
  }

  /** Whether something listens that did not before. */
  function isNews(found: readonly Listener[]): boolean {
    const before = listening
    listening = new Set(found.map(({ protocol, address, port }) => `${protocol} ${address} ${port}`))
    return [...listening].some((socket) => !before.has(socket))
  }

  /** The facts, when there are others than were told. */
  function newFacts(): Content {
    const { facts } = host
    if (facts === toldFacts) return {}
    toldFacts = facts
    return { host: facts }
  }

  function flagged(samples: readonly Sample[]): readonly Sample[] {
    return options.warmup ? asWarmup(samples) : samples
  }

  async function tellSettled(): Promise<void> {
    await host.settled(SETTLE_MS)
    const samples = host.collect(clock.monoMs())
    if (samples.length > 0) tell({ ...newFacts(), samples: flagged(samples) })
  }

  function answer(client = OWN): Content {
    const processes = scanner.answer(client)
    if (processes === undefined) return {}
    return client === OWN ? { processes } : { clients: [{ client, processes }] }
  }

  /** Whether there was one. */
  function tellAnswer(client: number): boolean {
    const content = answer(client)
    if (Object.keys(content).length === 0) return false
    tell(content)
    return true
  }

  async function tick(): Promise<void> {
    const number = ticks++
    const samples = host.due(clock.monoMs())
    let content: Content = newFacts()
    const scans = scansAt(number, intervalMs) || watching.restless || clients.restless
    if (scans) {
      forgetEnded()
      const sample = await scanSample(scanner, scanEveryMs, clock)
      if (closed) return
      samples.push(sample)
      selecting.scanned(sample.failed)
      if (scanner.newcomers) turns.started(number)
      content = { ...content, ...answer(), leaders: scanner.leaders() }
    }
    const { samples: more, ...watched } = watching.tick(scans)
    samples.push(...more)
    content = { ...content, ...watched, ...clients.tick(scans) }
    tell({ ...content, samples: number > 0 ? samples : flagged(samples) })
    if (number === 0) {
      void tellSettled()
      // Queries that came with the start go before the sockets, which take a while on large hosts.
      await pause()
      if (closed) return
    }
    // What is read at once belongs to this tick; programs are not waited for.
    if (number === 0 || turns.take(number)) await Promise.race([listen(), nextTurn()])
  }

  return {
    tick,
    query(query, client = OWN) {
      scanner.query(query, client)
      clients.asks(client)
      if (!tellAnswer(client)) return
      const before = pauses
      // What a filter or a user needs of thousands of processes is read in slices; the first answer may lack some.
      scanner.fill().then(
        () => {
          if (pauses > before && !closed) tellAnswer(client)
        },
        (error: unknown) => tell({ samples: [failedSample('processes', scanEveryMs, clock, error)] }),
      )
    },
    watch(request, client = OWN) {
      if (client === OWN) {
        const content = watching.request(request)
        if (content.watched !== undefined || content.samples.length > 0) tell(content)
        return
      }
      const content = clients.watch(client, request)
      if (content !== undefined) tell({ clients: [content] })
    },
    forget: (client) => clients.forget(client),
    select: (id, selector) => selecting.select(id, selector),
    close() {
      closed = true
      watching.close()
      clients.close()
      scanner.close()
      host.close()
    },
  }
}
