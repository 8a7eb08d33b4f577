import { Checks } from '../engine/checks/checks.ts'
import { checksJson } from '../export/check-json.ts'
import { checkJunit } from '../export/check-junit.ts'
import { checkNagios } from '../export/check-nagios.ts'
import { checkReport } from '../export/check-table.ts'
import { systemClock } from '../lib/clock.ts'
import { compileSparingly } from '../lib/compiler.ts'
import type { CheckDefinition, CheckStatus } from '../model/check.ts'
import { checksVerdict } from '../model/check-verdict.ts'
import { EXIT_CODE } from '../model/severity.ts'
import { checkOnce } from '../sources/live/checks/once.ts'
import { definitionsOf } from './check-definitions.ts'
import type { CheckFormat, CheckOptions } from './check-options.ts'
import { startProgress } from './check-progress.ts'
import { leaveReader } from './leave-reader.ts'
import type { Options } from './options.ts'

const PIPE_COLUMNS = 120
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** Checks as text in a format; `t` is when they were asked. */
export function checkText(checks: readonly CheckStatus[], format: CheckFormat, wallMs: number, ascii: boolean): string {
  if (format === 'json') return `${JSON.stringify(checksJson(checks, wallMs))}\n`
  if (format === 'nagios') return checkNagios(checks)
  if (format === 'junit') return checkJunit(checks, wallMs)
  const out = process.stdout
  return checkReport(checks, { columns: out.columns ?? PIPE_COLUMNS, wallMs, ascii })
}

/** The exit code of checks: that of the worst. */
export function checkExitCode(checks: readonly CheckStatus[]): number {
  return EXIT_CODE[checksVerdict(checks)]
}

/**
 * Runs checks once, or again and again until a signal comes, prints them and resolves with the exit code: that of the worst state, as of
 * the last round. Throws UsageError for a name that no check has.
 */
export async function check(options: Options, wanted: CheckOptions): Promise<number> {
  compileSparingly()
  const definitions = await definitionsOf(options, wanted)
  const { everyMs, format } = wanted
  const stop = new AbortController()
  let code: number = EXIT_CODE.unknown
  let ended: number | undefined
  let rounds = 0
  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.once(signal, () => {
      ended = number
      stop.abort()
    })
  }
  // One look has to do: there may be no second result in a row.
  const checks = new Checks({ once: true })
  const memories = new Map<string, Map<string, unknown>>()
  checks.accept({ definitions }, systemClock.wallMs(), systemClock.monoMs(), () => {})
  do {
    const startMono = systemClock.monoMs()
    const wallMs = systemClock.wallMs()
    await round(options, definitions, checks, memories, stop.signal)
    if (stop.signal.aborted) break
    code = checkExitCode(checks.list)
    process.exitCode = code
    const text = checkText(checks.list, format, wallMs, options.ascii)
    const gap = rounds++ > 0 && format !== 'json' ? '\n' : ''
    // A reader may have stopped reading, and a signal ends all the same.
    await orStopped(stop.signal, (done) => process.stdout.write(gap + text, done))
    if (everyMs !== undefined) await pause(startMono + everyMs - systemClock.monoMs(), stop.signal)
  } while (everyMs !== undefined && !stop.signal.aborted)
  if (ended !== undefined) leaveReader()
  return everyMs === undefined ? (ended ?? code) : code
}

async function round(
  { platform, root, secrets }: Options,
  definitions: readonly CheckDefinition[],
  checks: Checks,
  memories: Map<string, Map<string, unknown>>,
  stop: AbortSignal,
): Promise<void> {
  const progress = startProgress(
    definitions.map(({ name }) => name),
    process.stderr,
    () => systemClock.monoMs(),
  )
  try {
    const results = await checkOnce({
      definitions,
      secrets,
      platform,
      root,
      clock: systemClock,
      memories,
      stop,
      onResult: ({ check: name }) => progress.done(name),
    })
    // All at once: what one depends on may have answered later.
    checks.accept({ results }, systemClock.wallMs(), systemClock.monoMs(), () => {})
  } finally {
    progress.end()
  }
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await orStopped(stop, (done) => {
    timer = setTimeout(done, Math.max(0, ms))
  })
  clearTimeout(timer)
}

/** Waits until something is done, or until the signal. */
function orStopped(stop: AbortSignal, begin: (done: () => void) => unknown): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve()
    const done = () => {
      stop.removeEventListener('abort', done)
      resolve()
    }
    stop.addEventListener('abort', done)
    begin(done)
  })
}
