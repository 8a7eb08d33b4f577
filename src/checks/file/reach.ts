import { lstat, readFile, readlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isWithin, type MountInfo, mayHang, parseMountinfo } from '../../lib/mountinfo.ts'

/** As the kernel: SYMLOOP_MAX, path_resolution(7). */
const MOST_LINKS = 40

/** Mounts that may hang, from a mountinfo file; none where there is no such file. Never waits for a mount. */
export async function hangingMounts(mountinfo: string): Promise<readonly MountInfo[]> {
  const bytes = await readFile(mountinfo).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES') return undefined
    throw error
  })
  return bytes === undefined ? [] : parseMountinfo(bytes, mayHang)
}

/**
 * Whether the way to an absolute path leads through one of the mounts, links followed. Each step is looked at before it is taken, so that
 * none of them is touched: resolving a path on such a mount is what hangs.
 */
export async function reaches(path: string, mounts: readonly Pick<MountInfo, 'path'>[]): Promise<boolean> {
  if (mounts.length === 0) return false
  let at = '/'
  let links = 0
  const left = path.split('/')
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    const next = part === '..' ? dirname(at) : join(at, part)
    if (mounts.some((mount) => isWithin(next, mount.path))) return true
    const target = part === '..' || part === '' ? undefined : await linkTarget(next)
    if (target === undefined) {
      at = next
      continue
    }
    if (++links > MOST_LINKS) return false
    if (target.startsWith('/')) at = '/'
    left.unshift(...target.split('/'))
  }
  return false
}

/** Where a link leads; undefined for what is no link, or cannot be looked at: asking for it tells why. */
async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined
  } catch {
    return undefined
  }
}
