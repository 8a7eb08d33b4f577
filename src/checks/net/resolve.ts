import { lookup as getaddrinfo, type LookupAddress } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { hostsPath, readHosts } from './hosts-file.ts'

export interface Address {
  readonly address: string
  readonly family: 4 | 6
}

/** Where names are looked up. */
export interface NameSources {
  readonly hosts: string
  /** Name servers instead of the system's: `127.0.0.1:5353`. */
  readonly servers?: readonly string[]
  /** The last resort; `dns.lookup` of Node. */
  readonly lookup: (host: string, family: 0 | 4 | 6) => Promise<readonly Address[]>
}

/** How long the other family may take once one has answered (RFC 8305, section 3). */
const RESOLUTION_DELAY_MS = 50

function addressOf({ address, family }: LookupAddress): Address {
  return { address, family: family === 6 ? 6 : 4 }
}

/** This machine's hosts file, its name servers, its getaddrinfo. */
export const SYSTEM_NAMES: NameSources = {
  hosts: hostsPath(),
  lookup: (host, family) =>
    new Promise((resolve, reject) => {
      getaddrinfo(host, { family, all: true, verbatim: true }, (error, found) => {
        if (error === null) resolve(found.map(addressOf))
        else reject(error)
      })
    }),
}

/**
 * Addresses of a host, in the order in which to try them. Addresses, `localhost` (RFC 6761) and the hosts file cost nothing; other names
 * are asked of the name servers with c-ares, which needs no thread and is cancelled with the signal. Only a name that is not found there
 * is asked of getaddrinfo, which knows search domains, mDNS and what else nsswitch.conf names.
 * Rejects with an error whose `code` is one of node:dns and whose `hostname` is the host, or with the signal's reason.
 */
export async function resolve(
  host: string,
  family: 4 | 6 | undefined,
  signal: AbortSignal,
  sources: NameSources = SYSTEM_NAMES,
): Promise<readonly Address[]> {
  signal.throwIfAborted()
  const near = nearby(host, sources.hosts)
  if (near !== undefined) {
    const found = near.filter((address) => family === undefined || address.family === family)
    if (found.length > 0) return found
    // A name that the hosts file gives another family only may still have this one elsewhere.
    if (isIP(host) !== 0 || isLocalhost(host)) throw notFound(host, family)
  }
  try {
    return await askServers(host, family, signal, sources.servers)
  } catch (error) {
    signal.throwIfAborted()
    if ((error as NodeJS.ErrnoException).code === 'ETIMEOUT') throw error
    return inTurn(signal, () => sources.lookup(host, family ?? 0))
  }
}

/** Names that are this host by RFC 6761, whatever anybody says. */
export function isLocalhost(host: string): boolean {
  return /^(.+\.)?localhost\.?$/i.test(host)
}

/** What is known of a host without asking anybody. */
function nearby(host: string, hostsFile: string): readonly Address[] | undefined {
  const literal = isIP(host)
  if (literal !== 0) return [{ address: host, family: literal === 6 ? 6 : 4 }]
  if (isLocalhost(host)) {
    return [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]
  }
  const known = readHosts(hostsFile).get(host.toLowerCase().replace(/\.$/, ''))
  return known
    ?.filter((address) => isIP(address) !== 0)
    .map((address) => ({ address, family: isIP(address) === 6 ? 6 : 4 }))
}

function notFound(host: string, family: 4 | 6 | undefined): Error {
  const what = family === undefined ? 'address' : `IPv${family} address`
  return Object.assign(new Error(`${host} has no ${what}`), { code: 'ENOTFOUND', hostname: host, syscall: 'resolve' })
}

async function askServers(
  host: string,
  family: 4 | 6 | undefined,
  signal: AbortSignal,
  servers: readonly string[] | undefined,
): Promise<readonly Address[]> {
  const resolver = new Resolver()
  if (servers !== undefined) resolver.setServers(servers)
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel)
  try {
    const six = family === 4 ? undefined : resolver.resolve6(host)
    const four = family === 6 ? undefined : resolver.resolve4(host)
    const asked = [
      six?.then((found) => found.map((address): Address => ({ address, family: 6 }))),
      four?.then((found) => found.map((address): Address => ({ address, family: 4 }))),
    ].filter((answer) => answer !== undefined)
    const found = await enough(asked)
    if (found.length === 0) throw notFound(host, family)
    return found
  } finally {
    signal.removeEventListener('abort', cancel)
    resolver.cancel()
  }
}

/** Addresses of both families in turn, or of one where the other is late. Rejects when neither has any. */
async function enough(asked: readonly Promise<readonly Address[]>[]): Promise<readonly Address[]> {
  const lists: (readonly Address[])[] = asked.map(() => [])
  const all = asked.map(async (answer, index) => {
    lists[index] = await answer
  })
  // Throws what one of them says when all failed.
  await Promise.any(all).catch((error: AggregateError) => {
    throw worstOf(error.errors)
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, RESOLUTION_DELAY_MS)
  })
  await Promise.race([Promise.allSettled(all), late])
  clearTimeout(timer)
  return interleaved(lists)
}

/** The error that says most: a server that does not answer before a name that it does not know. */
function worstOf(errors: readonly unknown[]): unknown {
  const code = (error: unknown) => (error as NodeJS.ErrnoException).code
  return errors.find((error) => code(error) !== 'ENODATA' && code(error) !== 'ENOTFOUND') ?? errors[0]
}

function interleaved(lists: readonly (readonly Address[])[]): readonly Address[] {
  const longest = Math.max(...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, index) => lists.map((list) => list[index]))
    .flat()
    .filter((address) => address !== undefined)
}

/**
 * The getaddrinfo that runs, and those that wait for it: it holds one of the four threads that file reading and everything else in this
 * process share, for as long as it likes, and cannot be cancelled. So there is one at most.
 */
let turn: Promise<unknown> = Promise.resolve()

function inTurn<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  const mine = turn.then(() => {
    signal.throwIfAborted()
    return ask()
  })
  turn = mine.catch(() => undefined)
  return untilAborted(signal, mine)
}

/** The promise, or the signal's reason as soon as it is aborted. */
function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
