import type { CheckResult, CheckStatus } from '../../model/check.ts'
import type { Frame } from '../../model/frame.ts'
import { type CheckLine, LINE_VERSION } from '../line.ts'

const MINUTE_MS = 60_000

/** What was recorded of a check last. */
interface Said {
  readonly status: CheckStatus
  readonly last: CheckResult | undefined
  readonly what: string
  readonly minute: number
  /** The last result is in the log. */
  readonly written: boolean
}

/** Makes the lines of checks: of results that say something new, of a state that turned without one, and one a minute. */
export interface ChecksRecorder {
  /** What changed since the frame before. */
  lines(frame: Frame): readonly CheckLine[]
  /** The last results that have no line yet, so that the next run has them; nothing is recorded after that. */
  rest(wallMs: number): readonly CheckLine[]
}

export function createChecksRecorder(): ChecksRecorder {
  const said = new Map<string, Said>()
  let before: Frame['checks'] = []

  return {
    lines({ checks, wallMs }) {
      if (checks === before) return []
      before = checks
      if (said.size > checks.length) forget(said, checks)
      const lines: CheckLine[] = []
      for (const status of checks) {
        const { name } = status.definition
        const known = said.get(name)
        if (known?.status === status || !status.asked) continue
        const { last } = status
        const what = wordsOf(status)
        const minute = Math.floor(wallMs / MINUTE_MS)
        const told = known !== undefined && known.what === what && (known.last === last || known.minute === minute)
        // A minute is taken by what is written only: the first result of the next one is written as well.
        const written = told ? known.written && known.last === last : true
        said.set(name, { status, last, what, minute: told ? known.minute : minute, written })
        if (!told) lines.push(lineOf(status, wallMs, known?.last !== last))
      }
      return lines
    },
    rest: (wallMs) =>
      [...said.values()].flatMap(({ status, written }) => (written ? [] : [lineOf(status, wallMs, true)])),
  }
}

function forget(said: Map<string, Said>, checks: readonly CheckStatus[]): void {
  const names = new Set(checks.map(({ definition }) => definition.name))
  for (const name of said.keys()) if (!names.has(name)) said.delete(name)
}

/** The result where it is another than what the check counts as. While what it depends on is down, nothing that it finds counts. */
function otherResult({ state, reason, last }: CheckStatus): CheckResult['outcome'] | undefined {
  return last === undefined || last.outcome.state === state || reason === 'dependency' ? undefined : last.outcome
}

/** What a status says, figures left out: `took 812 ms` after `took 809 ms` is nothing new. */
function wordsOf(status: CheckStatus): string {
  const { state, flapping } = status
  const other = otherResult(status)
  const { reason = '', error = '' } = other ?? status
  return [state, flapping, other?.state, reason, error.replaceAll(/\d+/g, '0')].join('\n')
}

/** `looked`: the last result is new. */
function lineOf(status: CheckStatus, wallMs: number, looked: boolean): CheckLine {
  const { definition, state, sinceMs, flapping, last, results } = status
  const other = otherResult(status)
  const { reason, error } = other ?? status
  const result = looked ? last : undefined
  const latencyS = result === undefined ? Number.NaN : (results.at(-1)?.latencyS ?? Number.NaN)
  return {
    v: LINE_VERSION,
    t: wallMs,
    kind: 'check',
    check: definition.name,
    state,
    since_ms: sinceMs,
    ...(other && { result: other.state }),
    ...(reason !== undefined && { reason }),
    ...(error !== undefined && { error }),
    ...(result && { began_ms: result.wallMs }),
    ...(!Number.isNaN(latencyS) && { latency_s: latencyS }),
    ...(flapping && { flapping }),
  }
}
