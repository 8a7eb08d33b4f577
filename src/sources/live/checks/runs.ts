import { type CheckType, unknown } from '../../../checks/check.ts'
import type { RunEnvironment } from '../../../checks/run.ts'
import { runCheck } from '../../../checks/run.ts'
import { type Run, type Scheduled, Scheduler } from '../../../checks/schedule/scheduler.ts'
import type { CheckDefinition, CheckResult } from '../../../model/check.ts'

/** How a check type is found by its name: `checkType` of checks/registry.ts. */
export type TypeOf = (name: string) => CheckType | undefined

/** What the schedule has to know of a check. One of a type that there is not costs nothing. */
export function scheduledOf(definition: CheckDefinition, typeOf: TypeOf): Scheduled {
  const type = typeOf(definition.type)
  const peer = type && peerOf(type, definition)
  return { definition, uses: type?.uses ?? 'local', suspect: false, ...(peer !== undefined && { peer }) }
}

/** A mistake in one type must not end the others: the check itself tells of it when it runs. */
function peerOf({ peer }: CheckType, { settings }: CheckDefinition): string | undefined {
  try {
    return peer?.(settings)
  } catch {
    return undefined
  }
}

/** Loads what a check takes ahead of its time. What goes wrong, or takes longer than the check itself may (a file that hangs), the check tells. */
export async function prepareCheck({ type, settings, timeoutMs }: CheckDefinition, typeOf: TypeOf): Promise<void> {
  const loading = typeOf(type)?.prepare?.(settings)
  if (loading === undefined) return
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs)
  })
  await Promise.race([loading.catch(() => undefined), late])
  clearTimeout(timer)
}

/** Runs a definition once; never rejects. */
export async function runDefinition(
  definition: CheckDefinition,
  typeOf: TypeOf,
  environment: RunEnvironment,
  stop: AbortSignal,
): Promise<CheckResult> {
  const type = typeOf(definition.type)
  if (type !== undefined) return runCheck(type, definition, environment, stop)
  const { clock } = environment
  const outcome = unknown('type', 'there is no check type of this name')
  return { check: definition.name, outcome, wallMs: clock.wallMs(), monoMs: clock.monoMs(), durationMs: 0, tries: 0 }
}

export interface RunsOptions {
  readonly typeOf: TypeOf
  readonly environment: () => RunEnvironment
  /** Notes the begin of a run by its name; gives what notes its end. */
  readonly note: (name: string) => () => void
  /** A run has ended, and another may start in its place: the result, in the order in which they happen; undefined of one that was stopped. */
  readonly ended: (result: CheckResult | undefined, run: Run) => void
}

/** The schedule, and what runs by it. */
export class Runs {
  readonly scheduler: Scheduler
  readonly #options: RunsOptions
  readonly #stops = new Map<Run, AbortController>()
  /** Checks whose first answer is not told with the time that loading takes. */
  readonly #prepared = new WeakSet<CheckDefinition>()

  constructor(options: RunsOptions) {
    this.#options = options
    const { clock } = options.environment()
    this.scheduler = new Scheduler({ wallMs: clock.wallMs(), monoMs: clock.monoMs() })
  }

  /** All checks there are from now on; what runs of others is stopped. */
  replace(scheduled: readonly Scheduled[], nowMono: number): void {
    for (const run of this.scheduler.replace(scheduled, nowMono)) this.#stops.get(run)?.abort()
  }

  /** Starts what is due. */
  start(nowMono: number): void {
    for (const run of this.scheduler.due(nowMono)) void this.#run(run)
  }

  /** Stops all that runs. */
  stop(): void {
    for (const stop of this.#stops.values()) stop.abort()
  }

  async #run(run: Run): Promise<void> {
    const { typeOf, environment, note, ended } = this.#options
    const { definition, asked } = run
    const stop = new AbortController()
    this.#stops.set(run, stop)
    const end = note(definition.name)
    if (!this.#prepared.has(definition)) {
      this.#prepared.add(definition)
      await prepareCheck(definition, typeOf)
    }
    const result = await runDefinition(definition, typeOf, environment(), stop.signal)
    end()
    this.#stops.delete(run)
    this.scheduler.finished(run, result.outcome.state, environment().clock.monoMs())
    if (stop.signal.aborted) ended(undefined, run)
    else ended(asked ? { ...result, asked } : result, run)
  }
}
