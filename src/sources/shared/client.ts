import { createConnection } from 'node:net'
import type { Clock } from '../../lib/clock.ts'
import type { ProcessId, ProcessQuery } from '../../model/processes.ts'
import type { AlertsTold, Batch, Command, Measurer, Outcome, Scheduling } from '../../model/source.ts'
import type { WatchRequest } from '../../model/watch.ts'
import { createPatience } from './patience.ts'
import { openPeer } from './peer.ts'
import { type FromClient, type FromServer, lineOf, readLine, SERVER_LINE, type ServerHello } from './protocol.ts'
import { apply, NOTHING_TOLD } from './told.ts'

/** One that measures says who it is at once; a stopped one never does, though the kernel lets us in. */
const HELLO_MS = 3000
const TICK_MS = 1000
/** It says something every two seconds. */
const SILENT_TICKS = 10
/** Monotonic clocks of two processes of one machine are the same, but not across time namespaces, time_namespaces(7). */
const CLOCK_SLACK_MS = 5000

/** How it came to its end: the other one is gone, or says nothing any more, or does not go on with us. */
export type Ending =
  | { readonly kind: 'gone' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'refused'; readonly reason: string }

export interface ClientOptions {
  /** Where the other one listens. */
  readonly path: string
  readonly me: { readonly pid: number; readonly version: string }
  readonly bootId: string | undefined
  readonly clock: Clock
  /** It took us in; what it takes follows, and batches. */
  readonly attached: (by: Measurer) => void
  readonly can: (can: readonly Command['kind'][]) => void
  readonly receive: (batch: Batch) => void
  /** Called once, and the last of all. `reached`: somebody listens there. */
  readonly ended: (ending: Ending, reached: boolean) => void
}

/** A connection to the healthtop that measures. Before `attached` nothing can be asked, and what is has no answer. */
export interface Client {
  query(query: ProcessQuery): void
  watch(request: WatchRequest | undefined): void
  command(command: Command): Promise<Outcome>
  inspect(target: ProcessId): Promise<Scheduling | undefined>
  /** Asks for the place of the one that measures, which then ends the connection. */
  takePlace(): void
  /** Ends it; `ended` is not called any more. */
  close(): void
}

const GONE: Outcome = { ok: false, reason: 'the healthtop that measures has ended meanwhile' }

/** Connects at once. */
export function createClient(options: ClientOptions): Client {
  const { clock, me } = options
  let by: Measurer | undefined
  let told = NOTHING_TOLD
  let reached = false
  let over = false
  let silence = 0
  /** To say that one lives is not to measure. */
  const patience = createPatience()
  let asked = 0
  const open = new Map<number, (message: FromServer | undefined) => void>()
  const socket = createConnection(options.path, () => {
    reached = true
  })
  const peer = openPeer(socket, SERVER_LINE, {
    line: (line) => take(line),
    drained: () => {},
    tooLong: () => end({ kind: 'refused', reason: 'it sends a line without an end' }),
    ended: () => end({ kind: 'gone' }),
  })
  const hello = setTimeout(() => end({ kind: 'silent' }), HELLO_MS)
  // Ticks are counted, not time: who was stopped itself has not heard anything either.
  const timer = setInterval(() => {
    if (by === undefined) return
    const unmeasured = patience.tick(TICK_MS)
    if (++silence >= SILENT_TICKS || unmeasured) end({ kind: 'silent' })
  }, TICK_MS)

  function end(ending: Ending): void {
    if (over) return
    close()
    options.ended(ending, reached)
  }

  function close(): void {
    over = true
    clearTimeout(hello)
    clearInterval(timer)
    peer.end()
    for (const settle of open.values()) settle(undefined)
    open.clear()
  }

  function send(message: FromClient): void {
    peer.send(lineOf(message))
  }

  function take(line: string): void {
    if (over) return
    silence = 0
    const read = readLine(line)
    if (!read.ok) end({ kind: 'refused', reason: read.reason })
    else handle(read.message as unknown as FromServer)
  }

  function handle(message: FromServer): void {
    switch (message.kind) {
      case 'hello':
        greet(message)
        break
      case 'refused':
        end({ kind: 'refused', reason: message.reason })
        break
      case 'bye':
        end({ kind: 'gone' })
        break
      case 'can':
        options.can(message.can)
        break
      case 'batch':
        receive(batchOf(message))
        break
      case 'told':
        if (by !== undefined) tell({ by, ...apply(told, message.change) })
        break
      case 'outcome':
      case 'scheduling':
        open.get(message.id)?.(message)
        open.delete(message.id)
    }
  }

  function greet(said: ServerHello): void {
    clearTimeout(hello)
    const wrong = strangeness(said)
    if (wrong !== undefined) {
      end({ kind: 'refused', reason: wrong })
      return
    }
    by = { pid: said.pid, command: said.command }
    send({ kind: 'hello', pid: me.pid, version: me.version })
    options.attached(by)
    options.can(said.can)
  }

  function receive(batch: Batch): void {
    patience.heard(batch)
    options.receive(batch)
  }

  function strangeness(said: ServerHello): string | undefined {
    if (!isHello(said)) return 'it does not say who it is as it should'
    const { bootId, monoMs } = said
    const other = bootId !== undefined && options.bootId !== undefined && bootId !== options.bootId
    if (other) return 'it is on another machine'
    return Math.abs(monoMs - clock.monoMs()) > CLOCK_SLACK_MS ? 'its clock is another one' : undefined
  }

  function tell(all: AlertsTold): void {
    told = all
    options.receive({ wallMs: clock.wallMs(), monoMs: clock.monoMs(), samples: [], told: all })
  }

  function ask<T>(message: (id: number) => FromClient, answer: (message: FromServer | undefined) => T): Promise<T> {
    return new Promise((resolve) => {
      if (over || by === undefined) {
        resolve(answer(undefined))
        return
      }
      const id = ++asked
      open.set(id, (said) => resolve(answer(said)))
      send(message(id))
    })
  }

  return {
    query(query) {
      if (by !== undefined) send({ kind: 'query', query })
    },
    watch(request) {
      if (by !== undefined) send({ kind: 'watch', ...(request && { request }) })
    },
    command: (command) =>
      ask(
        (id) => ({ kind: 'command', id, command }),
        (said) => (said?.kind === 'outcome' ? said.outcome : GONE),
      ),
    inspect: (target) =>
      ask(
        (id) => ({ kind: 'inspect', id, target }),
        (said) => (said?.kind === 'scheduling' ? said.scheduling : undefined),
      ),
    takePlace: () => send({ kind: 'yield' }),
    close,
  }
}

/** What comes from outside may be anything. */
function isHello({ pid, command, can, bootId, monoMs }: { readonly [Key in keyof ServerHello]?: unknown }): boolean {
  return (
    Number.isInteger(pid) &&
    (pid as number) > 0 &&
    (command === 'dashboard' || command === 'run') &&
    Array.isArray(can) &&
    can.every((kind) => typeof kind === 'string') &&
    (bootId === undefined || typeof bootId === 'string') &&
    Number.isFinite(monoMs)
  )
}

function batchOf({ batch, own }: Extract<FromServer, { readonly kind: 'batch' }>): Batch {
  if (own === undefined) return batch
  const { processes, watched, samples = [] } = own
  return {
    ...batch,
    ...(processes && { processes }),
    ...(watched && { watched }),
    samples: [...batch.samples, ...samples],
  }
}
