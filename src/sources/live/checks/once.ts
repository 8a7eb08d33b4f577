import { setMaxListeners } from 'node:events'
import { checkType } from '../../../checks/registry.ts'
import type { RunEnvironment } from '../../../checks/run.ts'
import { Places } from '../../../checks/schedule/places.ts'
import type { Clock } from '../../../lib/clock.ts'
import { redactor, type Secret } from '../../../lib/secrets.ts'
import type { CheckDefinition, CheckResult } from '../../../model/check.ts'
import type { Platform } from '../platform.ts'
import type { ScannedProcesses } from './processes-once.ts'
import { prepareCheck, runDefinition, scheduledOf, type TypeOf } from './runs.ts'

export interface ChecksOnceOptions {
  readonly definitions: readonly CheckDefinition[]
  readonly secrets: readonly Secret[]
  /** Where processes are looked for, when a check asks for them. */
  readonly platform: Platform
  readonly root: string
  readonly clock: Clock
  /** Takes each result as it comes. */
  readonly onResult?: (result: CheckResult) => void
  /** Ends what goes on; what did not end by itself has no result then. */
  readonly stop?: AbortSignal
  /** What checks remember, where they are run again and again. */
  readonly memories?: RunEnvironment['memories']
  readonly typeOf?: TypeOf
}

/** Runs checks once on this thread, within the limits of the schedule, the first one first; their results in the order in which they came. */
export async function checkOnce(options: ChecksOnceOptions): Promise<readonly CheckResult[]> {
  const { clock, definitions, secrets, onResult, typeOf = checkType } = options
  let scanned: Promise<ScannedProcesses> | undefined
  // One of its own, which many may listen to.
  const ending = new AbortController()
  setMaxListeners(0, ending.signal)
  const end = () => ending.abort()
  options.stop?.addEventListener('abort', end)
  if (options.stop?.aborted) end()
  const { signal: stop } = ending
  const environment: RunEnvironment = {
    clock,
    async processes(selector) {
      // Whoever asks nothing of this host does not load what measures it.
      scanned ??= import('./processes-once.ts').then(({ scanOnce }) => scanOnce(options))
      return (await scanned).select(selector)
    },
    memories: options.memories ?? new Map(),
    left: new Map(),
    redact: redactor(secrets),
  }
  await prepareAll(definitions, typeOf)
  const places = new Places()
  const results: CheckResult[] = []
  let waiting = definitions.map((definition) => scheduledOf(definition, typeOf))
  return new Promise((resolve) => {
    let running = 0
    const startAll = () => {
      if (stop.aborted) waiting = []
      const still: typeof waiting = []
      for (const one of waiting) {
        if (places.has(one)) begin(one)
        else still.push(one)
      }
      waiting = still
      if (running > 0) return
      options.stop?.removeEventListener('abort', end)
      scanned?.then((processes) => processes.close()).catch(() => {})
      resolve(results)
    }
    const begin = (one: (typeof waiting)[number]) => {
      running++
      places.take(one)
      void runDefinition(one.definition, typeOf, environment, stop).then((result) => {
        running--
        places.free(one)
        if (!stop.aborted) {
          results.push(result)
          onResult?.(result)
        }
        startAll()
      })
    }
    startAll()
  })
}

/** What loads while another waits for its answer would be part of that one's latency: all of it comes first. */
async function prepareAll(definitions: readonly CheckDefinition[], typeOf: TypeOf): Promise<void> {
  if (definitions.length > 1 && definitions.some(({ type }) => type === 'process')) await import('./processes-once.ts')
  for (const definition of definitions) await prepareCheck(definition, typeOf)
}
