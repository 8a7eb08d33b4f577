import { readFileSync } from 'node:fs'
import { safeText } from '../../../lib/text.ts'
import type { ProcessId } from '../../../model/processes.ts'
import { parseStat, StatReading } from '../../../probes/linux/processes/stat.ts'

const ZOMBIE = 'Z'.charCodeAt(0)

export const ENDED = 'ended already'

/** Who has a pid now. */
export interface Seen {
  readonly startTicks: number
  /** Has ended, but its parent has not asked how. */
  readonly zombie: boolean
  readonly nice: number
}

/** Undefined when nobody has the pid. Rejects where that cannot be found out. */
export type LookUp = (pid: number) => Seen | undefined | Promise<Seen | undefined>

/** The code of a system error (`EPERM`); empty for what is none. libuv's own errors have it inside. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return ''
  if ('info' in error && typeof error.info === 'object' && error.info !== null && 'code' in error.info) {
    return String(error.info.code)
  }
  return String(error.code)
}

/** A file that may not be there, or no longer, or not for us: undefined. */
export function readOptional(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (codeOf(error) !== '') return undefined
    throw error
  }
}

function failure(error: unknown): string {
  return `not found out who it is: ${safeText(error instanceof Error ? error.message : String(error), 100)}`
}

/** Looks into /proc/PID/stat, proc_pid_stat(5), which has threads too. */
export function lookInProc(root: string): LookUp {
  return (pid) => {
    const stat = readOptional(`${root}/proc/${pid}/stat`)
    const reading = new StatReading()
    if (stat === undefined || !parseStat(stat, stat.length, reading)) return undefined
    const { startTicks, state, threads, nice } = reading
    // Where only the first thread has ended, the others go on: pthread_exit(3) in main.
    return { startTicks, zombie: state === ZOMBIE && threads <= 1, nice }
  }
}

/** Why a process is not the one that is meant, or cannot be acted on; else what was seen of it. To be asked right before acting. */
export async function checkTarget({ pid, startTicks }: ProcessId, look: LookUp): Promise<Seen | string> {
  // 0 and negative numbers would be groups of processes, kill(2).
  if (!Number.isSafeInteger(pid) || pid <= 0) return `${pid} is no process`
  const found = look(pid)
  // A program that is asked may fail; files are there or not.
  const seen = found instanceof Promise ? await found.catch(failure) : found
  if (typeof seen === 'string') return seen
  if (seen === undefined) return ENDED
  if (seen.startTicks !== startTicks) return `pid ${pid} is another process now`
  if (seen.zombie) return `${ENDED}, its parent has not noticed yet`
  return seen
}
