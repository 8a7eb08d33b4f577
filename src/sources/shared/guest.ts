import type { Socket } from 'node:net'
import type { Access } from '../../lib/access.ts'
import type { Clock } from '../../lib/clock.ts'
import { safeText } from '../../lib/text.ts'
import type { AlertCommand, Command, Outcome } from '../../model/source.ts'
import { isAlertCommand, isProcessCommand } from '../../model/source.ts'
import type { WatchRequest } from '../../model/watch.ts'
import type { LiveSource } from '../live/live.ts'
import type { ClientContent } from '../live/messages.ts'
import { openPeer } from './peer.ts'
import {
  batchLine,
  CLIENT_LINE,
  type FromClient,
  type FromServer,
  lineOf,
  type ServerHello,
  toJson,
} from './protocol.ts'
import { readRequest } from './requests.ts'
import type { Standing } from './standing.ts'
import { changeOf, NOTHING_TOLD, type Told } from './told.ts'

/** Commands and questions that are not answered yet; nobody asks for more at once. */
const MOST_OPEN = 64
/** A client says who it is at once. */
const HELLO_MS = 5000

/** A service acts with rights that those of its group have not. */
const NOT_THROUGH: Outcome = { ok: false, reason: 'the service does nothing to processes for its group' }
const HIDDEN = 'the service hides it from its group'

/** What a client is served from. */
export interface Kitchen {
  readonly clock: Clock
  readonly source: Pick<LiveSource, 'command' | 'inspect' | 'queryFor' | 'watchFor' | 'forget'>
  readonly standing: Standing
  /** Does something to an alert. */
  readonly judge: (command: AlertCommand) => Outcome | Promise<Outcome>
  /** Lets a client have this one's place; undefined where it is kept. */
  readonly giveWay: (() => unknown) | undefined
  /** Who may attach, and is served accordingly. */
  readonly access: Access
  readonly hello: () => ServerHello
  readonly told: () => Told
}

/** A client that is attached, as the server sees it. */
export interface Guest {
  /** Takes what was measured for all, as JSON (absent where nothing was), and what was for this one. */
  batch(common: string | undefined, content: ClientContent | undefined): void
  /** There is more to tell of alerts. */
  told(): void
  send(message: FromServer): void
  /** Ends it with a last line. */
  end(message: FromServer): void
}

/**
 * Serves one client under a number of its own. One that reads slowly is told less often: what is told then is all that is so by then, and
 * nothing is queued for it but what it asked for. `gone` is called once, when the connection is no more.
 */
