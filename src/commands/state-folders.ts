import { accessSync, constants, readdirSync } from 'node:fs'
import { serviceFolder, stateFolder } from '../config/folder.ts'
import { logFileOf, logFolder } from '../log/files.ts'
import { thisPlace } from '../sources/shared/holder.ts'
import { findService } from '../sources/shared/service.ts'
import type { Options } from './options.ts'

/** Where state is kept. */
export interface StateFolders {
  /** Where a run keeps its own; undefined where it keeps nothing. */
  readonly own?: string
  /** Where the service keeps its, which a person may look at; undefined for who said which folder is meant, and for the service itself. */
  readonly service?: string
}

/** The state folders that count for a command. With `--no-log` none does, and a recorded tree is another machine, whose past this is not. */
export function stateFolders(
  { stateDir, root, log }: Pick<Options, 'stateDir' | 'root' | 'log'>,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): StateFolders {
  if (log === 'off') return {}
  if (stateDir !== undefined) return { own: stateDir }
  if (root !== '/') return {}
  const own = stateFolder(env, platform)
  const service = env.STATE_DIRECTORY ? undefined : serviceFolder(env, platform)
  return { ...(own !== undefined && { own }), ...(service !== undefined && service !== own && { service }) }
}

/**
 * The folder whose log a command reads: that of a service that measures and lets this user read; else one's own; where that has no log the one
 * that a service has left. Undefined where there is no folder at all. It is the one whose charts a dashboard shows that is started now.
 */
export function folderToRead({ own, service }: StateFolders): string | undefined {
  if (service === undefined || !hasLog(service)) return own
  const isMeasuring = findService(service, thisPlace()) !== undefined
  return isMeasuring || own === undefined || !hasLog(own) ? service : own
}

/** Whether a state folder has a log that this user may read. */
function hasLog(state: string): boolean {
  const folder = logFolder(state)
  try {
    accessSync(folder, constants.R_OK | constants.X_OK)
    return readdirSync(folder).some((name) => logFileOf(name) !== undefined)
  } catch {
    // Not there, or not for this user.
    return false
  }
}
