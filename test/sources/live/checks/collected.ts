import type { CheckType } from '../../../../src/checks/check.ts'
import { http } from '../../../../src/checks/http.ts'
import { tcp } from '../../../../src/checks/tcp.ts'
import { systemClock } from '../../../../src/lib/clock.ts'
import type { CheckResult } from '../../../../src/model/check.ts'
import { type ChecksCore, type ChecksCoreOptions, createChecksCore } from '../../../../src/sources/live/checks/core.ts'
import { createInFlight } from '../../../../src/sources/live/checks/in-flight.ts'
import type { ChecksSetup, FromChecks } from '../../../../src/sources/live/checks/messages.ts'

export const SETUP: ChecksSetup = { definitions: [], secrets: [], discover: false }

/** A core on this thread, and what it posted. */
export interface Collected extends Disposable {
  readonly core: ChecksCore
  readonly posted: FromChecks[]
  /** All results so far, of one check where it is named. */
  results(name?: string): CheckResult[]
}

/** Runs checks on this thread, with real sockets and the machine's clock. `more`: types beside tcp and http. */
export function collecting(changes: Partial<ChecksCoreOptions> = {}, more: readonly CheckType[] = []): Collected {
  const posted: FromChecks[] = []
  const types = [tcp as unknown as CheckType, http as unknown as CheckType, ...more]
  const core = createChecksCore({
    clock: systemClock,
    typeOf: (name) => types.find(({ type }) => type === name),
    post: (message) => posted.push(message),
    setup: SETUP,
    discovered: [],
    inFlight: createInFlight(),
    suspects: [],
    leftOut: [],
    generation: 1,
    ...changes,
  })
  return {
    core,
    posted,
    results: (name) =>
      posted
        .flatMap((message) => (message.kind === 'results' ? message.results : []))
        .filter(({ check }) => name === undefined || check === name),
    [Symbol.dispose]: () => core.stop(),
  }
}
