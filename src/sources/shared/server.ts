import { renameSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { type Access, SOCKET_MODE } from '../../lib/access.ts'
import { safeText } from '../../lib/text.ts'
import { troubleOf } from '../../lib/trouble.ts'
import { ALERT_COMMANDS, type Command, isProcessKind, type Measurer } from '../../model/source.ts'
import type { LiveSource } from '../live/live.ts'
import type { ClientContent } from '../live/messages.ts'
import { type Guest, type Kitchen, openGuest } from './guest.ts'
import { ALIVE_EVERY_MS, type Common, lineOf, type ServerHello, toJson } from './protocol.ts'
import { removeSocketFolder } from './socket-path.ts'
import type { Standing } from './standing.ts'
import { NOTHING_TOLD, type Told } from './told.ts'

/** Each has a query of its own, and is answered from each scan. */
export const MOST_CLIENTS = 7
const BYE_MS = 500

export interface ServerOptions {
  /** Where it listens: a path that the lock names. */
  readonly path: string
  /** Tells this socket from those of others who were here before. */
  readonly nonce: string
  readonly me: Measurer & { readonly version: string }
  readonly bootId: string | undefined
  readonly clock: Kitchen['clock']
  readonly source: Kitchen['source'] & Pick<LiveSource, 'can'>
  /** What those who come are told first. */
  readonly standing: Standing
  readonly judge: Kitchen['judge']
  readonly giveWay: Kitchen['giveWay']
  /** Nothing may be done to alerts. */
  readonly readOnly: boolean
  /**
   * Who may attach; nobody but this user unless given. Whoever does it by being of the group neither acts through this process, with its rights, nor sees what processes have in
   * their environment.
   */
  readonly access?: Access
  /** Nobody can attach, and why. */
  readonly failed: (reason: string) => void
}

/** Serves what is measured here to other healthtops of this machine. */
export interface ShareServer {
  /** Takes what was measured for all, after `standing` has taken it, and what for some. */
  batch(common: Common | undefined, contents: readonly ClientContent[]): void
  /** Takes how alerts stand. */
  publish(told: Told): void
  /** Says so to those who are attached, and ends. */
  close(): Promise<void>
}

/** Listens at once. Who makes one must close it. */
export function createShareServer(options: ServerOptions): ShareServer {
  const { path, me, bootId, clock, source, standing, judge, giveWay, access = 'owner', failed } = options
  const guests = new Map<number, Guest>()
  let told: Told = NOTHING_TOLD
  let toldCan = source.can
  const kitchen: Kitchen = {
    clock,
    source,
    standing,
    judge,
    giveWay,
    access,
    hello,
    told: () => told,
  }
  const server = createServer((socket) => welcome(socket))
  server.on('error', (error) => failed(troubleOf(error)))
  listen(server, path, { nonce: options.nonce, access }, failed)
  /** There while somebody is: it wakes the thread. */
  let alive: NodeJS.Timeout | undefined

  function tellAlive(): void {
    for (const guest of guests.values()) guest.send({ kind: 'alive' })
  }

  function leave(client: number): void {
    guests.delete(client)
    if (guests.size > 0) return
    clearInterval(alive)
    alive = undefined
  }

  function hello(): ServerHello {
    return {
      kind: 'hello',
      pid: me.pid,
      command: me.command,
      version: me.version,
      host: safeText(hostname()),
      can: can(),
      ...(bootId !== undefined && { bootId }),
      monoMs: clock.monoMs(),
    }
  }

  function can(): Command['kind'][] {
    const kinds = [...source.can, ...(options.readOnly ? [] : ALERT_COMMANDS)]
    return access === 'owner' ? kinds : kinds.filter((kind) => !isProcessKind(kind))
  }

  function welcome(socket: Socket): void {
    const client = Array.from({ length: MOST_CLIENTS }, (_, index) => index + 1).find((one) => !guests.has(one))
    if (client === undefined) {
      socket.on('error', () => {})
      socket.end(lineOf({ kind: 'refused', reason: `${MOST_CLIENTS} others are attached already` }), () =>
        socket.destroy(),
      )
      return
    }
    const guest = openGuest(socket, client, kitchen, () => leave(client))
    guests.set(client, guest)
    alive ??= setInterval(tellAlive, ALIVE_EVERY_MS).unref()
    guest.send(hello())
  }

  function tellCan(): void {
    if (source.can === toldCan) return
    toldCan = source.can
    for (const guest of guests.values()) guest.send({ kind: 'can', can: can() })
  }

  return {
    batch(common, contents) {
      if (guests.size === 0) return
      tellCan()
      const text = common && toJson(common)
      for (const [client, guest] of guests) {
        guest.batch(
          text,
          contents.find((content) => content.client === client),
        )
      }
    },
    publish(next) {
      told = next
      for (const guest of guests.values()) guest.told()
    },
    async close() {
      clearInterval(alive)
      for (const guest of guests.values()) guest.end({ kind: 'bye' })
      await closed(server)
      removeSocketFolder(path)
    },
  }
}

/**
 * Listens under a name of its own and is renamed then: it takes the place of a socket that somebody who died has left, and when that one
 * only slept and closes later, it takes away its own name and not ours.
 */
function listen(
  server: Server,
  path: string,
  { nonce, access }: { readonly nonce: string; readonly access: Access },
  failed: (reason: string) => void,
): void {
  // As long as the name that it gets: both have to fit into a socket's address.
  const own = join(dirname(path), `.${nonce.slice(0, 8)}.sock`)
  const before = process.umask(0o777 & ~SOCKET_MODE[access])
  try {
    server.listen(own, () => {
      try {
        renameSync(own, path)
      } catch (error) {
        failed(troubleOf(error))
      }
    })
  } finally {
    process.umask(before)
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, BYE_MS)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
