import type { SlowProbe } from '../probe.ts'

/** Temperature of the processor. Source: `cpuTemperature()` of systeminformation; most machines other than Linux tell it nobody, or administrators only. */
export const temperature: SlowProbe = {
  name: 'sensors',
  everyMs: 30_000,
  deadlineMs: 20_000,
  series: ['cpu_temperature_celsius'],
  asksMachine: true,
  measure: async (_context, out) => {
    const { cpuTemperature } = await import('systeminformation')
    const { main } = await cpuTemperature()
    // Null, or in some versions −1, where it is not known.
    if (main !== null && main > 0) out.gauge('cpu_temperature_celsius', main)
  },
}
