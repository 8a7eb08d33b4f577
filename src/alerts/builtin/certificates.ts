import { span } from '../../lib/units.ts'
import { CERTIFICATE_LEFT } from '../../model/catalogue/checks.ts'
import { type Labels, seriesKey } from '../../model/series.ts'
import type { Rule } from '../rule.ts'
import type { World } from '../world.ts'
import { builtin, metric } from './build.ts'
import { DAY, MINUTE, SECOND } from './words.ts'

const days = (count: number) => (count * DAY) / SECOND

/** Milliseconds that somebody wants the certificate of a check to have left: `expect: { certificate: 7d }`. */
function wantedMs({ check }: Labels, { checks }: World): number | undefined {
  const expect = checks.find(({ definition }) => definition.name === check)?.definition.settings.expect
  const wanted = (expect as { readonly certificate?: unknown } | undefined)?.certificate
  return typeof wanted === 'number' ? wanted : undefined
}

/** Days are enough to plan by, until there are few of them. */
function endsText(seconds: number): string {
  if (seconds < 0) return `certificate expired ${span(-seconds)} ago`
  return `certificate ends in ${span(seconds < days(2) ? seconds : seconds - (seconds % days(1)))}`
}

/** Certificates of the services that are checked. */
export const certificatesRules: readonly Rule[] = [
  // What renews by itself does so a month before, so this one did not; two weeks are left to find out why. Whoever wants another time
  // has said so in the check, and the check tells.
  builtin({
    name: 'certificate-ends-soon',
    when: metric(CERTIFICATE_LEFT, { below: days(14), clear: days(15) }),
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    text: endsText,
    except: (labels, world) => wantedMs(labels, world) !== undefined,
  }),
  // A weekend is left, and then nobody gets in. Certificates that live for days are left alone until their check finds them too old.
  builtin({
    name: 'certificate-ends-now',
    when: metric(CERTIFICATE_LEFT, { below: days(3), clear: days(4) }),
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    text: endsText,
    except(labels, world) {
      const wanted = wantedMs(labels, world)
      const left = world.value(seriesKey(CERTIFICATE_LEFT, { check: labels.check ?? '' }))
      return wanted !== undefined && left !== undefined && left * SECOND >= wanted
    },
  }),
]
