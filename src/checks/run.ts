import type { Clock } from '../lib/clock.ts'
import type { CheckDefinition, CheckOutcome, CheckResult } from '../model/check.ts'
import type { ProcessRow } from '../model/processes.ts'
import { type CheckContext, type CheckType, type ProcessSelector, unknown } from './check.ts'
import { cleaned } from './clean.ts'
import { CheckTimeout, failureOf, HostError } from './failure.ts'

/** Between two tries: a server that is just being restarted has a moment. */
const PAUSE_MS = 100
/** With less time left than this no other try is begun. */
const LEAST_MS = 2 * PAUSE_MS
/** A check has to end with its signal; one that does not is left behind after this. */
const GRACE_MS = 250
/** What ends this much later than it has to was not waiting for the service. */
const MOST_LATE_MS = 1000
/** So many tries of one check may go on behind our back before no more are begun. */
const MOST_LEFT = 3

export interface RunEnvironment {
  readonly clock: Clock
  /** Rejects with the reason, or with that of the signal. */
  readonly processes: (selector: ProcessSelector, signal: AbortSignal) => Promise<readonly ProcessRow[]>
  /** What each check remembers, by name. */
  readonly memories: Map<string, Map<string, unknown>>
  /** Of each check, by name, the tries that did not end with their signal and still go on. */
  readonly left: Map<string, number>
  /** Takes secrets out of a text (`redactor` of lib/secrets.ts). */
  readonly redact: (text: string) => string
}

/** Nobody wants the result any more: the reason of the signal. */
class Stopped extends Error {
  override readonly name = 'Stopped'
}

const STOPPED: CheckOutcome = unknown('stopped', 'it was stopped before it ended')

/**
 * Runs one check once, all its tries within its timeout, and never rejects: what fails is an outcome that says why. `stop` ends it at once,
 * with an outcome that nobody should count (reason `stopped`).
 */
export async function runCheck(
  type: CheckType,
  definition: CheckDefinition,
  environment: RunEnvironment,
  stop: AbortSignal,
): Promise<CheckResult> {
  const result = await runTries(type, definition, environment, stop)
  // It was this process that did not go on (SIGSTOP, a debugger): its timers came before what the service had answered meanwhile.
  const lost = result.outcome.state === 'down' && result.durationMs > definition.timeoutMs + GRACE_MS + MOST_LATE_MS
  return lost && !stop.aborted ? runTries(type, definition, environment, stop) : result
}

async function runTries(
  type: CheckType,
  definition: CheckDefinition,
  environment: RunEnvironment,
  stop: AbortSignal,
): Promise<CheckResult> {
  const { clock, redact } = environment
  const wallMs = clock.wallMs()
  const monoMs = clock.monoMs()
  const leftMs = () => monoMs + definition.timeoutMs - clock.monoMs()
  let tries = 1
  let outcome = await tryOnce(type, definition, environment, leftMs(), stop)
  while (outcome.state === 'down' && tries <= definition.retries && leftMs() > LEAST_MS && !stop.aborted) {
    await pause(PAUSE_MS, stop)
    tries++
    const next = await tryOnce(type, definition, environment, leftMs(), stop)
    // That there was not the time for another try says less than how the one before it failed.
    if (next.reason !== 'timeout') outcome = next
  }
  return {
    check: definition.name,
    outcome: cleaned(stop.aborted ? STOPPED : outcome, redact),
    wallMs,
    monoMs,
    durationMs: clock.monoMs() - monoMs,
    tries,
  }
}

