import { createEngine } from '../engine/engine.ts'
import type { Frame } from '../model/frame.ts'
import type { ProcessQuery } from '../model/processes.ts'
import type { Batch, Command, Outcome, Source } from '../model/source.ts'

/** A source and the engine behind it: what every command that goes on reads its frames from. */
export interface Monitor {
  readonly can: Source['can']
  readonly frame: Frame
  /** Asks for rows of the process table; an unchanged question is not asked again. */
  ask(query: Omit<ProcessQuery, 'id'>): void
  command(command: Command): Promise<Outcome>
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
  source.start((batch) => {
    const { processes, ...rest } = batch
    frame = engine.accept(processes !== undefined && processes.id >= id ? batch : rest)
    onFrame(frame)
  })
  return {
    can: source.can,
    get frame() {
      return frame
    },
    ask(query) {
      const text = JSON.stringify(query)
      if (text === asked) return
      asked = text
      id++
      source.query({ ...query, id })
    },
    command: (command) => source.command(command),
    stop: () => source.stop(),
  }
}
