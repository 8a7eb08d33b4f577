import { createEngine } from '../engine/engine.ts'
import type { Frame } from '../model/frame.ts'
import type { ProcessQuery } from '../model/processes.ts'
import type { Batch, Command, Outcome, Source } from '../model/source.ts'
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
  stop(): Promise<void>
}

/**
 * Starts a source and turns its batches into frames. `first` is a batch that was taken at once, so that there is a frame from the
 * beginning. Process answers to older questions are dropped.
 */
export function createMonitor(source: Source, first: Batch, onFrame: (frame: Frame) => void): Monitor {
  const engine = createEngine()
  let frame = engine.accept(first)
  let asked: string | undefined
  let id = 0
  let watching: WatchRequest | undefined
  source.start((batch) => {
    const { processes, watched, ...rest } = batch
    const next = engine.accept({
      ...rest,
      ...(processes !== undefined && processes.id >= id && { processes }),
      ...(watched !== undefined && isMeant(watched, watching) && { watched }),
    })
    frame = withMeant(next, watching)
    onFrame(frame)
  })
  return {
    // Checks may be found later.
    get can() {
      return source.can
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
    command: (command) => source.command(command),
    inspect: (target) => source.inspect(target),
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
