import { createEngine, type Engine } from '../../engine/engine.ts'
import { systemClock } from '../../lib/clock.ts'
import type { Frame } from '../../model/frame.ts'
import type { History } from '../../model/history.ts'
import type { Batch } from '../../model/source.ts'
import { createLiveSource } from '../../sources/live/live.ts'
import { liveOptions } from '../live-options.ts'
import type { Build, Options } from '../options.ts'
import { startBar } from './progress.ts'

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
const BEAT_MS = 250
/** A source that says nothing for so long longer than it was to be sampled has said all it will. */
const PATIENCE_MS = 5000

/** This host after it was sampled for some time, or the exit code of the signal that ended that. */
export type Sampled = { readonly engine: Engine; readonly frame: Frame } | { readonly code: number }

/**
 * Samples this host, with the source and the engine of the dashboard, for `forMs` from its first real sample on; the engine begins with
 * `history`, where there is one. `enough` is asked at every frame and ends it early by throwing. Resolves when every worker has ended.
 */
export async function sampleHost(
  options: Options,
  build: Build,
  forMs: number,
  enough: (frame: Frame, sampledMs: number) => void,
  history?: History,
): Promise<Sampled> {
  const source = createLiveSource({ ...liveOptions(options, build), readOnly: true })
  const bar = startBar(process.stderr, () => systemClock.monoMs(), options.ascii)
  // Only the last frame is told, and what it tells must not be of ten seconds ago.
  const engine = createEngine({ limitsEveryMs: 0, unhurried: true })
  let frame = engine.accept(source.first())
  if (history !== undefined) engine.restore(history, frame.wallMs, frame.monoMs)
  let startMono: number | undefined
  let timer: NodeJS.Timeout | undefined
  let beat: NodeJS.Timeout | undefined
  const listeners: [NodeJS.Signals, () => void][] = []
  try {
    const code = await new Promise<number | undefined>((resolve, reject) => {
      for (const [signal, number] of Object.entries(SIGNALS) as [NodeJS.Signals, number][]) {
        const end = () => resolve(number)
        listeners.push([signal, end])
        process.once(signal, end)
      }
      timer = setTimeout(() => resolve(undefined), forMs + Math.max(PATIENCE_MS, 3 * options.intervalMs))
      beat = setInterval(() => {
        const sampled = startMono === undefined ? 0 : systemClock.monoMs() - startMono
        bar.at(sampled / forMs, 'sampling this host', figures(sampled, forMs))
      }, BEAT_MS)
      source.start((batch) => {
        frame = engine.accept(batch)
        if (isMeasured(batch)) startMono ??= batch.monoMs
        if (startMono === undefined) return
        const sampled = batch.monoMs - startMono
        try {
          enough(frame, sampled)
        } catch (error) {
          reject(error)
        }
        if (isMeasured(batch) && sampled >= forMs - options.intervalMs / 2) resolve(undefined)
      })
    })
    return code === undefined ? { engine, frame } : { code }
  } finally {
    clearTimeout(timer)
    clearInterval(beat)
    bar.end()
    await source.stop()
    for (const [signal, end] of listeners) process.off(signal, end)
  }
}

/** Warm-up samples are shown elsewhere and stored nowhere. */
function isMeasured({ samples }: Batch): boolean {
  return samples.some(({ warmup }) => warmup !== true)
}

function figures(sampledMs: number, forMs: number): string {
  return `${Math.min(Math.floor(sampledMs / 1000), Math.round(forMs / 1000))} of ${Math.round(forMs / 1000)} s`
}
