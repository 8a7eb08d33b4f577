import { constants, type Stats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { type FileAccess, type FileFacts, type FileKind, FileRefusal } from './access.ts'

const CHUNK = 256 * 1024

/**
 * Files of this machine's own disks. Only regular files are read, and opening never waits (O_NONBLOCK): what is a file when it is looked at
 * may be a pipe when it is opened.
 */
export function localFiles(signal: AbortSignal): FileAccess {
  return {
    look: async (path) => {
      const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
        throw refusalOf(error)
      })
      return stats && factsOf(stats)
    },
    start: (path, bytes) =>
      reading(path, async (file) => {
        const buffer = Buffer.alloc(bytes)
        let length = 0
        for (let read = -1; read !== 0 && length < bytes; length += read) {
          signal.throwIfAborted()
          read = (await file.read(buffer, length, bytes - length, length)).bytesRead
        }
        return buffer.toString('utf8', 0, length)
      }),
    sha256: (path) =>
      reading(path, async (file) => {
        const { createHash } = await import('node:crypto')
        const hash = createHash('sha256')
        const buffer = Buffer.alloc(CHUNK)
        for (let at = 0; ; ) {
          signal.throwIfAborted()
          const { bytesRead } = await file.read(buffer, 0, CHUNK, at)
          if (bytesRead === 0) return hash.digest('hex')
          hash.update(buffer.subarray(0, bytesRead))
          at += bytesRead
        }
      }),
  }
}

async function reading<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    if (!(await file.stat()).isFile()) throw new FileRefusal('is no regular file', false)
    return await read(file)
  } catch (error) {
    throw refusalOf(error as NodeJS.ErrnoException)
  } finally {
    await file?.close()
  }
}

function factsOf(stats: Stats): FileFacts {
  return { kind: kindOf(stats), sizeBytes: stats.size, changedMs: stats.mtimeMs, uid: stats.uid }
}

function kindOf(stats: Stats): FileKind {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'folder'
  if (stats.isSocket()) return 'socket'
  return stats.isFIFO() ? 'pipe' : 'device'
}

/** What the system refuses, in words; any other error stays what it is. */
function refusalOf(error: NodeJS.ErrnoException): Error {
  if (error.code === undefined || error.syscall === undefined) return error
  if (error.code === 'EACCES' || error.code === 'EPERM') return new FileRefusal('may not be read by this user', true)
  if (error.code === 'ELOOP') return new FileRefusal('is a link that leads in a circle', false)
  return new FileRefusal(`cannot be read: ${error.code}`, false)
}
