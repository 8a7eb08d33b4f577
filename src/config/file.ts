import { closeSync, existsSync, fstatSync, openSync, realpathSync, type Stats, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { configFolder } from './folder.ts'
import { ConfigError } from './problem.ts'
import { readAtMost } from './read.ts'

/** The configuration's file name in each folder where it may stand. */
export const CONFIG_NAME = 'healthtop.yaml'
/** For a whole machine. */
const SYSTEM = '/etc/healthtop/healthtop.yaml'
const LARGEST = 1024 * 1024
const OTHERS_WRITE = 0o022
const STICKY = 0o1000

/** Where a configuration is looked for: the person's own place, then that of the machine. */
export function configPaths(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, system = SYSTEM): readonly string[] {
  const folder = configFolder(env, platform)
  const own = folder === undefined ? [] : [join(folder, CONFIG_NAME)]
  return [...own, ...(platform === 'win32' ? [] : [system])]
}

/**
 * The configuration to use: the file that was named, else that of the person, else that of the machine. Undefined: there is none. Never
 * one of the working folder: a configuration can run commands.
 */
export function findConfig(
  said: string | undefined,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  system = SYSTEM,
): string | undefined {
  return said ?? configPaths(env, platform, system).find((path) => existsSync(path))
}

/**
 * The text of a configuration file. Throws ConfigError where it cannot be read, and where somebody else could have written it: its
 * permissions, its owner, or a folder in which others could put another in its place.
 */
export function readConfigFile(path: string, user = process.geteuid?.()): string {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const stats = fstatSync(file)
    if (stats.isDirectory()) throw new ConfigError(`${path}: it is a folder`)
    if (user !== undefined) refuseOthers(path, stats, user)
    const content = readAtMost(file, LARGEST)
    if (content === undefined) throw new ConfigError(`${path}: larger than 1 MiB, which no configuration is`)
    return content.toString('utf8')
  } catch (error) {
    throw error instanceof ConfigError ? error : new ConfigError(`${path}: ${reasonOf(error as NodeJS.ErrnoException)}`)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read'
  return code === 'EISDIR' ? 'it is a folder' : message
}

function refuseOthers(path: string, stats: Stats, user: number): void {
  // What others write to /dev/null nobody reads.
  if (stats.isCharacterDevice()) return
  const because = 'and a configuration can run commands'
  if (stats.uid !== 0 && stats.uid !== user)
    throw new ConfigError(
      `${path}: it belongs to user ${stats.uid}, ${because}; make it your own: chown ${user} ${path}`,
    )
  if ((stats.mode & OTHERS_WRITE) !== 0)
    throw new ConfigError(`${path}: others may write it, ${because}; take that from them: chmod go-w ${path}`)
  // A pipe (`-c <(…)`) stands in no folder.
  if (!stats.isFile()) return
  // A link can be put in another's place as a file can.
  const folders = new Set([resolve(path), realpathSync(path)].flatMap(foldersAbove))
  for (const folder of folders) {
    const { mode } = statSync(folder)
    if ((mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0)
      throw new ConfigError(
        `${path}: others may write its folder, ${because}; take that from them: chmod go-w ${folder}`,
      )
  }
}

function foldersAbove(path: string): string[] {
  const folder = dirname(path)
  return folder === path ? [] : [folder, ...foldersAbove(folder)]
}
