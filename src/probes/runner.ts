import type { Clock } from '../lib/clock.ts'
import type { Sample } from '../model/sample.ts'
import { measure } from './measure.ts'
import type { HostFiles, Probe } from './probe.ts'

/** How often probes that ask for the usual pace are read, unless told otherwise. */
export const USUAL_MS = 1000

/** Timers of Node may fire up to a millisecond early; a turn that is this near is due. */
export const SLACK_MS = 5

export interface RunnerOptions {
  /** The first reading has been made elsewhere (before the worker was up): every probe is first due one interval after the first call. */
  readonly skipFirst?: boolean
  /** The person's sampling interval. Probes of one second follow it; slower ones keep their own pace, rounded up to whole intervals. */
  readonly intervalMs?: number
}

export interface Runner {
  /** Runs the probes that are due, in their order. A probe that throws gives a failed sample and is tried again at its next turn. */
  due(nowMono: number): Sample[]
}

interface Turn {
  readonly probe: Probe
  readonly everyMs: number
  nextMono: number
}

/** How often a probe is read that wants to be read every `everyMs`. */
export function pace(everyMs: number, intervalMs: number): number {
  if (everyMs <= USUAL_MS) return intervalMs
  return Math.ceil(everyMs / intervalMs) * intervalMs
}

/**
 * Decides which probes have their turn. All turns lie on one grid that begins with the first call, so that one timer serves all of
 * them; turns that were missed (a stopped process, a slow tick) are left out, not made up for.
 */
export function createRunner(
  probes: readonly Probe[],
  files: HostFiles,
  clock: Clock,
  { skipFirst = false, intervalMs = USUAL_MS }: RunnerOptions = {},
): Runner {
  let turns: Turn[] | undefined

  function begin(nowMono: number): Turn[] {
    return probes.map((probe) => {
      const everyMs = pace(probe.everyMs, intervalMs)
      return { probe, everyMs, nextMono: skipFirst ? nowMono + everyMs : nowMono }
    })
  }

  return {
    due(nowMono) {
      turns ??= begin(nowMono)
      const samples: Sample[] = []
      for (const turn of turns) {
        const late = nowMono + SLACK_MS - turn.nextMono
        if (late < 0) continue
        turn.nextMono += (Math.floor(late / turn.everyMs) + 1) * turn.everyMs
        samples.push(measure(turn.probe.name, turn.everyMs, clock, (out) => turn.probe.read(files, out)))
      }
      return samples
    },
  }
}
