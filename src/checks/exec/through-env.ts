import { resolve } from 'node:path'
import type { MountInfo } from '../../lib/mountinfo.ts'
import { reaches } from '../file/reach.ts'
import type { Plugin } from './run-plugin.ts'

/**
 * The same plug-in, started by env(1) of coreutils where its program or its folder lies on a mount that may hang: whoever starts a program
 * waits until it has entered its folder and has been found, which would hold this thread; so that waits in a process that can be left.
 */
export async function throughEnv(plugin: Plugin, mounts: readonly MountInfo[]): Promise<Plugin> {
  if (mounts.length === 0) return plugin
  const { command, cwd, env } = plugin
  const [program, ...args] = command
  const folderHangs = cwd !== undefined && (await reaches(cwd, mounts))
  const path = resolve(cwd ?? '/', program)
  if (!folderHangs && !(program.includes('/') && (await reaches(path, mounts)))) return plugin
  const folder = cwd === undefined ? [] : ['-C', cwd]
  return { command: ['env', ...folder, '--', program, ...args], env }
}
