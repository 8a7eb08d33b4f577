import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSafe } from '../decode.ts'
import type { HostFiles } from '../probe.ts'

/** Machines with more processes have their first ones looked at: servers are started early. */
const MAX_PROCESSES = 2000
/** Descriptors of one process; listening sockets are opened at its start and have low numbers. */
const MAX_DESCRIPTORS = 1024
const SOCKET = /^socket:\[(\d+)\]$/
const MAX_NAME = 64

/** The process that holds a socket. */
export interface Owner {
  readonly pid: number
  /** Its comm. Absent if it could not be read. */
  readonly process?: string
}

/**
 * Finds who holds the sockets with these inodes, by the links in /proc/PID/fd (proc_pid_fd(5)): about 3 µs a descriptor, until all are
 * found. Of several holders (a server and its workers) the one with the lowest pid is told. Processes of others may not be looked into
 * without privileges: their sockets are missing in the answer.
 */
export function ownersOf(files: HostFiles, inodes: ReadonlySet<number>): Map<number, Owner> {
  const owners = new Map<number, Owner>()
  if (inodes.size === 0) return owners
  const pids = numbers(files.list('proc')).slice(0, MAX_PROCESSES)
  for (const pid of pids) {
    let owner: Owner | undefined
    for (const fd of numbers(files.list(`proc/${pid}/fd`)).slice(0, MAX_DESCRIPTORS)) {
      const inode = socketInode(join(files.root, `proc/${pid}/fd/${fd}`))
      if (inode === undefined || !inodes.has(inode) || owners.has(inode)) continue
      owner ??= ownerOf(files, pid)
      owners.set(inode, owner)
    }
    if (owners.size === inodes.size) break
  }
  return owners
}

/** Whether the process is there still, under its name. A pid used again by a namesake is taken for it: the next change tells. */
export function stillOwns(files: HostFiles, owner: Owner): boolean {
  return readName(files, owner.pid) === owner.process
}

function ownerOf(files: HostFiles, pid: number): Owner {
  const process = readName(files, pid)
  return process === undefined ? { pid } : { pid, process }
}

function readName(files: HostFiles, pid: number): string | undefined {
  const comm = files.optional(`proc/${pid}/comm`)
  return comm === undefined ? undefined : decodeSafe(comm, MAX_NAME).trim()
}

function numbers(names: readonly string[]): number[] {
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)
}

/** Descriptors may be closed and processes may end while one looks. */
function socketInode(link: string): number | undefined {
  try {
    const inode = SOCKET.exec(readlinkSync(link))?.[1]
    return inode === undefined ? undefined : Number(inode)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}
