import { dirname } from 'node:path'
import { type Access, FOLDER_MODE } from '../../lib/access.ts'
import type { Clock } from '../../lib/clock.ts'
import { makeFolder } from '../../lib/make-folder.ts'
import { troubleOf } from '../../lib/trouble.ts'
import { uniqueDigits } from '../../lib/unique.ts'
import type { AlertCommand, Measurer, Outcome } from '../../model/source.ts'
import type { LiveSource } from '../live/live.ts'
import type { LiveBatch } from '../live/messages.ts'
import { commonOf } from './common.ts'
import { type Holder, type Place, startTicksOf } from './holder.ts'
import { type Lock, type Taking, takeLock } from './lock.ts'
import { createShareServer, type ShareServer } from './server.ts'
import { placeSocket, removeSocket, removeSocketFolder } from './socket-path.ts'
import { Standing } from './standing.ts'
import { NOTHING_TOLD, type Told } from './told.ts'

export interface ServingOptions {
  readonly folder: string
  readonly me: Measurer & { readonly version: string }
  readonly here: Place
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  readonly judge: (command: AlertCommand) => Outcome | Promise<Outcome>
  readonly readOnly: boolean
  /** Who may attach, and know who measures. */
  readonly access: Access
  /** Lets another one have this one's place; undefined where it is kept. */
  readonly giveWay: (() => unknown) | undefined
  /** Nobody can attach, and why. */
  readonly failed: (reason: string) => void
}

/** The place of who measures for a state folder: its lock and its socket. */
export interface Serving {
  /** Takes the lock, at once or not at all. Those of these nonces do not answer. */
  take(givenUp: ReadonlySet<string>): Taking
  /** Serves a source to others, once the lock is taken. */
  serve(live: LiveSource): void
  /** Takes what was measured, whether others are served yet or not. */
  batch(batch: LiveBatch): void
  publish(told: Told): void
  /** Whether the lock is this one's still. */
  held(): boolean
  /** Lets go of it: others are told, and can take it. */
  leave(): Promise<void>
}

/** Has nothing taken yet. Who makes one must leave it. */
export function createServing(options: ServingOptions): Serving {
  const { folder, me, here, env, clock, judge, readOnly, access, giveWay, failed } = options
  let socket: string | undefined
  let unplaced: string | undefined
  let lock: Lock | undefined
  let server: ShareServer | undefined
  let told: Told = NOTHING_TOLD
  const standing = new Standing()
  /** Nonces of locks that were this one's: a folder that comes back brings one along, whose process lives. */
  const lost = new Set<string>()

  /** Where it would listen; without a place for it, others cannot attach. */
  function place(): string | undefined {
    if (socket === undefined && unplaced === undefined) {
      try {
        socket = placeSocket(folder, env)
      } catch (error) {
        unplaced = troubleOf(error)
      }
    }
    return socket
  }

  function holder(): Holder {
    const { pid, command } = me
    const startTicks = startTicksOf(pid)
    const path = place()
    return {
      pid,
      command,
      nonce: uniqueDigits(24),
      ...here,
      ...(startTicks !== undefined && { startTicks }),
      ...(path !== undefined && { socket: path }),
    }
  }

  return {
    take(givenUp) {
      const taking = takeLock({ folder, me: holder(), here, access, givenUp: new Set([...givenUp, ...lost]), evict })
      if (taking.kind === 'taken') lock = taking.lock
      return taking
    },
    serve(live) {
      const { socket: path, nonce } = lock?.holder ?? {}
      if (path === undefined || nonce === undefined) {
        failed(unplaced ?? 'there is no place for a socket')
        return
      }
      try {
        // One of its own may have gone with the last time.
        makeFolder(dirname(path), FOLDER_MODE[access])
      } catch (error) {
        failed(troubleOf(error))
        return
      }
      const { bootId } = here
      const asked = { judge, readOnly, access, giveWay, failed }
      server = createShareServer({ path, nonce, me, bootId, clock, source: live, standing, ...asked })
      server.publish(told)
    },
    batch(batch) {
      const common = commonOf(batch)
      if (common !== undefined) standing.take(common)
      server?.batch(common, batch.clients ?? [])
    },
    publish(next) {
      told = next
      server?.publish(next)
    },
    held: () => lock?.held() === true,
    async leave() {
      const [left, path] = [lock, lock?.holder.socket ?? socket]
      lock = undefined
      if (left !== undefined) lost.add(left.holder.nonce)
      await server?.close()
      server = undefined
      // Where somebody has taken over, the socket of this name is theirs.
      if (path !== undefined) {
        if (left?.held()) removeSocket(path)
        else removeSocketFolder(path)
      }
      left?.release()
    },
  }
}

/** Whoever is stopped still lets others in at its socket, and never says a word. */
function evict({ socket }: Holder): void {
  if (socket !== undefined) removeSocket(socket)
}