export function openGuest(socket: Socket, client: number, kitchen: Kitchen, gone: () => void): Guest {
  const { clock, source, standing } = kitchen
  let greeted = false
  /** Up to where it was told what is so. */
  let moment = 0
  let told = NOTHING_TOLD
  /** What was for this one and could not be told. */
  let held: ClientContent | undefined
  let missed = false
  /** It asks for what it may not see. */
  let hidden = false
  let open = 0
  const timer = setTimeout(() => refuse('nothing was said'), HELLO_MS)
  const peer = openPeer(socket, CLIENT_LINE, {
    line: (line) => take(line),
    drained: () => catchUp(),
    tooLong: () => refuse(`a line is longer than ${CLIENT_LINE} characters`),
    ended() {
      clearTimeout(timer)
      source.forget(client)
      gone()
    },
  })

  function send(message: FromServer): void {
    peer.send(lineOf(message))
  }

  function refuse(reason: string): void {
    clearTimeout(timer)
    peer.end(lineOf({ kind: 'refused', reason }))
  }

  function take(line: string): void {
    const read = readRequest(line)
    if (!read.ok) refuse(read.reason)
    else if (greeted !== (read.request.kind !== 'hello')) refuse('hello comes first, and once')
    else handle(read.request)
  }

  function handle(request: FromClient): void {
    switch (request.kind) {
      case 'hello':
        greet()
        break
      case 'query':
        source.queryFor(client, request.query)
        break
      case 'watch':
        watch(request.request)
        break
      case 'command':
        answer(
          run(request.command),
          (outcome) => ({ kind: 'outcome', id: request.id, outcome }),
          (reason) => ({
            kind: 'outcome',
            id: request.id,
            outcome: { ok: false, reason },
          }),
        )
        break
      case 'yield':
        if (kitchen.giveWay === undefined) refuse('it keeps its place')
        else kitchen.giveWay()
        break
      case 'inspect':
        answer(
          source.inspect(request.target),
          (scheduling) => ({ kind: 'scheduling', id: request.id, ...(scheduling && { scheduling }) }),
          () => ({ kind: 'scheduling', id: request.id }),
        )
    }
  }

  function watch(request: WatchRequest | undefined): void {
    const hides = kitchen.access !== 'owner' && request?.sections.includes('environment') === true
    hidden = hides
    const sections = request?.sections.filter((section) => !hides || section !== 'environment') ?? []
    source.watchFor(client, request && { ...request, sections })
  }

  /** What was for this one, as it may see it. */
  function allowed(content: ClientContent | undefined): ClientContent | undefined {
    const { watched } = content ?? {}
    if (!hidden || content === undefined || watched?.detail === undefined) return content
    return { ...content, watched: { ...watched, detail: { ...watched.detail, environment: { denied: HIDDEN } } } }
  }

  async function run(command: Command): Promise<Outcome> {
    if (isAlertCommand(command)) return kitchen.judge(command)
    return isProcessCommand(command) && kitchen.access !== 'owner' ? NOT_THROUGH : source.command(command)
  }

  function answer<T>(work: Promise<T>, done: (value: T) => FromServer, failed: (reason: string) => FromServer): void {
    if (++open > MOST_OPEN) {
      refuse(`more than ${MOST_OPEN} requests at once`)
      return
    }
    work
      .then(done, (error: unknown) => failed(safeText(error instanceof Error ? error.message : String(error), 200)))
      .then((message) => {
        open--
        send(message)
      })
  }

  function greet(): void {
    clearTimeout(timer)
    greeted = true
    // First who judges, even where there is nothing to tell of alerts: what is measured is not for the newcomer to judge.
    told = kitchen.told()
    send({ kind: 'told', change: changeOf(NOTHING_TOLD, told) ?? {} })
    tellStanding()
  }

  function tellStanding(): void {
    const batch = standing.since(moment, clock.wallMs(), clock.monoMs())
    moment = standing.now
    peer.send(batchLine(toJson(batch), held))
    held = undefined
    missed = false
  }

  function catchUp(): void {
    if (!greeted || peer.busy) return
    if (missed) tellStanding()
    tellAlerts()
  }

  function tellAlerts(): void {
    const change = changeOf(told, kitchen.told())
    if (change === undefined) return
    told = kitchen.told()
    send({ kind: 'told', change })
  }

  return {
    batch(common, all) {
      if (!greeted) return
      const content = allowed(all)
      if (peer.busy) {
        missed = true
        held = joined(held, content)
        return
      }
      if (missed) {
        held = joined(held, content)
        tellStanding()
        return
      }
      moment = standing.now
      if (common !== undefined) peer.send(batchLine(common, content))
      else if (content !== undefined) peer.send(batchLine(toJson({ ...now(clock), samples: [] }), content))
    },
    told() {
      if (greeted && !peer.busy) tellAlerts()
    },
    send,
    end: (message) => {
      clearTimeout(timer)
      peer.end(lineOf(message))
    },
  }
}

function now(clock: Clock): { readonly wallMs: number; readonly monoMs: number } {
  return { wallMs: clock.wallMs(), monoMs: clock.monoMs() }
}

/** The last answer counts; samples of what is watched are not for later. */
function joined(before: ClientContent | undefined, next: ClientContent | undefined): ClientContent | undefined {
  if (next === undefined) return before
  const { samples: _, ...last } = { ...before, ...next }
  return last
}
