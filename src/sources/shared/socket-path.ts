import { lstatSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'

/** The socket of a state folder. */
export const SOCKET_NAME = 'healthtop.sock'
/** What sun_path of unix(7) takes, the 0 at its end left out: 104 bytes on macOS and the BSDs, 108 on Linux. */
const LONGEST_BYTES = process.platform === 'linux' ? 107 : 103
const FOLDER_PREFIX = 'healthtop-'

/**
 * Where the socket of a state folder is: of a service in the folder that systemd made for it (`RuntimeDirectory=`, systemd.exec(5)), else in the
 * state folder, or, where its path is too long for a socket, in a folder of its own that only this user may open, made now below
 * $XDG_RUNTIME_DIR or the folder of temporary files. Throws the system's error.
 */
export function placeSocket(folder: string, env: NodeJS.ProcessEnv): string {
  const [given = ''] = env.RUNTIME_DIRECTORY?.split(':') ?? []
  const path = resolve(isAbsolute(given) ? given : folder, SOCKET_NAME)
  if (Buffer.byteLength(path) <= LONGEST_BYTES) return path
  const { XDG_RUNTIME_DIR: runtime = '' } = env
  return join(mkdtempSync(join(isAbsolute(runtime) ? runtime : tmpdir(), FOLDER_PREFIX)), SOCKET_NAME)
}

/**
 * Takes away the socket that somebody has left, with its folder where that was made for it. Where that may not be it stays; so does one of
 * another name: a lock file can name any.
 */
export function removeSocket(path: string): void {
  if (basename(path) !== SOCKET_NAME || !isSocket(path)) return
  quietly(() => rmSync(path, { force: true }))
  removeSocketFolder(path)
}

/** Takes away the folder of a socket, where that was made for it and is empty: somebody else's things are left alone. */
export function removeSocketFolder(path: string): void {
  const folder = dirname(path)
  if (basename(folder).startsWith(FOLDER_PREFIX)) quietly(() => rmdirSync(folder))
}

/** What may not be done is left undone. */
function quietly(work: () => void): void {
  try {
    work()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
  }
}

/** A lock file can name anything: nothing but a socket is taken away for it. */
function isSocket(path: string): boolean {
  try {
    return lstatSync(path).isSocket()
  } catch {
    return false
  }
}
