import { type Comparison, compares, comparisonText } from '../../lib/comparison.ts'
import { latency, percent, type Quantity } from '../../lib/units.ts'
import type { CheckOutcome, Expectation } from '../../model/check.ts'
import { degraded, down, up } from '../check.ts'
import type { PingReport } from './output.ts'

export interface PingLimits {
  readonly loss: Comparison
  /** Milliseconds; a mean round trip above it is slow. */
  readonly latency?: number | undefined
}

/** Judges an answer: none at all is down, whatever the limits; too few, or too slow, is degraded. */
export function judgePing(report: PingReport, host: string, limits: PingLimits): CheckOutcome {
  const { sent, received, rtt, from, refusal } = report
  const lost = sent === 0 ? 1 : 1 - received / sent
  const lossMet = received > 0 && compares(limits.loss, lost)
  const wantedLoss = comparisonText(limits.loss, (ratio) => percentText(ratio))
  const slow = rtt !== undefined && limits.latency !== undefined && rtt.mean * 1000 > limits.latency
  const expectations: Expectation[] = [
    { name: 'loss', met: lossMet, found: `${percentText(lost)}, ${received} of ${sent} answered`, wanted: wantedLoss },
  ]
  if (rtt !== undefined && limits.latency !== undefined) {
    expectations.push({
      name: 'latency',
      met: !slow,
      found: roundTrip(rtt.mean),
      wanted: `under ${words(latency(limits.latency / 1000))}`,
    })
  }
  const rest = {
    ...(rtt ? { latencyS: rtt.mean } : { noLatency: true }),
    expectations,
    facts: [
      { name: 'answer', value: `${received} of ${sent}${rtt === undefined ? '' : `, ${spread(rtt)}`}` },
      ...(from === undefined ? [] : [{ name: 'from', value: from }]),
    ],
    values: [
      ...(rtt === undefined ? [] : [{ label: 'rtt', value: rtt.mean, unit: 's' }]),
      { label: 'loss', value: lost * 100, unit: '%' },
    ],
  }
  if (received === 0) {
    if (refusal !== undefined) return down('unreachable', `${host} cannot be reached, says ${refusal}`, rest)
    return down('timeout', `no answer from ${host} to ${sent === 1 ? 'a ping' : `${sent} pings`}`, rest)
  }
  if (!lossMet) {
    const error = `${sent - received} of ${sent} pings to ${host} got no answer, expected loss ${wantedLoss}`
    return degraded('loss', error, rest)
  }
  if (slow) {
    const limit = latency((limits.latency ?? 0) / 1000)
    return degraded('slow', `a round trip to ${host} took ${roundTrip(rtt.mean)}, expected under ${words(limit)}`, rest)
  }
  return up(rest)
}

function words({ figure, unit }: Quantity): string {
  return `${figure} ${unit}`
}

function percentText(ratio: number): string {
  return `${percent(ratio, 0).figure}%`
}

/** Answers of the own machine and of its neighbours come within hundredths of a millisecond. */
function roundTrip(seconds: number): string {
  return seconds < 0.001 ? `${(seconds * 1000).toFixed(2)} ms` : words(latency(seconds))
}

function spread({ min, mean, max }: NonNullable<PingReport['rtt']>): string {
  const [from, to] = [roundTrip(min), roundTrip(max)]
  const unit = / \S+$/.exec(to)?.[0] ?? ''
  // `(0.01 – 0.02 ms)`: the unit once, where it is the same.
  return `${roundTrip(mean)} (${from.endsWith(unit) ? from.slice(0, -unit.length) : from} – ${to})`
}
