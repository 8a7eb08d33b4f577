import { isDeepStrictEqual } from 'node:util'
import type { ProcessSelector } from '../../../checks/check.ts'
import { unknown } from '../../../checks/check.ts'
import type { Clock } from '../../../lib/clock.ts'
import type { CheckBatch, CheckDefinition, CheckResult } from '../../../model/check.ts'
import type { Listener } from '../../../model/host.ts'
import type { ProcessRow } from '../../../model/processes.ts'
import type { Outcome, SourceHealth } from '../../../model/source.ts'
import { clockSetting } from '../messages.ts'
import type { Timing } from '../supervision.ts'
import { type CreateWorker, type Loss, Supervisor } from '../supervisor.ts'
import { createInFlight, namesIn } from './in-flight.ts'
import type { ChecksConfig, ChecksSetup, FromChecks, ToChecks } from './messages.ts'
import { Suspects } from './suspects.ts'

/**
 * All that a check leaves is garbage, and V8 lets that grow to tens of megabytes before it looks. With 1,000 checks every 10 s this takes
 * 4 % more CPU and 40 MB less memory (npm run bench:checks). A small old generation is looked at more often as well: with 40 checks a second
 * the thread has 10 MB at most beyond what it needs, where it had 25 MB. It is five times what the dearest bodies take (1 MiB of JSON);
 * a thread that outgrows it ends, its supervisor says so and starts the next, and the check that does so twice is left out.
 */
export const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 96 } as const

/** It posts every two seconds at least. */
const TIMING: Timing = { deadlineMs: 10_000, quietMs: 5000, beatMs: 1000 }

export interface ChecksOptions {
  /** The bundled entry of the worker. */
  readonly workerPath: string
  readonly clock: Clock
  readonly setup: ChecksSetup
  /** There is no thread before `begin`: what its start takes is not taken from the first picture. */
  readonly later?: boolean | undefined
  /** How long it may be silent; ten seconds unless given. */
  readonly timing?: Timing
  /** Takes what there is to tell: definitions first, then results and next turns. `calm`: none of it is news, and it may wait a moment. */
  readonly receive: (batch: CheckBatch, calm: boolean) => void
  /** Takes the health of the worker; undefined when there is no need for one any more. */
  readonly tell: (health: SourceHealth | undefined) => void
  /** Processes of this host. Rejects with the reason. */
  readonly select: (selector: ProcessSelector) => Promise<readonly ProcessRow[]>
  /** `new Worker(path, options)` unless given. */
  readonly createWorker?: CreateWorker
}

/** The supervised worker that runs checks. It is started with the first check, and ended with the last. */
export interface Checks {
  /** Whether there are any. */
  readonly any: boolean
  /** From now on there may be a thread. */
  begin(): void
  /** Replaces all that is checked: what did not change goes on as it is. */
  configure(setup: ChecksSetup): void
  /** Takes what listens on this host, for services to be found. */
  listen(listeners: readonly Listener[]): void
  /** Runs checks out of turn; all without names. */
  checkNow(names: readonly string[]): Outcome
  /** Ends the worker. Resolves within 400 ms, whatever hangs. */
  stop(): Promise<void>
}

