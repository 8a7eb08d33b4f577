import type { CheckDefinition } from './check.ts'
import type { Listener } from './host.ts'

/** What a target looks like that names a place: `https://localhost:8443/healthz`, `127.0.0.1:25`, `[::1]:53`. */
const PLACE = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/\s]*@)?(\[[^\]\s]*\]|[^:/?#\s]+)(?::(\d{1,5}))?(?:[/?#\s]|$)/i
const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 }
const HERE = /^(?:localhost|127\.\d+\.\d+\.\d+|::1?|0\.0\.0\.0)$/i
/** Types that ask over UDP. */
const UDP: ReadonlySet<string> = new Set(['udp', 'dns'])

/** Where a check asks. */
export interface CheckPlace {
  readonly protocol: Listener['protocol']
  /** A name or an address, without the brackets of IPv6. */
  readonly host: string
  readonly port: number
}

const places = new WeakMap<CheckDefinition, { readonly place: CheckPlace | undefined }>()

/** Where a check asks, by its target; undefined where that is no place, such as a process. Worked out once a check. */
export function placeOf(definition: CheckDefinition): CheckPlace | undefined {
  const known = places.get(definition)
  if (known !== undefined) return known.place
  const place = parsePlace(definition)
  places.set(definition, { place })
  return place
}

function parsePlace({ target, type }: CheckDefinition): CheckPlace | undefined {
  const [, scheme = '', host = '', digits] = PLACE.exec(target) ?? []
  const port = digits === undefined ? PORTS[scheme.toLowerCase()] : Number(digits)
  if (port === undefined) return undefined
  return { protocol: UDP.has(type) ? 'udp' : 'tcp', host: host.replace(/^\[|\]$/g, ''), port }
}

/** Whether a check that asks there asks a socket of this machine: by its address, or by one of the machine itself. */
export function asks(place: CheckPlace, { protocol, address, port }: Listener): boolean {
  return place.protocol === protocol && place.port === port && (place.host === address || HERE.test(place.host))
}
