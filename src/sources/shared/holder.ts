import { readFileSync, readlinkSync } from 'node:fs'
import type { Measurer } from '../../model/source.ts'

/** The healthtop that has the lock of a state folder, as its file tells. */
export interface Holder extends Measurer {
  /** Names this lock for good. */
  readonly nonce: string
  /** Start of the process in clock ticks since boot, proc_pid_stat(5); absent where the system has no /proc. */
  readonly startTicks?: number
  /** /proc/sys/kernel/random/boot_id, random(4). */
  readonly bootId?: string
  /** The namespace that the pid is of, pid_namespaces(7): in another one the same number is another process. */
  readonly pidNamespace?: string
  /** Where it listens for those who want to attach; absent where nobody can. */
  readonly socket?: string
}

export function measurerOf({ pid, command }: Holder): Measurer {
  return { pid, command }
}

/** Where a process runs: what a pid has to be read with. */
export type Place = Pick<Holder, 'bootId' | 'pidNamespace'>

/** `unsure`: the pid says nothing of it (another pid namespace, no start time to compare): whether it answers has to tell. */
export type Life = 'alive' | 'dead' | 'unsure'

/** The place of this process. */
export function thisPlace(): Place {
  const bootId = quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim())
  const pidNamespace = quietly(() => readlinkSync('/proc/self/ns/pid'))
  return { ...(bootId !== undefined && { bootId }), ...(pidNamespace !== undefined && { pidNamespace }) }
}

/** When a process started; undefined where there is no /proc, nobody has the pid, or it has ended and is only not waited for yet. */
export function startTicksOf(pid: number): number | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  if (stat === undefined) return undefined
  // The name may hold anything, even `) Z `.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state = ''] = fields
  return state === 'Z' || state === 'X' ? undefined : Number(fields[19])
}

/** Whether a holder lives still, seen from a place. */
export function lifeOf({ pid, startTicks, bootId, pidNamespace }: Holder, here: Place): Life {
  if (bootId !== undefined && here.bootId !== undefined && bootId !== here.bootId) return 'dead'
  if (pidNamespace !== here.pidNamespace) return 'unsure'
  const signal = signalOf(pid)
  if (signal === 'nobody') return 'dead'
  if (startTicks === undefined) return 'unsure'
  const now = startTicksOf(pid)
  if (now === startTicks) return 'alive'
  // Somebody else's may be hidden (hidepid of proc(5)): what cannot be compared is not dead.
  return now === undefined && signal === 'refused' ? 'unsure' : 'dead'
}

function signalOf(pid: number): 'taken' | 'refused' | 'nobody' {
  try {
    process.kill(pid, 0)
    return 'taken'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'refused' : 'nobody'
  }
}

/** What is not there, or may not be read, is not known. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
