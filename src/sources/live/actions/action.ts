import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import type { Spawn } from '../../../lib/run-program.ts'
import type { ProcessCommand } from '../../../model/source.ts'
import { type LookUp, lookInProc } from './target.ts'

/** What actions have of the machine; parts of it are handed in by tests. */
export interface Machine {
  /** The folder that has `proc/`, `sys/` and `etc/`; `/` for this machine. */
  readonly root: string
  readonly platform: NodeJS.Platform
  /** Finds out who has a pid now. */
  readonly look: LookUp
  /** kill(2), as `process.kill`. */
  readonly kill: (pid: number, signal: number) => void
  /** setpriority(2), as `setPriority` of node:os. On Linux it acts on the one thread that has this id. */
  readonly setPriority: (id: number, nice: number) => void
  readonly spawn: Spawn
  /** Ends the programs that were started. */
  readonly signal: AbortSignal
}

/** The machine this runs on. */
export function thisMachine(root: string, signal: AbortSignal): Machine {
  return {
    root,
    platform: process.platform,
    look: lookInProc(root),
    kill: (pid, number) => process.kill(pid, number),
    setPriority,
    spawn,
    signal,
  }
}

export type CommandOf<Kind extends ProcessCommand['kind']> = Extract<ProcessCommand, { kind: Kind }>

/** One thing that can be done to a process. Reasons are words for people, safe to show. */
export interface Action<Kind extends ProcessCommand['kind']> {
  /** Why it can be done to nobody, whoever is meant; undefined when nothing speaks against it. */
  refuse(command: CommandOf<Kind>, machine: Machine): string | undefined
  /** Does it to one process (or thread) that was there a moment ago. Why it could not be done; undefined when it was. */
  apply(pid: number, command: CommandOf<Kind>, machine: Machine): Promise<string | undefined> | string | undefined
}
