import { systemClock } from '../lib/clock.ts'
import type { LiveOptions } from '../sources/live/live.ts'
import { checksWorkerPath } from './beside.ts'
import type { Build, Options } from './options.ts'

/** How this machine is measured and its services are checked, for every command that goes on. */
export function liveOptions(options: Options, build: Build): LiveOptions {
  const { platform, root, intervalMs, readOnly, checks, secrets, discover } = options
  return {
    platform,
    root,
    intervalMs,
    readOnly,
    clock: systemClock,
    workerPath: build.workerPath,
    checks: { definitions: checks, secrets, discover, workerPath: checksWorkerPath(build) },
  }
}