async function tryOnce(
  type: CheckType,
  definition: CheckDefinition,
  environment: RunEnvironment,
  leftMs: number,
  stop: AbortSignal,
): Promise<CheckOutcome> {
  const { name, target, timeoutMs } = definition
  const { clock, left } = environment
  if (stop.aborted) return STOPPED
  if ((left.get(name) ?? 0) >= MOST_LEFT) return unknown('hangs', `${MOST_LEFT} tries of it never ended`)
  // One of its own: listeners on a signal that lives long would be kept for as long (AbortSignal.any of Node 20 does).
  const controller = new AbortController()
  const end = () => controller.abort(new Stopped())
  stop.addEventListener('abort', end)
  const { signal } = controller
  const host = hostOf(environment, signal)
  const timer = setTimeout(() => {
    const timeout = new CheckTimeout(timeoutMs)
    // That this host was slow to tell of itself says nothing of the service.
    controller.abort(host.asked > 0 ? new HostError(`the processes of this host: ${timeout.message}`) : timeout)
  }, leftMs)
  const startMono = clock.monoMs()
  let ended = false
  const running = begin(type, definition, environment, leftMs, host.processes, signal).then(
    (outcome) => {
      ended = true
      return outcome
    },
    (error: unknown) => {
      ended = true
      // What an end makes of sockets and promises is no news.
      return failureOf(signal.aborted ? signal.reason : error, target)
    },
  )
  try {
    const outcome = await withGrace(running, signal)
    return withLatency(outcome ?? failureOf(signal.reason, target), (clock.monoMs() - startMono) / 1000)
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', end)
    if (!ended) leave(left, name, running)
  }
}

async function begin(
  type: CheckType,
  { name, settings }: CheckDefinition,
  { clock, memories }: RunEnvironment,
  leftMs: number,
  processes: CheckContext['processes'],
  signal: AbortSignal,
): Promise<CheckOutcome> {
  let memory = memories.get(name)
  if (memory === undefined) {
    memory = new Map()
    memories.set(name, memory)
  }
  const context: CheckContext = {
    signal,
    deadlineMono: clock.monoMs() + leftMs,
    now: () => ({ wallMs: clock.wallMs(), monoMs: clock.monoMs() }),
    processes,
    memory,
  }
  return type.run(settings, context)
}

/** Questions to this host, and how many of them wait for an answer. */
function hostOf(
  { processes }: RunEnvironment,
  signal: AbortSignal,
): { asked: number; readonly processes: CheckContext['processes'] } {
  const host = {
    asked: 0,
    async processes(selector: ProcessSelector) {
      host.asked++
      try {
        return await processes(selector, signal)
      } catch (error) {
        throw signal.aborted ? signal.reason : new HostError((error as Error).message)
      } finally {
        host.asked--
      }
    },
  }
  return host
}

/** The outcome, or undefined when there is none a while after the signal. */
async function withGrace(running: Promise<CheckOutcome>, signal: AbortSignal): Promise<CheckOutcome | undefined> {
  let timer: NodeJS.Timeout | undefined
  let wait = (): void => {}
  const late = new Promise<undefined>((resolve) => {
    wait = () => {
      timer = setTimeout(() => resolve(undefined), signal.reason instanceof Stopped ? 0 : GRACE_MS)
    }
    signal.addEventListener('abort', wait)
    if (signal.aborted) wait()
  })
  try {
    return await Promise.race([running, late])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', wait)
  }
}

/** Counts a try that goes on, until it ends after all. */
function leave(left: Map<string, number>, name: string, running: Promise<unknown>): void {
  left.set(name, (left.get(name) ?? 0) + 1)
  void running.finally(() => {
    const others = (left.get(name) ?? 1) - 1
    if (others > 0) left.set(name, others)
    else left.delete(name)
  })
}

/** What answered and does not say how long that took took as long as the try did. */
function withLatency(outcome: CheckOutcome, latencyS: number): CheckOutcome {
  const answered = outcome.state === 'up' || outcome.state === 'degraded'
  if (!answered || outcome.noLatency === true || outcome.latencyS !== undefined) return outcome
  return { ...outcome, latencyS }
}

/** Some milliseconds, or until the signal. */
function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    stop.addEventListener('abort', done)
    if (stop.aborted) done()
  })
}
