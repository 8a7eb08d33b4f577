import type { Values } from '../../model/sample.ts'
import { perFiles } from '../per-files.ts'
import type { SlowProbe } from '../probe.ts'

/** What is not there now (a battery, a sensor) may be plugged in, but hardly this minute. */
const REST_MS = 600_000

/** The probe, asked only every ten minutes while it finds nothing: most machines lack what it looks for, and each question starts programs. */
export function seldomInVain(probe: SlowProbe): SlowProbe {
  const restOf = perFiles(() => ({ turns: 0 }))
  return {
    ...probe,
    async measure(context, out) {
      const rest = restOf(context.files)
      if (rest.turns > 0) {
        rest.turns--
        return
      }
      let found = false
      const seen = (write: () => void) => {
        found = true
        write()
      }
      const noted: Values = {
        gauge: (series, value) => seen(() => out.gauge(series, value)),
        counter: (series, value) => seen(() => out.counter(series, value)),
        state: (series, value) => seen(() => out.state(series, value)),
      }
      await probe.measure(context, noted)
      if (!found) rest.turns = Math.round(REST_MS / probe.everyMs) - 1
    },
  }
}
