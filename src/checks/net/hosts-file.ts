import { readFileSync, statSync } from 'node:fs'

/** Addresses by name in lower case, in the order of the file. */
export type Hosts = ReadonlyMap<string, readonly string[]>

/** Reads `127.0.0.1 localhost web.internal # comment`. Source: hosts(5). */
export function parseHosts(text: string): Hosts {
  const hosts = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [address, ...names] = line
      .replace(/#.*/s, '')
      .split(/\s+/)
      .filter((word) => word !== '')
    if (address === undefined) continue
    for (const name of names) {
      const known = hosts.get(name.toLowerCase())
      if (known === undefined) hosts.set(name.toLowerCase(), [address])
      else if (!known.includes(address)) known.push(address)
    }
  }
  return hosts
}

/** Where the system keeps it. */
export function hostsPath(): string {
  return process.platform === 'win32'
    ? `${process.env.SystemRoot ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts`
    : '/etc/hosts'
}

let last: { readonly path: string; readonly stamp: string; readonly hosts: Hosts } | undefined

/** What a hosts file says now; it is read again only when it changed. Nothing where there is none or it may not be read. */
export function readHosts(path: string): Hosts {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status === undefined) return new Map()
  const stamp = `${status.mtimeMs} ${status.size} ${status.ino}`
  if (last?.path === path && last.stamp === stamp) return last.hosts
  try {
    last = { path, stamp, hosts: parseHosts(readFileSync(path, 'utf8')) }
    return last.hosts
  } catch {
    return new Map()
  }
}
