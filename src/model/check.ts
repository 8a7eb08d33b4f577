import type { Labels } from './series.ts'
import type { Verdict } from './severity.ts'

/** How a service is: `degraded` answers but not as it should (slow, a certificate near its end, a warning); `unknown` could not be asked. */
export type CheckState = 'up' | 'degraded' | 'down' | 'unknown'

/** Worst first: trouble stands first in lists, and what was never asked last. */
export const CHECK_ORDER: readonly CheckState[] = ['down', 'degraded', 'unknown', 'up']

export const CHECK_VERDICT: Readonly<Record<CheckState, Verdict>> = {
  up: 'ok',
  degraded: 'warning',
  down: 'critical',
  unknown: 'unknown',
}

/** Where a check comes from: the configuration, a look at what listens here, or the command line. */
export type CheckOrigin = 'configured' | 'discovered' | 'given'

/** A service to check, and how often: what is common to all types. Plain data, which crosses threads. */
export interface CheckDefinition {
  /** Names it for good; unique. Has passed text safety. */
  readonly name: string
  /** `http`, `tcp` …: the name of a check type. */
  readonly type: string
  /** What is checked, as people read it, secrets masked: `https://localhost:8443/healthz`, `127.0.0.1:25`. Has passed text safety. */
  readonly target: string
  readonly origin: CheckOrigin
  /** The group it was configured in. */
  readonly group?: string
  /** What the type's own schema gave: the only part that may hold secrets, and that is never shown. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly intervalMs: number
  /** Of the whole check: all tries, and everything they wait for. */
  readonly timeoutMs: number
  /** Further tries at once before a failure is a result. */
  readonly retries: number
  /** Failures in a row before it counts as down, and answers in a row before it counts as up again. */
  readonly failures: number
  readonly successes: number
  /** Names of checks without which this one can tell nothing. */
  readonly depends: readonly string[]
  readonly labels: Labels
}

/** What every check has where nothing was said. */
export const CHECK_DEFAULTS = {
  intervalMs: 15_000,
  timeoutMs: 3000,
  retries: 1,
  failures: 2,
  successes: 1,
} as const

/** Parts of the time an answer takes, in the order in which they happen. */
export const PHASES = ['dns', 'connect', 'tls', 'first_byte', 'transfer'] as const
export type Phase = (typeof PHASES)[number]
/** Seconds; a phase that did not happen is absent. */
export type Phases = Readonly<Partial<Record<Phase, number>>>

/** One thing that an answer had to be. */
export interface Expectation {
  /** `status`, `body`, `json`, `header`, `latency`, `certificate` … */
  readonly name: string
  readonly met: boolean
  /** What was found and what was wanted, as people read it: `812 ms`, `under 500 ms`. Safe text. */
  readonly found: string
  readonly wanted: string
}

/** A certificate of the chain that a server showed. Safe text. */
export interface Certificate {
  /** Common name, or the first name it is for. */
  readonly subject: string
  readonly issuer: string
  /** Unix milliseconds. */
  readonly fromMs: number
  readonly untilMs: number
  /** Names it is for, of the server's own certificate only. */
  readonly names?: readonly string[]
  /** `ECDSA P-256`, `RSA 2048`. */
  readonly key?: string
  /** It is its own issuer, and this host trusts it. */
  readonly root?: boolean
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint?: string
}

export interface CertificateChain {
  /** The server's own first, then its issuer, and so on. */
  readonly certificates: readonly Certificate[]
  /** `TLS 1.3`. */
  readonly protocol?: string
  readonly cipher?: string
  /** Whether this host trusts the chain for that name; the reason where it does not: `self-signed`, `not for the name shop.example`. */
  readonly trusted: boolean
  readonly distrust?: string
}

