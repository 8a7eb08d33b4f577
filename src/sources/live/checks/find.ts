import { spawn } from 'node:child_process'
import { Discovery, type Found } from '../../../checks/discover/discovery.ts'
import type { CheckDefinition, CheckResult } from '../../../model/check.ts'
import { openHost } from '../host.ts'
import type { HostOptions } from '../platform.ts'
import { checkOnce } from './once.ts'

export interface FindOptions extends Pick<HostOptions, 'platform' | 'root' | 'clock'> {
  /** What these check is not found again. */
  readonly covered?: readonly CheckDefinition[]
  /** Ends the search; what was found by then is the answer. */
  readonly stop?: AbortSignal
}

/** Services that listen on this host, each asked what it speaks. None on a recorded host. Rejects with the system's error when sockets cannot be listed. */
export async function findServices({ covered = [], stop, ...options }: FindOptions): Promise<readonly Found[]> {
  if (options.root !== '/') return []
  const discovery = new Discovery({
    ownPid: process.pid,
    onDefinitions: () => {},
    async run(definition) {
      const results = await checkOnce({ ...options, definitions: [definition], secrets: [], ...(stop && { stop }) })
      return results[0] ?? unanswered(definition)
    },
  })
  const unanswered = (definition: CheckDefinition): CheckResult => ({
    check: definition.name,
    outcome: { state: 'unknown', reason: 'stopped', error: 'it was stopped before it ended' },
    wallMs: options.clock.wallMs(),
    monoMs: options.clock.monoMs(),
    durationMs: 0,
    tries: 0,
  })
  discovery.cover(covered)
  const host = openHost({ ...options, spawn })
  try {
    await discovery.take(await host.listen(), options.clock.monoMs())
  } finally {
    host.close()
  }
  return discovery.found
}
