import type { Clock } from '../../lib/clock.ts'
import type { Sample } from '../../model/sample.ts'
import { measure } from '../../probes/measure.ts'
import type { Host, HostOptions, Scanner } from './platform.ts'
import { openPortableHost } from './portable-host.ts'
import { openProcfsHost } from './procfs-host.ts'

/** Opens a host. Who opens it must close it. */
export function openHost(options: HostOptions): Host {
  return options.platform === 'procfs' ? openProcfsHost(options) : openPortableHost(options)
}

/** Scans, and says how that went: a sample without values, failed where the processes could not be listed. */
export async function scanSample(scanner: Scanner, everyMs: number, clock: Clock): Promise<Sample> {
  try {
    await scanner.scan()
  } catch (error) {
    return failedSample('processes', everyMs, clock, error)
  }
  return measure('processes', everyMs, clock, () => {})
}

/** A sample that says why there is nothing. */
export function failedSample(source: string, everyMs: number, clock: Clock, error: unknown): Sample {
  return measure(source, everyMs, clock, () => {
    throw error
  })
}

/** Samples right after the start: shown, never stored. */
export function asWarmup(samples: readonly Sample[]): Sample[] {
  return samples.map((sample) => ({ ...sample, warmup: true }))
}
