import { accessSync, constants, lstatSync } from 'node:fs'
import { join } from 'node:path'
import { isProcessCommand, isProcessKind } from '../../model/source.ts'
import type { Actor } from '../live/actor.ts'
import { type Client, type ClientOptions, createClient, type Ending } from './client.ts'
import { type Holder, lifeOf, type Place } from './holder.ts'
import { LOCK_NAME } from './lock.ts'
import { type Found, readLockFile } from './lock-file.ts'

/** A `healthtop run` that measures for a state folder which is not one's own, and where it lets others in. */
export interface Service extends Holder {
  readonly socket: string
}

/**
 * The service of a state folder, where it lives and this process may attach to it; undefined where there is none, or it is nobody's business. Those of
 * these nonces do not take us. Never throws.
 */
export function findService(
  folder: string,
  here: Place,
  givenUp: ReadonlySet<string> = new Set(),
): Service | undefined {
  const found = lockOf(folder)
  if (found?.kind !== 'holder') return undefined
  const { holder } = found
  const { socket, nonce, command } = holder
  if (command !== 'run' || socket === undefined || givenUp.has(nonce) || lifeOf(holder, here) === 'dead')
    return undefined
  return mayConnect(socket) ? { ...holder, socket } : undefined
}

/**
 * A connection to a service. What is done to processes is done here, with the rights of who looks: the service has rights that those of its group have
 * not. Ends the actor with itself.
 */
export function createServiceClient(options: ClientOptions, actor: Actor): Client {
  const client = createClient({
    ...options,
    can: (kinds) => options.can([...kinds.filter((kind) => !isProcessKind(kind)), ...actor.can]),
    ended(ending, reached) {
      actor.stop()
      options.ended(ending, reached)
    },
  })
  return {
    ...client,
    command: (command) => (isProcessCommand(command) ? actor.command(command) : client.command(command)),
    inspect: (target) => actor.inspect(target),
    close() {
      actor.stop()
      client.close()
    },
  }
}

const ENDINGS: Readonly<Record<Ending['kind'], string>> = {
  gone: 'has ended',
  silent: 'does not answer',
  refused: 'does not go on with this one',
}

/** What happened when the service was lost, and why. */
export function lostText({ pid }: Holder, ending: Ending): string {
  const reason = ending.kind === 'refused' ? `: ${ending.reason}` : ''
  return `goes on without the service: pid ${pid} ${ENDINGS[ending.kind]}${reason}`
}

function lockOf(folder: string): Found | undefined {
  try {
    return readLockFile(join(folder, LOCK_NAME))
  } catch {
    // What may not be read is as good as not there: this process is not meant.
    return undefined
  }
}

function mayConnect(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return lstatSync(path).isSocket()
  } catch {
    return false
  }
}
