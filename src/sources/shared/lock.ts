import { chmodSync, lstatSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Access, FOLDER_MODE } from '../../lib/access.ts'
import { makeFolder } from '../../lib/make-folder.ts'
import { isOfItself } from '../../lib/regular-file.ts'
import { troubleOf } from '../../lib/trouble.ts'
import { type Holder, lifeOf, type Place } from './holder.ts'
import { createLockFile, type Found, readLockFile, writeWhole } from './lock-file.ts'

/** The lock of a state folder. */
export const LOCK_NAME = 'healthtop.lock'
/** Of a server that died before its socket had got its name. */
const UNNAMED_SOCKET = /^\.[0-9a-f]{8}\.sock$/
const PERMISSIONS = 0o7777
const WRITABLE_BY_OTHERS = 0o002
/** In such a folder nobody but its owner replaces what is another's. */
const STICKY = 0o1000
/** Each look that was overtaken is followed by another: so often only where something is wrong with the folder. */
const MOST_LOOKS = 200

/** A state folder of which this process has the lock. */
export interface Lock {
  readonly holder: Holder
  /** Whether it is this one's still: the folder may have vanished, or somebody who did not hear from us has taken over. */
  held(): boolean
  /** Lets go of it, where it is still held. Never throws. */
  release(): void
}

export type Taking =
  | {
      readonly kind: 'taken'
      readonly lock: Lock /** Who had it before, and did not let go of it. */
      readonly after?: Holder
    }
  | {
      readonly kind: 'held'
      readonly by: Holder /** Only whether it answers can tell that it lives. */
      readonly unsure: boolean
    }
  /** Another is about to take it: to be asked again in a moment. */
  | { readonly kind: 'busy' }
  /** There can be none here: a folder that cannot be made or written. */
  | { readonly kind: 'failed'; readonly reason: string }

export interface Claim {
  readonly folder: string
  readonly me: Holder
  readonly here: Place
  /** Who may know of it; the folder's owner alone unless given. */
  readonly access?: Access
  /** Nonces of holders that do not answer: they count as dead. */
  readonly givenUp?: ReadonlySet<string>
  /** Takes away what a dead one has left, before anybody can see who follows it: others would turn to it. Must not throw. */
  readonly evict?: (dead: Holder) => void
}

type Sight = Pick<Required<Claim>, 'here' | 'access' | 'givenUp' | 'evict'>

/**
 * Takes the lock of a state folder, at once or not at all. Node has no flock(2), and to remove a stale file and to make one anew are two
 * steps between which another starter may stand. So nobody removes it: who finds that the holder is dead makes the *successor's* file, named
 * after the lock that it follows and made with link(2), which one alone can. Then it renames itself over the lock. A successor that
 * died in between has a successor of its own. Who made such a file and finds that the lock is another one by now was too late: its file follows
 * a lock that will never be there again. Never throws: what the system refuses is the reason of `failed`, in words.
 */
export function takeLock(claim: Claim): Taking {
  const { folder, me, here, access = 'owner', givenUp = new Set(), evict = () => {} } = claim
  const path = join(folder, LOCK_NAME)
  try {
    makeFolder(folder, FOLDER_MODE[access])
    if (access !== 'owner') openFolder(folder, FOLDER_MODE[access])
    for (let look = 0; look < MOST_LOOKS; look++) {
      const head = readLockFile(path)
      if (head === undefined) {
        if (createLockFile(path, me, access)) return { kind: 'taken', lock: lockOf(path, me) }
        continue
      }
      const outcome = follow(path, head, me, { here, access, givenUp, evict })
      if (outcome !== 'again') return outcome
    }
    return { kind: 'busy' }
  } catch (error) {
    return { kind: 'failed', reason: `${isOfItself(error) ? path : folder}: ${troubleOf(error)}` }
  }
}

/** Lets those in who may look; nobody is shut out. */
function openFolder(folder: string, mode: number): void {
  const { mode: found } = statSync(folder)
  if ((found & mode) !== mode) chmodSync(folder, (found & PERMISSIONS) | mode)
}

/** Whether anybody may put something else in the place of what is in a folder. Never throws: of a folder that is not there this is not so. */
export function isForAnybody(folder: string): boolean {
  try {
    return (statSync(folder).mode & (WRITABLE_BY_OTHERS | STICKY)) === WRITABLE_BY_OTHERS
  } catch {
    return false
  }
}

function follow(path: string, head: Found, me: Holder, sight: Sight): Taking | 'again' {
  let last = head
  const chain = [head]
  for (;;) {
    const standing = standingOf(last, sight)
    // One that is about to take it listens only once it has.
    if (standing !== undefined) return last === head ? standing : { kind: 'busy' }
    const next = successorPath(path, nonceOf(last))
    const found = readLockFile(next)
    if (found !== undefined) {
      last = found
      chain.push(found)
      continue
    }
    if (!createLockFile(next, me, sight.access)) return 'again'
    const now = readLockFile(path)
    if (now === undefined || nonceOf(now) !== nonceOf(head)) {
      rmSync(next, { force: true })
      return 'again'
    }
    const before = last.kind === 'holder' ? last.holder : undefined
    for (const found of chain) if (found.kind === 'holder') sight.evict(found.holder)
    replace(path, me, sight.access)
    tidy(path, me)
    return { kind: 'taken', lock: lockOf(path, me), ...(before !== undefined && { after: before }) }
  }
}

/** Why the lock cannot be had from this one; undefined where it is dead. */
function standingOf(found: Found, { here, givenUp }: Sight): Taking | undefined {
  if (givenUp.has(nonceOf(found))) return undefined
  if (found.kind === 'torn') return found.fresh ? { kind: 'busy' } : undefined
  const life = lifeOf(found.holder, here)
  return life === 'dead' ? undefined : { kind: 'held', by: found.holder, unsure: life === 'unsure' }
}

function nonceOf(found: Found): string {
  return found.kind === 'torn' ? found.nonce : found.holder.nonce
}

function successorPath(path: string, nonce: string): string {
  return `${path}.after-${nonce}`
}

function replace(path: string, me: Holder, access: Access): void {
  const whole = `${path}.${me.nonce}.new`
  writeWhole(whole, me, access)
  renameSync(whole, path)
}

/** Files of successions that are over, and what those left who died while they took part; never of the one that begins. */
function tidy(path: string, me: Holder): void {
  const folder = join(path, '..')
  const own = `${LOCK_NAME}.after-${me.nonce}`
  for (const name of readdirSync(folder)) {
    const over = name.startsWith(`${LOCK_NAME}.`) && name !== own
    if (over || UNNAMED_SOCKET.test(name)) rmSync(join(folder, name), { force: true })
  }
}

/** What tells a file from one that has taken its place, and from itself after a change; undefined where there is none. */
function stateOf(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  return stats && `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`
}

function lockOf(path: string, holder: Holder): Lock {
  /** The file in which this holder was read last: as long as it is that one, it need not be read again. */
  let known: string | undefined
  const held = () => {
    try {
      const state = stateOf(path)
      if (state !== undefined && state === known) return true
      const found = readLockFile(path)
      const isMine = found?.kind === 'holder' && found.holder.nonce === holder.nonce
      known = isMine ? state : undefined
      return isMine
    } catch {
      // A folder that may not be read any more is nobody's to share.
      return false
    }
  }
  return {
    holder,
    held,
    release() {
      if (!held()) return
      try {
        rmSync(path, { force: true })
      } catch {
        // A folder that may not be written any more: once this process is gone the lock is one that was left behind.
      }
    },
  }
}
