import { type Metric, sourced } from '../metric.ts'
import { type Entry, gauge } from './entries.ts'

/** A thousand checks have ten thousand series: only the one that is drawn as a curve reaches back. */
const brief = (entry: Entry): Entry => ({ ...entry, ring: entry.name === 'check_latency_seconds' ? 'short' : 'brief' })
/** Without bounds: what it can be nobody knows. */
const any = ({ bounds: _bounds, ...entry }: Entry): Entry => entry

/** Seconds that are left of the certificate that the server of a check shows. */
export const CERTIFICATE_LEFT = 'check_certificate_seconds'

/** Whether a series is what is left of a certificate. */
export function isOfCertificate(series: string): boolean {
  return series.startsWith(`${CERTIFICATE_LEFT}{`)
}

/** Service checks, by `check`: how they are judged, and what their last result measured. */
export const checkMetrics: readonly Metric[] = sourced(
  'the results of the checks',
  [
    gauge('check_up', '1 while it is up or degraded, 0 while it is down; absent while that is not known', 'count', {
      min: 0,
      max: 1,
    }),
    gauge('check_degraded', '1 while it answers but not as it should; absent while that is not known', 'count', {
      min: 0,
      max: 1,
    }),
    gauge('check_latency_seconds', 'time the answer took', 'seconds'),
    gauge('check_phase_seconds', 'time of it by `phase`: dns, connect, tls, first_byte, transfer', 'seconds'),
    any(gauge(CERTIFICATE_LEFT, 'until the certificate of the server ends; negative once it has', 'seconds')),
    any(
      gauge('check_value', 'a figure of the check by `label`, such as performance data of a plug-in, in its own unit'),
    ),
  ].map(brief),
)