/** What a check type found: one look at the service. Text has passed text safety, and says nothing secret. */
export interface CheckOutcome {
  readonly state: CheckState
  /** One word: `refused`, `timeout`, `reset`, `status`, `body`, `json`, `header`, `slow`, `certificate`, `warning`, `dns`, `missing` …; absent when up. */
  readonly reason?: string
  /** The sentence a person can act on: `connection refused by 127.0.0.1:25`. Absent when up. */
  readonly error?: string
  /** Seconds; where absent the whole duration of the check is meant, but for checks that measure no service (`noLatency`). */
  readonly latencyS?: number
  /** It took time, which says nothing about the service (a file, a process). */
  readonly noLatency?: boolean
  readonly phases?: Phases
  readonly expectations?: readonly Expectation[]
  readonly certificate?: CertificateChain
  /** What was answered, for people, in the order to be shown: `answer` `200 OK, 318 B, HTTP/2`, `from` `127.0.0.1:8443`, `body` …. */
  readonly facts?: readonly Fact[]
  /** Header fields of an HTTP answer, in the order they came. */
  readonly headers?: readonly Fact[]
  /** Figures that become series `check_value{check,label}` (perfdata of exec, rtt and loss of icmp). */
  readonly values?: readonly CheckValue[]
  /** Times that it was started again since the last look: a unit, or a process. Absent for none. */
  readonly restarts?: number
  /** Series of the processes that were found, by metric name (`process_cpu_ratio`), for `{process="<check>"}`. */
  readonly processes?: Readonly<Record<string, number>>
}

/** Whether there was an answer whose time tells something: what got none took as long as somebody waited for it. */
export function answered({ reason }: CheckOutcome): boolean {
  return reason !== 'timeout'
}

export interface Fact {
  readonly name: string
  readonly value: string
}

export interface CheckValue {
  readonly label: string
  readonly value: number
  /** As the plug-in wrote it: `s`, `%`, `B`, `c` …; empty for none. */
  readonly unit: string
}

/** An outcome with its time: what a check that ran tells. */
export interface CheckResult {
  readonly check: string
  readonly outcome: CheckOutcome
  /** When it began, by both clocks. */
  readonly wallMs: number
  readonly monoMs: number
  /** How long it took, retries included. */
  readonly durationMs: number
  /** Tries it took: 1 without retries. */
  readonly tries: number
  /** A person asked for it; it is out of turn. */
  readonly asked?: boolean
}

/** One result as the history of a check keeps it. */
export interface PastResult {
  readonly wallMs: number
  readonly state: CheckState
  /** NaN where none was measured. */
  readonly latencyS: number
  /** Read from the log of an earlier run, where one a minute stands for those that said the same. */
  readonly recorded?: true
}

/** So many results are kept of a check, and so many of its changes. */
export const MOST_RESULTS = 360
export const MOST_CHANGES = 50

/** A stretch in which the state of a check did not change. */
export interface CheckChange {
  readonly wallMs: number
  readonly state: CheckState
  readonly reason?: string
  readonly error?: string
}

/** The share of time in which a check was up or degraded; absent while nothing is known of that stretch. */
export interface Availability {
  readonly hour?: number
  readonly day?: number
  readonly week?: number
}

/** The worst state in each of equal parts of a stretch, oldest first; undefined where nothing is known. */
export type WorstOf = readonly (CheckState | undefined)[]

/** A check as it stands at one moment: its judged state, which takes several results in a row to change. */
export interface CheckStatus {
  readonly definition: CheckDefinition
  readonly state: CheckState
  /** One word and the sentence of the state; absent when up. */
  readonly reason?: string
  readonly error?: string
  /** Wall time since which it is in this state. */
  readonly sinceMs: number
  readonly flapping: boolean
  /** Asked at least once: one that was not is `unknown` and no trouble. */
  readonly asked: boolean
  /** Failures in a row that do not count as down yet. */
  readonly failing: number
  /** The last result; absent before the first. */
  readonly last?: CheckResult
  /** Oldest first, at most 360. */
  readonly results: readonly PastResult[]
  /** Newest first, at most 50; the first is the state it is in. */
  readonly changes: readonly CheckChange[]
  readonly availability: Availability
  /** Of the results kept, seconds. */
  readonly latency?: { readonly p50: number; readonly p95: number } | undefined
  /** Median of each phase over the results kept. */
  readonly usualPhases?: Phases | undefined
  /** For a day and for a week, 48 parts each. */
  readonly worst: { readonly day: WorstOf; readonly week: WorstOf }
  /** Wall time of its next turn; absent where it has none. */
  readonly nextMs?: number
}

/** What a source tells of its checks; only what changed is there. */
export interface CheckBatch {
  /** All checks there are from now on. One that is not among them is removed. */
  readonly definitions?: readonly CheckDefinition[]
  /** In the order in which they happened. */
  readonly results?: readonly CheckResult[]
  /** Wall time of the next turn, by name; only those that changed. */
  readonly next?: Readonly<Record<string, number>>
}
