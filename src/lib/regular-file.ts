import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/** A FIFO without a writer would be waited for, and the thread with it. */
const READ = constants.O_RDONLY | constants.O_NONBLOCK
const UNLINKED = READ | constants.O_NOFOLLOW

/**
 * Opens a file to read it, and nothing else: what lies in a folder under the name of a file may be a FIFO, a folder or a device. Rejects with the
 * system's error, EFTYPE for those. `unlinked`: a symbolic link is none either (ELOOP), wherever it leads.
 */
export async function openRegular(path: string, links?: 'unlinked'): Promise<FileHandle> {
  const file = await open(path, links === 'unlinked' ? UNLINKED : READ)
  try {
    if (!(await file.stat()).isFile()) throw notRegular(path)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/** The first bytes of a small file, at once, and when it was changed last. As `openRegular`, `unlinked`. */
export function readRegularSync(path: string, most: number): { bytes: Buffer; ino: number; mtimeMs: number } {
  const fd = openSync(path, UNLINKED)
  try {
    const stats = fstatSync(fd)
    if (!stats.isFile()) throw notRegular(path)
    const bytes = Buffer.allocUnsafe(Math.min(most, stats.size))
    return { bytes: bytes.subarray(0, readSync(fd, bytes)), ino: stats.ino, mtimeMs: stats.mtimeMs }
  } finally {
    closeSync(fd)
  }
}

/** Whether a file could not be opened because something else than a file lies there, which no waiting changes. */
export function isOfItself(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EFTYPE' || code === 'ELOOP'
}

/** The error that BSD has for it. */
export function notRegular(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`EFTYPE: no regular file, '${path}'`), { code: 'EFTYPE', errno: -79 })
}
