import { rulesOf } from '../alerts/rules.ts'
import { systemClock } from '../lib/clock.ts'
import type { Frame } from '../model/frame.ts'
import { EXIT_CODE } from '../model/severity.ts'
import { createLiveSource } from '../sources/live/live.ts'
import { leaveReader } from './leave-reader.ts'
import { liveOptions } from './live-options.ts'
import { createMonitor } from './monitor.ts'
import type { Build, Options } from './options.ts'
import { snapshotText } from './snapshot.ts'
import type { SnapshotOptions } from './snapshot-options.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Whether everything is there that will be: processes that cannot be listed are not waited for. */
export function isWhole({ processes, failures }: Frame): boolean {
  return processes !== undefined || failures.processes !== undefined
}

/**
 * Prints a frame an interval until a signal or the reader ends it; the exit code is the verdict of the last one. A reader that is slow
 * gets fewer frames, never old ones: nothing is queued behind what it has not taken yet.
 */
export async function watchSnapshots(options: Options, snapshot: SnapshotOptions, build: Build): Promise<number> {
  const source = createLiveSource({ ...liveOptions(options, build), readOnly: true })
  let printed = 0
  let writing = false
  /** When the last frame that was printed had been measured. */
  let measuredMs: number | undefined

  function print(frame: Frame): void {
    const { cpu } = frame.measuredMs
    // The first measurement has no rates yet, and what comes between two ticks (an answer, what listens) is no new frame.
    if (cpu === undefined || cpu === measuredMs || writing || !isWhole(frame)) return
    const started = measuredMs !== undefined
    measuredMs = cpu
    if (!started) return
    writing = true
    process.exitCode = EXIT_CODE[frame.verdict]
    process.stdout.write(snapshotText(frame, snapshot, printed++ === 0), () => {
      writing = false
    })
  }

  const monitor = createMonitor(source, source.first(), print, {
    clock: systemClock,
    rules: rulesOf(options.alerts, options.disabledAlerts),
    readOnly: true,
  })
  monitor.ask(snapshot.query)
  await new Promise<void>((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve())
  })
  await monitor.stop()
  leaveReader()
  // What was never measured whole was never judged.
  return EXIT_CODE[printed === 0 ? 'unknown' : monitor.frame.verdict]
}
