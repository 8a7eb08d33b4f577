import type { WatchRequest } from '../../model/watch.ts'
import { OWN } from '../../probes/processes/client-queries.ts'
import type { ClientContent } from './messages.ts'
import type { Scanner } from './platform.ts'
import type { Watching } from './watching.ts'

/** Those who look from another process, each with what it asks and watches. */
export interface Clients {
  /** Someone asks for rows of the process table. */
  asks(client: number): void
  /** What is to be told at once, where something is. */
  watch(client: number, request: WatchRequest | undefined): ClientContent | undefined
  forget(client: number): void
  /** Whether this tick should scan though it is not its turn. */
  readonly restless: boolean
  /** A tick, after the scan if there was one: what each is told. */
  tick(scanned: boolean): { readonly clients?: readonly ClientContent[] }
  close(): void
}

/** `openWatching`: each watches by itself. */
export function createClients(scanner: Pick<Scanner, 'answer' | 'forget'>, openWatching: () => Watching): Clients {
  const asking = new Set<number>()
  const watching = new Map<number, Watching>()
  let scans = 0

  function leave(client: number): void {
    watching.get(client)?.close()
    watching.delete(client)
  }

  function contentOf(client: number, scanned: boolean): ClientContent | undefined {
    const processes = scanned && asking.has(client) ? scanner.answer(client) : undefined
    const { watched, samples = [] } = watching.get(client)?.tick(scanned) ?? {}
    if (processes === undefined && watched === undefined && samples.length === 0) return undefined
    return { client, ...(processes && { processes }), ...(watched && { watched }), samples }
  }

  return {
    asks(client) {
      if (client !== OWN) asking.add(client)
    },
    watch(client, request) {
      if (request === undefined) {
        leave(client)
        return undefined
      }
      let own = watching.get(client)
      if (own === undefined) {
        own = openWatching()
        watching.set(client, own)
        // There is something to look at already.
        if (scans > 0) own.tick(true)
      }
      const { watched, samples } = own.request(request)
      return watched === undefined && samples.length === 0
        ? undefined
        : { client, ...(watched && { watched }), samples }
    },
    forget(client) {
      scanner.forget(client)
      asking.delete(client)
      leave(client)
    },
    get restless() {
      return [...watching.values()].some((one) => one.restless)
    },
    tick(scanned) {
      if (scanned) scans++
      const all = [...new Set([...asking, ...watching.keys()])]
      const clients = all.flatMap((client) => contentOf(client, scanned) ?? [])
      return clients.length === 0 ? {} : { clients }
    },
    close() {
      for (const one of watching.values()) one.close()
    },
  }
}
