import type { CertificateChain, CheckOutcome, CheckResult, CheckStatus, Phases } from '../model/check.ts'
import { checksVerdict } from '../model/check-verdict.ts'
import { longReason } from '../model/check-words.ts'
import { lastLatency } from './check-summary.ts'

/** Version of the object; raised when a key changes its meaning. */
const VERSION = 1
const DAY_MS = 86_400_000

/** What `check --format json` prints: its verdict is the worst state, as its exit code. */
export function checksJson(checks: readonly CheckStatus[], wallMs: number): object {
  return {
    v: VERSION,
    t: wallMs,
    verdict: checksVerdict(checks),
    checks: checks.map((check) => checkJson(check, wallMs)),
  }
}

/**
 * A check as JSON, in `check` and in `snapshot`. Keys are a public contract (DESIGN chapter 12): times are Unix milliseconds, durations
 * seconds; what is not known is null. Settings and header fields are left out: both may hold secrets.
 */
export function checkJson(status: CheckStatus, wallMs: number): object {
  const { definition, state, reason, sinceMs, flapping, last } = status
  const took = lastLatency(status)
  return {
    name: definition.name,
    type: definition.type,
    target: definition.target,
    state,
    reason: reason ?? null,
    since_ms: status.asked ? sinceMs : null,
    flapping,
    latency_s: took === undefined ? null : seconds(took),
    error: longReason({ ...status, flapping: false }) || null,
    labels: definition.labels,
    details: {
      origin: definition.origin,
      group: definition.group ?? null,
      checked_ms: last?.wallMs ?? null,
      next_ms: status.nextMs ?? null,
      duration_s: last === undefined ? null : seconds(last.durationMs / 1000),
      tries: last?.tries ?? null,
      ...outcomeJson(last, wallMs),
      availability: {
        hour: status.availability.hour ?? null,
        day: status.availability.day ?? null,
        week: status.availability.week ?? null,
      },
      latency:
        status.latency === undefined
          ? null
          : { p50_s: seconds(status.latency.p50), p95_s: seconds(status.latency.p95) },
    },
  }
}

const NOTHING: Partial<CheckOutcome> = {}

function outcomeJson(last: CheckResult | undefined, wallMs: number): object {
  const { phases, expectations, certificate, facts = [], values = [] } = last?.outcome ?? NOTHING
  return {
    phases_s: phases === undefined ? null : phasesJson(phases),
    expectations: (expectations ?? []).map(({ name, met, found, wanted }) => ({ name, met, found, wanted })),
    certificate: certificate === undefined ? null : certificateJson(certificate, wallMs),
    facts: Object.fromEntries(facts.map(({ name, value }) => [name, value])),
    values: values.map(({ label, value, unit }) => ({ label, value: Number.isFinite(value) ? value : null, unit })),
  }
}

/** The server's own certificate, and the chain from it on. */
function certificateJson(
  { certificates, trusted, distrust, protocol, cipher }: CertificateChain,
  wallMs: number,
): object {
  const [own] = certificates
  return {
    subject: own?.subject ?? null,
    issuer: own?.issuer ?? null,
    until_ms: own?.untilMs ?? null,
    days_left: own === undefined ? null : daysLeft(own.untilMs, wallMs),
    trusted,
    distrust: distrust ?? null,
    protocol: protocol ?? null,
    cipher: cipher ?? null,
    names: own?.names ?? [],
    chain: certificates.map(({ subject, issuer, fromMs, untilMs, key, fingerprint }) => ({
      subject,
      issuer,
      from_ms: fromMs,
      until_ms: untilMs,
      days_left: daysLeft(untilMs, wallMs),
      key: key ?? null,
      sha256: fingerprint ?? null,
    })),
  }
}

/** Whole days; negative once it has ended. */
function daysLeft(untilMs: number, wallMs: number): number {
  return Math.floor((untilMs - wallMs) / DAY_MS)
}

function phasesJson(phases: Phases): object {
  return Object.fromEntries(Object.entries(phases).map(([name, value]) => [name, seconds(value)]))
}

/** To the microsecond: clocks tell no more. */
function seconds(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
