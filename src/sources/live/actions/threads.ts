import { readdirSync } from 'node:fs'
import { Cursor } from '../../../lib/decimal.ts'
import { codeOf, ENDED, readOptional } from './target.ts'

/** So often threads are looked for that were started meanwhile. */
export const ROUNDS = 4

/** The process of a thread, from /proc/PID/status, proc_pid_status(5): the line `Tgid:`. NaN if there is none. */
export function parseThreadGroup(bytes: Uint8Array): number {
  const cursor = new Cursor(bytes)
  while (!cursor.done) {
    if (cursor.take('Tgid:')) return cursor.integer()
    cursor.skipLine()
  }
  return Number.NaN
}

/** Whether an id is that of one thread of a process, and not of the process. */
export function isThread(id: number, root: string): boolean {
  const status = readOptional(`${root}/proc/${id}/status`)
  const group = status === undefined ? Number.NaN : parseThreadGroup(status)
  return !Number.isNaN(group) && group !== id
}

/** Ids of all threads of a process, its first one's first; the id itself if it is that of a thread. Empty when it has ended. */
export function threadsOf(id: number, root: string): number[] {
  if (isThread(id, root)) return [id]
  try {
    return readdirSync(`${root}/proc/${id}/task`).map(Number)
  } catch (error) {
    if (codeOf(error) !== '') return []
    throw error
  }
}

/** What became of several threads: one that has ended meanwhile is none that is left out; where all have, nothing was done. */
export function ofThreads(reasons: readonly (string | undefined)[]): string | undefined {
  if (reasons.every((why) => why === ENDED)) return ENDED
  return reasons.find((why) => why !== undefined && why !== ENDED)
}

/**
 * Does something to every thread of a process, and again to those that were started meanwhile: a thread inherits from the one that
 * started it, which may not have had its turn. `act` gives why not; ENDED when one of its threads was not there any more, so that the
 * others get another turn. Undefined when it was done.
 */
export async function everyThread(
  id: number,
  root: string,
  act: (threads: readonly number[], round: number) => Promise<string | undefined> | string | undefined,
): Promise<string | undefined> {
  const done = new Set<number>()
  let reason: string | undefined = ENDED
  for (let round = 0; round < ROUNDS; round++) {
    const left = threadsOf(id, root).filter((thread) => !done.has(thread))
    if (left.length === 0) return done.size > 0 ? undefined : ENDED
    reason = await act(left, round)
    if (reason === undefined) for (const thread of left) done.add(thread)
    else if (reason !== ENDED) return reason
  }
  return reason
}