export function createChecks(options: ChecksOptions): Checks {
  const { clock, workerPath, receive, tell, select, timing = TIMING, createWorker } = options
  const suspects = new Suspects()
  let { setup } = options
  let discovered: readonly CheckDefinition[] = []
  let listeners: readonly Listener[] = []
  /** By name, as they were told. */
  let told: ReadonlyMap<string, CheckDefinition> = new Map()
  let inFlight = createInFlight()
  let generation = 0
  let supervisor: Supervisor<FromChecks, ToChecks> | undefined
  const ended = new Set<Promise<void>>()
  let begun = options.later !== true
  let stopped = false

  /** Tells all checks there are where they are others than were told. */
  function define(): void {
    const all = new Map([...setup.definitions, ...discovered].map((definition) => [definition.name, definition]))
    if (isDeepStrictEqual([...all.values()], [...told.values()])) return
    for (const [name, definition] of told) if (!isDeepStrictEqual(all.get(name), definition)) suspects.clear(name)
    told = all
    receive({ definitions: [...all.values()] }, false)
  }

  /** There is a worker while there is something to do for one. */
  function keep(): void {
    const wanted = setup.definitions.length > 0 || (setup.discover && listeners.length > 0)
    if (!begun || stopped || wanted === (supervisor !== undefined)) return
    if (wanted) {
      supervisor = start()
      return
    }
    const end = supervisor?.stop()
    supervisor = undefined
    if (end !== undefined) ended.add(end.finally(() => ended.delete(end)))
    tell(undefined)
  }

  function start(): Supervisor<FromChecks, ToChecks> {
    const started: Supervisor<FromChecks, ToChecks> = new Supervisor<FromChecks, ToChecks>({
      name: 'checks',
      workerPath,
      clock,
      timing,
      limits: LIMITS,
      createWorker,
      begin: tellNext,
      lost: (loss) => lost(loss),
      receive(message, health) {
        if (started !== supervisor) return
        if (health !== undefined) tell(health)
        take(message)
      },
      tell: (health) => tell(health),
    })
    return started
  }

  function tellNext(): { data: ChecksConfig; messages: readonly ToChecks[] } {
    inFlight = createInFlight()
    generation++
    const data: ChecksConfig = {
      ...clockSetting(clock),
      setup,
      discovered,
      inFlight,
      suspects: suspects.suspects,
      leftOut: suspects.leftOut,
      generation,
    }
    return { data, messages: setup.discover && listeners.length > 0 ? [{ kind: 'listeners', listeners }] : [] }
  }

  function take(message: FromChecks): void {
    switch (message.kind) {
      case 'results':
        report(message)
        return
      case 'discovered':
        discovered = message.definitions
        define()
        return
      case 'select':
        answer(message.id, message.selector)
    }
  }

  function report({ results: all, next, calm }: Extract<FromChecks, { readonly kind: 'results' }>): void {
    // What a worker says of checks that were removed meanwhile is nobody's.
    const results = all.filter(({ check }) => told.has(check))
    for (const { check } of results) suspects.clear(check)
    if (results.length === 0 && Object.keys(next).length === 0) return
    receive({ ...(results.length > 0 && { results }), next }, calm)
  }

  function answer(id: string, selector: ProcessSelector): void {
    const asker = generation
    const reply = (message: ToChecks) => {
      if (asker === generation) supervisor?.post(message)
    }
    select(selector).then(
      (rows) => reply({ kind: 'processes', id, rows }),
      (error: unknown) => reply({ kind: 'processes', id, failed: (error as Error).message }),
    )
  }

  function lost(loss: Loss): void {
    const running = namesIn(inFlight, told.keys())
    const names = suspects.lost(running, clock.monoMs())
    if (names.length > 0) receive({ results: names.map((name) => leftOut(name, loss)) }, false)
  }

  function leftOut(check: string, loss: Loss): CheckResult {
    const did =
      loss.how === 'hung' ? 'hung the thread of all checks' : `ended the thread of all checks (${loss.reason})`
    const outcome = unknown(loss.how === 'hung' ? 'hangs' : 'bug', `it ${did} twice, and is left out for an hour`)
    return { check, outcome, wallMs: clock.wallMs(), monoMs: clock.monoMs(), durationMs: 0, tries: 0 }
  }

  function checkNow(names: readonly string[]): Outcome {
    const missing = names.find((name) => !told.has(name))
    if (missing !== undefined) return { ok: false, reason: `there is no check ${missing}` }
    if (told.size === 0) return { ok: false, reason: 'there are no checks' }
    const [name] = names
    if (name !== undefined && names.length === 1 && suspects.isLeftOut(name, clock.monoMs())) {
      return { ok: false, reason: `${name} is left out: it stops all other checks` }
    }
    const taken = supervisor?.post({ kind: 'check_now', names }) === true
    return taken ? { ok: true } : { ok: false, reason: 'the checks are being started again' }
  }

  define()
  keep()
  return {
    get any() {
      return told.size > 0
    },
    begin() {
      begun = true
      keep()
    },
    configure(next) {
      setup = next
      if (!setup.discover) discovered = []
      define()
      supervisor?.post({ kind: 'setup', setup })
      if (setup.discover) supervisor?.post({ kind: 'listeners', listeners })
      keep()
    },
    listen(next) {
      listeners = next
      if (setup.discover) supervisor?.post({ kind: 'listeners', listeners })
      keep()
    },
    checkNow,
    async stop() {
      stopped = true
      await Promise.all([supervisor?.stop(), ...ended])
    },
  }
}
