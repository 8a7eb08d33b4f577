import type { Clock } from '../../lib/clock.ts'
import type { HostFacts } from '../../model/host.ts'
import type { Sample } from '../../model/sample.ts'
import { SystemFiles } from '../../probes/host-files.ts'
import { TICKS_PER_SECOND } from '../../probes/linux/cpu.ts'
import { readFacts } from '../../probes/linux/facts.ts'
import { ProcessScanner, type ScannerOptions } from '../../probes/linux/processes/scanner.ts'
import { linuxProbes } from '../../probes/linux/registry.ts'
import { SpaceCollector, spaceProbe } from '../../probes/linux/space.ts'
import type { Spawn } from '../../probes/linux/space-child.ts'
import { measure } from '../../probes/measure.ts'
import { createRunner } from '../../probes/runner.ts'

export interface HostOptions {
  /** The folder below which `proc/`, `sys/`, `etc/` are. */
  readonly root: string
  readonly clock: Clock
  readonly intervalMs?: number
  /** Starts the children that ask mounts which may hang. */
  readonly spawn: Spawn
}

/** What of a Linux host is measured apart from its processes, with what that holds open. */
export interface Host {
  readonly files: SystemFiles
  readonly facts: HostFacts
  /** Runs the probes whose turn it is. */
  due(nowMono: number): Sample[]
  /** Runs all probes, whosever turn it is. */
  all(nowMono: number): Sample[]
  close(): void
}

/** Opens a host and reads its facts, once. Who opens it must close it. */
export function openHost({ root, clock, intervalMs, spawn }: HostOptions): Host {
  const files = new SystemFiles(root)
  const space = new SpaceCollector({ root, clock, spawn })
  const probes = [...linuxProbes, spaceProbe(space)]
  const newRunner = () => createRunner(probes, files, clock, intervalMs === undefined ? {} : { intervalMs })
  const runner = newRunner()
  return {
    files,
    facts: readFacts(files),
    due: (nowMono) => runner.due(nowMono),
    all: (nowMono) => newRunner().due(nowMono),
    close() {
      space.close()
      files.close()
    },
  }
}

/** A scanner for the processes of a host. Where the moment of its start is not known, ages of processes count from now. */
export function openScanner(
  { facts }: Host,
  options: Omit<ScannerOptions, 'ticksPerSecond' | 'bootMs'>,
): ProcessScanner {
  return new ProcessScanner({
    ...options,
    ticksPerSecond: facts.ticksPerSecond ?? TICKS_PER_SECOND,
    bootMs: facts.bootMs ?? options.clock.wallMs(),
  })
}

/** Scans, and says how that went: a sample without values, failed where /proc could not be read. */
export async function scanSample(scanner: ProcessScanner, everyMs: number, clock: Clock): Promise<Sample> {
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
