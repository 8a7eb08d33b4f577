import { spawn as systemSpawn } from 'node:child_process'
import type { Clock } from '../lib/clock.ts'
import { runProgram, type Spawn } from '../lib/run-program.ts'
import type { Sample, Values } from '../model/sample.ts'
import { measureSlowly } from './measure.ts'
import type { HostFiles, SlowProbe } from './probe.ts'
import { pace, SLACK_MS, USUAL_MS } from './runner.ts'

export interface SlowRunnerOptions {
  /** Starts the programs that probes ask; `spawn` of node:child_process unless given. */
  readonly spawn?: Spawn
  /** The person's sampling interval, as the other runner takes it. */
  readonly intervalMs?: number
}

/** Runs slow probes beside the ticks. */
export interface SlowRunner {
  /**
   * The samples that were finished since the last call. Starts those whose turn it is, all of them at the first call; never one while it
   * still runs. What fails or takes longer than its deadline is a failed sample.
   */
  due(nowMono: number): Sample[]
  /** Resolves when none of those that were started is still waited for, at the latest after `waitMs`. */
  settled(waitMs: number): Promise<void>
  /** Ends what runs, with its programs; nothing is given any more. */
  close(): void
}

interface Turn {
  readonly probe: SlowProbe
  readonly everyMs: number
  nextMono: number
  /** There until the probe has come back, which may be long after its deadline. */
  running?: Running | undefined
}

interface Running {
  readonly controller: AbortController
  /** Its sample is out; at the latest when its deadline is over. */
  readonly told: Promise<void>
  late: boolean
}

/** Whoever makes one must close it. */
export function createSlowRunner(
  probes: readonly SlowProbe[],
  files: HostFiles,
  clock: Clock,
  { spawn = systemSpawn, intervalMs = USUAL_MS }: SlowRunnerOptions = {},
): SlowRunner {
  const wanted = probes.filter(({ asksMachine }) => !asksMachine || files.root === '/')
  let turns: Turn[] | undefined
  let finished: Sample[] = []
  let closed = false

  function tell(turn: Turn, read: (out: Values) => Promise<void>): Promise<void> {
    return measureSlowly(turn.probe.name, turn.everyMs, clock, read).then((sample) => {
      if (!closed) finished.push(sample)
    })
  }

  function start(turn: Turn): void {
    const { probe } = turn
    const controller = new AbortController()
    const { signal } = controller
    const life = { lifeMs: probe.deadlineMs }
    const run = (program: string, args: readonly string[]) => runProgram(spawn, signal, program, args, life)
    const told = tell(turn, async (out) => {
      const work = Promise.resolve().then(() => probe.measure({ files, signal, run }, out))
      const back = () => {
        turn.running = undefined
      }
      work.then(back, back)
      try {
        await Promise.race([work, deadline(probe.deadlineMs, signal)])
      } finally {
        if (turn.running !== undefined) turn.running.late = true
        // Ends the timer, and what a probe that failed has left running.
        controller.abort()
      }
    })
    turn.running = { controller, told, late: false }
  }

  function take(turn: Turn): void {
    if (turn.running === undefined) start(turn)
    else if (turn.running.late) void tell(turn, () => Promise.reject(new Error('has not come back from its last turn')))
  }

  return {
    due(nowMono) {
      if (closed) return []
      turns ??= wanted.map((probe) => ({ probe, everyMs: pace(probe.everyMs, intervalMs), nextMono: nowMono }))
      for (const turn of turns) {
        const late = nowMono + SLACK_MS - turn.nextMono
        if (late < 0) continue
        turn.nextMono += (Math.floor(late / turn.everyMs) + 1) * turn.everyMs
        take(turn)
      }
      const samples = finished
      finished = []
      return samples
    },
    async settled(waitMs) {
      const open = (turns ?? []).flatMap(({ running }) => (running === undefined ? [] : [running.told]))
      if (open.length === 0) return
      let timer: NodeJS.Timeout | undefined
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, waitMs)
      })
      await Promise.race([over, Promise.all(open)])
      clearTimeout(timer)
    },
    close() {
      closed = true
      finished = []
      for (const { running } of turns ?? []) running?.controller.abort()
    },
  }
}

/** Rejects after so long, or when the signal says that nobody waits any more. Keeps no process alive. */
function deadline(ms: number, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms)
    timer.unref()
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new Error('was ended'))
    })
  })
}
