import { serverProgram, startDaemon } from './daemon.ts'
import { freeTcpPort, type Loopback } from './loopback.ts'

/** A name server of Debian's dnsmasq on loopback that asks nobody else; it knows what `records` say, as its options do. */
export async function startDnsmasq(records: readonly string[]): Promise<Loopback> {
  const path = serverProgram('dnsmasq')
  if (path === undefined) throw new Error('dnsmasq is not installed')
  const port = await freeTcpPort()
  const own = ['--keep-in-foreground', '--conf-file=/dev/null', '--pid-file=', '--log-facility=-', '--user=root']
  const where = [`--port=${port}`, '--listen-address=127.0.0.1', '--bind-interfaces', '--no-resolv', '--no-hosts']
  const daemon = await startDaemon(path, [...own, ...where, ...records], port)
  return { port, [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose]() }
}

export function hasDnsmasq(): boolean {
  return serverProgram('dnsmasq') !== undefined
}
