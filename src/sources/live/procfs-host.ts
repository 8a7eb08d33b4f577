import { SystemFiles } from '../../probes/host-files.ts'
import { readFacts } from '../../probes/linux/facts.ts'
import { ListenerCollector } from '../../probes/linux/listeners.ts'
import { ProcessScanner } from '../../probes/linux/processes/scanner.ts'
import { linuxProbes, linuxSlowProbes } from '../../probes/linux/registry.ts'
import { SpaceCollector, spaceProbe } from '../../probes/linux/space.ts'
import { TICKS_PER_SECOND } from '../../probes/linux/ticks.ts'
import { openLinuxWatch } from '../../probes/linux/watch/platform.ts'
import { createRunner } from '../../probes/runner.ts'
import { createSlowRunner } from '../../probes/slow-runner.ts'
import type { Host, HostOptions } from './platform.ts'

/** A Linux host, read from its files; its facts are read once. */
export function openProcfsHost({ root, clock, intervalMs, spawn }: HostOptions): Host {
  const pace = intervalMs === undefined ? {} : { intervalMs }
  const files = new SystemFiles(root)
  const space = new SpaceCollector({ root, clock, spawn })
  const listeners = new ListenerCollector()
  const probes = [...linuxProbes, spaceProbe(space)]
  const runner = createRunner(probes, files, clock, pace)
  const slow = createSlowRunner(linuxSlowProbes, files, clock, pace)
  const facts = readFacts(files)
  const quick = (nowMono: number) => createRunner(probes, files, clock, pace).due(nowMono)
  const collect = (nowMono: number) => slow.due(nowMono)
  return {
    files,
    facts,
    quick,
    due: (nowMono) => [...runner.due(nowMono), ...collect(nowMono)],
    all: (nowMono) => [...quick(nowMono), ...collect(nowMono)],
    collect,
    settled: (waitMs) => slow.settled(waitMs),
    openScanner: (options) =>
      new ProcessScanner({
        ...options,
        root,
        clock,
        ticksPerSecond: facts.ticksPerSecond ?? TICKS_PER_SECOND,
        // Where the moment of its start is not known, ages of processes count from now.
        bootMs: facts.bootMs ?? clock.wallMs(),
      }),
    openWatch: (options) =>
      openLinuxWatch({ ...options, host: files, clock, ticksPerSecond: facts.ticksPerSecond ?? TICKS_PER_SECOND }),
    listen: () => listeners.collect(files),
    close() {
      slow.close()
      space.close()
      files.close()
    },
  }
}
