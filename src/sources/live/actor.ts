import type { ProcessId } from '../../model/processes.ts'
import type { Command, Outcome, ProcessCommand, Scheduling } from '../../model/source.ts'
import { identify } from '../../probes/portable/processes/ps.ts'
import { thisMachine } from './actions/action.ts'
import { currentOf } from './actions/current.ts'
import { perform } from './actions/perform.ts'
import { possibleActions } from './actions/possible.ts'
import type { Platform } from './platform.ts'

/** Does things to the processes of this machine, with the rights of this program. */
export interface Actor {
  /** Empty where nothing may be done: read-only, or a recorded tree. */
  readonly can: ReadonlySet<Command['kind']>
  command(command: ProcessCommand): Promise<Outcome>
  /** How a process is scheduled now; undefined when it has ended, or is not of this machine. */
  inspect(target: ProcessId): Promise<Scheduling | undefined>
  /** Ends the programs that it runs. */
  stop(): void
}

export interface ActorOptions {
  readonly platform: Platform
  /** The folder below which `proc/` is; `/` for this machine. */
  readonly root: string
  readonly readOnly: boolean
}

/** Who makes one must stop it. */
export function createActor({ platform, root, readOnly }: ActorOptions): Actor {
  const children = new AbortController()
  const { signal } = children
  const machine = thisMachine(root, signal)
  // Who has a pid is found out in the same way as the rows that were shown.
  const seen = platform === 'procfs' ? machine : { ...machine, look: (pid: number) => identify(pid, signal) }
  let possible: ReadonlySet<Command['kind']> | undefined
  return {
    get can() {
      possible ??= readOnly || root !== '/' ? new Set() : possibleActions(machine.platform)
      return possible
    },
    async command(command) {
      if (readOnly) return { ok: false, reason: 'read-only' }
      if (root !== '/') return { ok: false, reason: 'this is a recording, not this machine' }
      return perform(command, seen)
    },
    inspect: async (target) => (root === '/' ? currentOf(target, seen) : undefined),
    stop: () => children.abort(),
  }
}
