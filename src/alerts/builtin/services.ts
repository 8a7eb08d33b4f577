import type { Rule } from '../rule.ts'
import { anyCheck, anyProcess, builtin } from './build.ts'
import { MINUTE, SECOND } from './words.ts'

/** Checks, and processes that are watched. */
export const servicesRules: readonly Rule[] = [
  // Its own `failures` in a row have waited long enough. What fails because of another one is told by that one alone.
  builtin({ name: 'check-down', when: anyCheck('down'), severity: 'critical' }),
  // Slow, near the end of its certificate, with a warning: it answers, and a short peak is over before the minute is.
  builtin({ name: 'check-degraded', when: anyCheck('degraded'), forMs: MINUTE, severity: 'warning' }),
  // Half of its last results differ from the one before, which a service that is started again once does not come near.
  builtin({ name: 'check-flapping', when: anyCheck('flapping'), severity: 'warning' }),
  // Somebody watches it because it matters. A restart takes a few seconds, and is none of this. Checked processes have their checks' rules.
  builtin({
    name: 'process-gone',
    when: anyProcess('gone'),
    forMs: 10 * SECOND,
    severity: 'critical',
    except: ({ process }, { watched }) => watched?.label !== process,
  }),
  // Three starts in ten minutes: it comes up and does not stay.
  builtin({
    name: 'process-restarting',
    when: anyProcess('restarting'),
    severity: 'warning',
    except: ({ process }, { watched }) => watched?.label !== process,
  }),
]
