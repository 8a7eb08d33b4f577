import type { SocketGroup } from '../../../model/watch.ts'
import type { Bytes, HostFiles } from '../../probe.ts'
import { type Owner, ownersOf } from '../socket-owners.ts'
import { readSocketTable } from '../socket-table.ts'
import { known, type Look, look, type ProcessFiles, REFUSED } from './reader.ts'
import { groupSockets, type OwnSocket } from './socket-groups.ts'
import { parseInetLine, parseUnixLine } from './socket-lines.ts'

const SOCKET = /^socket:\[(\d+)\]$/
const MOST_DESCRIPTORS = 20_000
/** Owners that were found, and inodes without one: more than this, and they are sought anew. */
const MOST_OWNERS = 20_000

const TABLES = [
  { name: 'tcp', protocol: 'tcp' },
  { name: 'tcp6', protocol: 'tcp' },
  { name: 'udp', protocol: 'udp' },
  { name: 'udp6', protocol: 'udp' },
] as const

/** The sockets of one process, from the tables of its own network namespace, and who is at their other ends. */
export class Sockets {
  private readonly files: ProcessFiles
  private readonly host: HostFiles
  private readonly pid: number
  /** By inode; undefined for one whose owner was sought in vain. */
  private readonly owners = new Map<number, Owner | undefined>()

  constructor(files: ProcessFiles, host: HostFiles, pid: number) {
    this.files = files
    this.host = host
    this.pid = pid
  }

  /** Costs 2 ms a table and more, and looking for owners as much as looking into all processes: not for a tick. */
  read(): Look<readonly SocketGroup[]> {
    const inodes = this.inodes()
    if (inodes === undefined || inodes === REFUSED) return inodes
    if (inodes.size === 0) return []
    const own: OwnSocket[] = []
    /** Inodes of connections within this machine, by both ends. */
    const ends = new Map<string, number>()
    for (const { name, protocol } of TABLES) {
      this.readTable(name, (line) => {
        const socket = parseInetLine(line, protocol)
        if (socket === undefined) return true
        if (inodes.has(socket.inode)) own.push({ ...socket, protocol })
        if (isLocal(socket.local, socket.remote)) ends.set(keyOf(protocol, socket.local, socket.remote), socket.inode)
        return true
      })
    }
    return groupSockets(this.withPeers(own, ends), this.unixGroups(inodes))
  }

  /** As far as it goes: a process that ends meanwhile takes the tables of its namespace with it (ENXIO, EINVAL). */
  private readTable(name: string, more: (line: Bytes) => boolean): void {
    look(() => readSocketTable(this.host.root, `proc/${this.pid}/net/${name}`, more))
  }

  private inodes(): Look<ReadonlySet<number>> {
    const names = this.files.list(this.pid, 'fd')
    if (names === undefined || names === REFUSED) return names
    const inodes = new Set<number>()
    for (const name of names.slice(0, MOST_DESCRIPTORS)) {
      const inode = SOCKET.exec(known(this.files.link(this.pid, `fd/${name}`)) ?? '')?.[1]
      if (inode !== undefined) inodes.add(Number(inode))
    }
    return inodes
  }

  private unixGroups(inodes: ReadonlySet<number>): SocketGroup[] {
    const groups: SocketGroup[] = []
    this.readTable('unix', (line) => {
      const socket = parseUnixLine(line)
      if (socket === undefined || !inodes.has(socket.inode)) return true
      const { state, path } = socket
      groups.push({ protocol: 'unix', state, local: path, peer: '', count: 1, receiveQueue: 0, sendQueue: 0 })
      return true
    })
    return groups
  }

  private withPeers(own: readonly OwnSocket[], ends: ReadonlyMap<string, number>): OwnSocket[] {
    const peers = own.map(({ local, remote, protocol }) => {
      if (!isLocal(local, remote)) return undefined
      return ends.get(keyOf(protocol, remote, local))
    })
    this.seek(new Set(peers.filter((inode) => inode !== undefined && inode !== 0)) as ReadonlySet<number>)
    return own.map((socket, index) => {
      const owner = this.owners.get(peers[index] ?? 0)
      const name = owner?.process ?? (owner && `pid ${owner.pid}`)
      return name === undefined ? socket : { ...socket, peerProcess: name }
    })
  }

  private seek(inodes: ReadonlySet<number>): void {
    if (this.owners.size > MOST_OWNERS) this.owners.clear()
    const unknown = new Set([...inodes].filter((inode) => !this.owners.has(inode)))
    if (unknown.size === 0) return
    const found = ownersOf(this.host, unknown)
    for (const inode of unknown) this.owners.set(inode, found.get(inode))
  }
}

/** `::ffff:0:0/96`: IPv4 in a socket of IPv6, whose other end may be one of IPv4. */
const MAPPED = '0000000000000000FFFF0000'

function keyOf(protocol: string, here: string, there: string): string {
  return `${protocol} ${plain(here)} ${plain(there)}`
}

function plain(end: string): string {
  return end.startsWith(MAPPED) ? end.slice(MAPPED.length) : end
}

/** Both ends of a connection within a machine have the same address, or lie in 127.0.0.0/8. */
function isLocal(local: string, remote: string): boolean {
  const [here = ''] = plain(local).split(':', 1)
  const [there = ''] = plain(remote).split(':', 1)
  if (remote.endsWith(':0000')) return false
  return here === there || (here.length === 8 && here.endsWith('7F') && there.endsWith('7F'))
}
