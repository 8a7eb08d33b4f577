import type { Systeminformation } from 'systeminformation'
import { safeText } from '../../lib/text.ts'
import type { Listener } from '../../model/host.ts'

type Connection = Pick<
  Systeminformation.NetworkConnectionsData,
  'protocol' | 'localAddress' | 'localPort' | 'state' | 'pid' | 'process'
>

/** TCP sockets that wait for clients. Source: `networkConnections()` of systeminformation (netstat(8)). What is a UDP server it does not tell. */
export async function askListeners(): Promise<readonly Listener[]> {
  const { networkConnections } = await import('systeminformation')
  return listenersOf(await networkConnections())
}

/** Sorted by port. netstat writes `*` for all addresses, and no holder where it may not tell it. */
export function listenersOf(connections: readonly Connection[]): Listener[] {
  const byAddress = new Map<string, Listener>()
  for (const connection of connections) {
    const listener = listenerOf(connection)
    if (listener === undefined) continue
    const key = `${listener.address} ${listener.port}`
    if (byAddress.get(key)?.pid === undefined) byAddress.set(key, listener)
  }
  return [...byAddress.values()].sort((a, b) => a.port - b.port || (a.address < b.address ? -1 : 1))
}

function listenerOf({ protocol, localAddress, localPort, state, pid, process }: Connection): Listener | undefined {
  const port = Number(localPort)
  if (state !== 'LISTEN' || !protocol.startsWith('tcp') || !(port > 0)) return undefined
  const every = protocol.endsWith('6') ? '::' : '0.0.0.0'
  const name = process === '' ? '' : safeText(process, 64)
  return {
    protocol: 'tcp',
    address: localAddress === '*' || localAddress === '' ? every : safeText(localAddress, 64),
    port,
    ...(pid > 0 && { pid }),
    ...(name !== '' && { process: name }),
  }
}
