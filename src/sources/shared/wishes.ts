import type { ProcessQuery } from '../../model/processes.ts'
import type { WatchRequest } from '../../model/watch.ts'
import type { ChecksSetup } from '../live/checks/messages.ts'
import type { LiveSource } from '../live/live.ts'
import type { Client } from './client.ts'

/** What was asked for last, by whoever looks here. */
export interface Wishes {
  query?: ProcessQuery
  watched?: WatchRequest | undefined
  checks?: ChecksSetup
  /** Checks are to be run. */
  begun: boolean
}

/** Tells all of it to a machine that begins to measure. */
export function askMachine({ query, watched, checks, begun }: Wishes, live: LiveSource): void {
  if (checks !== undefined) live.configure(checks)
  if (begun) live.beginChecks()
  if (query !== undefined) live.query(query)
  if (watched !== undefined) live.watch(watched)
}

/** Tells what another healthtop is to know of it, which measures and checks what it is configured to. */
export function askOther({ query, watched }: Wishes, client: Client): void {
  if (query !== undefined) client.query(query)
  if (watched !== undefined) client.watch(watched)
}
