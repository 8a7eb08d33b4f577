import type { CheckDefinition, CheckStatus } from '../../../model/check.ts'
import type { Listener } from '../../../model/host.ts'

/** What a target looks like that names a place: `https://localhost:8443/healthz`, `127.0.0.1:25`, `[::1]:53`. */
const PLACE = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/\s]*@)?(\[[^\]\s]*\]|[^:/?#\s]+)(?::(\d{1,5}))?(?:[/?#\s]|$)/i
const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 }
const HERE = /^(?:localhost|127\.\d+\.\d+\.\d+|::1?|0\.0\.0\.0)$/i
/** Types that ask over UDP. */
const UDP: ReadonlySet<string> = new Set(['udp', 'dns'])

interface Place {
  readonly protocol: Listener['protocol']
  readonly host: string
  readonly port: number
}

const places = new WeakMap<CheckDefinition, Place | 'none'>()

/** Where a check asks; `none` where its target is no place, such as a process. Worked out once a check. */
function placeOf(definition: CheckDefinition): Place | 'none' {
  const known = places.get(definition)
  if (known !== undefined) return known
  const [, scheme = '', host = '', digits] = PLACE.exec(definition.target) ?? []
  const port = digits === undefined ? PORTS[scheme.toLowerCase()] : Number(digits)
  const protocol = UDP.has(definition.type) ? 'udp' : 'tcp'
  const place = port === undefined ? 'none' : { protocol, host: host.replace(/^\[|\]$/g, ''), port }
  places.set(definition, place as Place | 'none')
  return place as Place | 'none'
}

/** A socket is asked by a check of its address, or by one of this machine. */
function asks(place: Place, { protocol, address, port }: Listener): boolean {
  return place.protocol === protocol && place.port === port && (place.host === address || HERE.test(place.host))
}

/** The check that asks what listens on a socket; undefined where none does. */
export type CoveredBy = (socket: Listener) => CheckStatus | undefined

/** Which check asks which socket. */
export function coverage(checks: readonly CheckStatus[]): CoveredBy {
  const byPort = new Map<number, CheckStatus[]>()
  for (const check of checks) {
    const place = placeOf(check.definition)
    if (place === 'none') continue
    const there = byPort.get(place.port)
    if (there === undefined) byPort.set(place.port, [check])
    else there.push(check)
  }
  return (socket) =>
    byPort.get(socket.port)?.find(({ definition }) => {
      const place = placeOf(definition)
      return place !== 'none' && asks(place, socket)
    })
}

/** How many ports nobody asks: addresses and processes of one port are one. */
export function notChecked(checks: readonly CheckStatus[], listeners: readonly Listener[]): number {
  const byPort = new Map<number, Listener[]>()
  for (const socket of listeners) {
    const there = byPort.get(socket.port)
    if (there === undefined) byPort.set(socket.port, [socket])
    else there.push(socket)
  }
  const key = ({ protocol, port }: Listener) => `${protocol} ${port}`
  const left = new Set(listeners.map(key))
  // There may be many more checks than sockets.
  for (const { definition } of checks) {
    const place = placeOf(definition)
    if (place === 'none') continue
    for (const socket of byPort.get(place.port) ?? []) if (asks(place, socket)) left.delete(key(socket))
  }
  return left.size
}
