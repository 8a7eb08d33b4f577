import type { CheckStatus } from '../../../model/check.ts'
import { asks, placeOf } from '../../../model/check-place.ts'
import type { Listener } from '../../../model/host.ts'

/** The check that asks what listens on a socket; undefined where none does. */
export type CoveredBy = (socket: Listener) => CheckStatus | undefined

/** Which check asks which socket. */
export function coverage(checks: readonly CheckStatus[]): CoveredBy {
  const byPort = new Map<number, CheckStatus[]>()
  for (const check of checks) {
    const place = placeOf(check.definition)
    if (place === undefined) continue
    const there = byPort.get(place.port)
    if (there === undefined) byPort.set(place.port, [check])
    else there.push(check)
  }
  return (socket) =>
    byPort.get(socket.port)?.find(({ definition }) => {
      const place = placeOf(definition)
      return place !== undefined && asks(place, socket)
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
    if (place === undefined) continue
    for (const socket of byPort.get(place.port) ?? []) if (asks(place, socket)) left.delete(key(socket))
  }
  return left.size
}
