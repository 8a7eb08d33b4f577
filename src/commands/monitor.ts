import type { Rule } from '../alerts/rule.ts'
import { createEngine } from '../engine/engine.ts'
import type { Clock } from '../lib/clock.ts'
import type { Frame } from '../model/frame.ts'
import type { History } from '../model/history.ts'
import type { ProcessQuery } from '../model/processes.ts'
import type { Sample } from '../model/sample.ts'
import { ALERT_COMMANDS, type Batch, type Command, isAlertCommand, type Outcome, type Source } from '../model/source.ts'
import type { Watched, WatchRequest } from '../model/watch.ts'

/** A source and the engine behind it: what every command that goes on reads its frames from. */
export interface Monitor {
  readonly can: Source['can']
  readonly frame: Frame
  /** Asks for rows of the process table; an unchanged question is not asked again. The id of the question, which its answers carry. */
  ask(query: Omit<ProcessQuery, 'id'>): number
  /** Watches a process from now on, nobody any more without a request; an unchanged request is not sent again. */
  watch(request: WatchRequest | undefined): void
  command(command: Command): Promise<Outcome>
  inspect: Source['inspect']
  /** What earlier runs left behind: charts, availability, alerts and what people made of them go on from there. */
  restore(history: History): void
  /** What happened that no source tells, seen at once; samples without an event come with the next batch, for no picture waits for them. */
  tell(news: Pick<Batch, 'events'> & Partial<Pick<Batch, 'samples'>>): void
  /** Other alert rules from now on. */
  configure(rules: readonly Rule[]): void
  stop(): Promise<void>
}

export interface MonitorOptions {
  /** The clock of the source's batches. */
  readonly clock: Clock
  /** Alert rules; the built-in ones unless given. */
  readonly rules?: readonly Rule[]
  /** Nothing may be done to alerts. */
  readonly readOnly?: boolean
}

/**
 * Starts a source and turns its batches into frames. `first` is a batch that was taken at once, so that there is a frame from the
 * beginning. Process answers to older questions are dropped.
 */
export function createMonitor(
  source: Source,
  first: Batch,
  onFrame: (frame: Frame) => void,
  { clock, rules, readOnly = false }: MonitorOptions,
): Monitor {
  const engine = createEngine({ ...(rules && { rules }) })
  let frame = engine.accept(first)
  let asked: string | undefined
  let id = 0
  let watching: WatchRequest | undefined
  let can: { readonly of: Source['can']; readonly all: ReadonlySet<Command['kind']> } | undefined
  /** The newest of each source that no batch has brought yet. */
  const waiting = new Map<string, Sample>()
  source.start((batch) => {
    const { processes, watched, ...rest } = batch
    const next = engine.accept({
      ...rest,
      samples: withWaiting(batch.samples),
      ...(processes !== undefined && processes.id >= id && { processes }),
      ...(watched !== undefined && isMeant(watched, watching) && { watched }),
    })
    take(next)
  })

  function take(next: Frame): void {
    frame = withMeant(next, watching)
    onFrame(frame)
  }

  function withWaiting(samples: readonly Sample[]): readonly Sample[] {
    if (waiting.size === 0) return samples
    const all = [...waiting.values(), ...samples]
    waiting.clear()
    return all
  }

  function now(): { wallMs: number; monoMs: number } {
    return { wallMs: clock.wallMs(), monoMs: clock.monoMs() }
  }

  /** Whoever judges takes what is done to alerts: this engine, or that of the healthtop it is attached to. */
  function possible(): ReadonlySet<Command['kind']> {
    if (readOnly || frame.measurer !== undefined) return source.can
    if (can?.of !== source.can) can = { of: source.can, all: new Set([...source.can, ...ALERT_COMMANDS]) }
    return can.all
  }

  return {
    // Checks may be found later.
    get can() {
      return possible()
    },
    get frame() {
      return frame
    },
    ask(query) {
      const text = JSON.stringify(query)
      if (text !== asked) {
        asked = text
        id++
        source.query({ ...query, id })
      }
      return id
    },
    watch(request) {
      if (JSON.stringify(request) === JSON.stringify(watching)) return
      watching = request
      frame = withMeant(frame, watching)
      source.watch(request)
    },
    async command(command) {
      if (!isAlertCommand(command) || frame.measurer !== undefined) return source.command(command)
      if (readOnly) return { ok: false, reason: 'read-only' }
      const { wallMs, monoMs } = now()
      const outcome = engine.command(command, wallMs)
      take(engine.tick(wallMs, monoMs))
      return outcome
    },
    inspect: (target) => source.inspect(target),
    restore(history) {
      const { wallMs, monoMs } = now()
      engine.restore(history, wallMs, monoMs)
      take(engine.tick(wallMs, monoMs))
    },
    tell({ events, samples = [] }) {
      for (const sample of samples) waiting.set(sample.source, sample)
      if (events !== undefined) take(engine.accept({ ...now(), samples: withWaiting([]), events }))
    },
    configure: (rules) => engine.configure(rules),
    stop: () => source.stop(),
  }
}

/** Whether this is what was asked for: another one may have been on its way. A pid has become a process with its start time. */
function isMeant({ target }: Watched, request: WatchRequest | undefined): boolean {
  const asked = request?.target
  if (asked?.kind === 'pid' && target.kind === 'process') return target.id.pid === asked.pid
  return JSON.stringify(asked) === JSON.stringify(target)
}

/** A frame without a process that is not watched any more. */
function withMeant(frame: Frame, request: WatchRequest | undefined): Frame {
  const { watched, ...rest } = frame
  return watched === undefined || isMeant(watched, request) ? frame : rest
}
