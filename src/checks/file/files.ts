import { spawn as systemSpawn } from 'node:child_process'
import type { Spawn } from '../../lib/run-program.ts'
import type { CheckContext } from '../check.ts'
import type { FileAccess } from './access.ts'
import { localFiles } from './local.ts'
import { hangingMounts, reaches } from './reach.ts'
import { remoteFiles } from './remote.ts'

/** What files are asked with. */
export interface FileSystem {
  readonly spawn: Spawn
  /** proc_pid_mountinfo(5) of this process. */
  readonly mountinfo: string
}

export const SYSTEM_FILES: FileSystem = { spawn: systemSpawn, mountinfo: '/proc/self/mountinfo' }

/** How an absolute path is looked at without waiting for a mount that may hang. */
export async function accessTo(path: string, system: FileSystem, context: CheckContext): Promise<FileAccess> {
  const remote = await reaches(path, await hangingMounts(system.mountinfo))
  return remote ? remoteFiles(system.spawn, context) : localFiles(context.signal)
}
