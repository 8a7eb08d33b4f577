import { chmod, close, constants, fchmod, fstat, open, read, stat, statfs, write } from 'node:fs'
import { promisify } from 'node:util'
import { makeFolderLater } from '../../lib/make-folder.ts'
import { notRegular } from '../../lib/regular-file.ts'

/** What is asked of the file system to append. Rejects with what Node gives (`code`). A test hands in one that fails as real ones rarely do. */
export interface Disk {
  /** Makes a folder, and those above it, with these permissions. */
  makeFolder(path: string, mode: number): Promise<void>
  /** Gives a folder exactly these permissions. */
  permitFolder(path: string, mode: number): Promise<void>
  /** Opens a file to append, or makes it; a link, a FIFO or a folder in its place is none, wherever it leads. */
  open(path: string, mode: number): Promise<number>
  stat(fd: number): Promise<OpenFile>
  /** Gives an open file exactly these permissions. */
  permit(fd: number, mode: number): Promise<void>
  /** One write(2) at the end: bytes that were taken, which may be fewer. */
  append(fd: number, bytes: Uint8Array): Promise<number>
  /** The byte at a place; undefined past the end. */
  byteAt(fd: number, at: number): Promise<number | undefined>
  close(fd: number): Promise<void>
  /** The share of the file system that is left to who is not root (0..1); undefined where it does not tell. */
  free(path: string): Promise<number | undefined>
}

/** An open file, so that it is known again. */
export interface OpenFile {
  readonly dev: number
  readonly ino: number
  readonly size: number
  readonly mode: number
}

/** Callbacks, not FileHandles: of those one that is lost to a hanging disk would be closed, with a warning, by the garbage collector. */
const asked = {
  open: promisify(open),
  close: promisify(close),
  fstat: promisify(fstat),
  fchmod: promisify(fchmod),
  stat: promisify(stat),
  chmod: promisify(chmod),
  read: promisify(read),
  write: promisify(write),
  statfs: promisify(statfs),
}

const APPEND = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK
const PERMISSIONS = 0o777

/** The file system of this machine. */
export const systemDisk: Disk = {
  makeFolder: makeFolderLater,
  async permitFolder(path, mode) {
    const found = (await asked.stat(path)).mode & PERMISSIONS
    if (found !== mode && process.platform !== 'win32') await asked.chmod(path, mode)
  },
  async open(path, mode) {
    const fd = await asked.open(path, APPEND, mode)
    if ((await asked.fstat(fd)).isFile()) return fd
    await asked.close(fd)
    throw notRegular(path)
  },
  async stat(fd) {
    const { dev, ino, size, mode } = await asked.fstat(fd)
    return { dev, ino, size, mode: mode & PERMISSIONS }
  },
  async permit(fd, mode) {
    if (process.platform !== 'win32') await asked.fchmod(fd, mode)
  },
  async append(fd, bytes) {
    return (await asked.write(fd, bytes)).bytesWritten
  },
  async byteAt(fd, at) {
    const { bytesRead, buffer } = await asked.read(fd, new Uint8Array(1), 0, 1, at)
    return bytesRead === 1 ? buffer[0] : undefined
  },
  close: (fd) => asked.close(fd),
  async free(path) {
    const { bavail, blocks } = await asked.statfs(path)
    return blocks > 0 ? bavail / blocks : undefined
  },
}
