import { type FileStates, statesOf } from './file-states.ts'
import { loadInWorker } from './load-in-worker.ts'
import type { ReloadAnswer, ReloadError, Reloaded } from './messages.ts'

const EVERY_MS = 2000
/** An editor that is still writing has left half of a file, or none. */
const SETTLED_MS = 200

export interface ReloadOptions {
  readonly path: string
  /**
   * How the files of the configuration in use were before it was read: itself, and those that it names with `${file:…}`. What has come
   * since then is an edit like any other.
   */
  readonly states: FileStates
  /** The bundled entry of the worker that loads (`worker.ts` of this folder). */
  readonly workerPath: string
  /** Takes each configuration that can be used, once something has changed. */
  readonly onConfig: (loaded: Reloaded) => void
  /** Is told why one cannot be used: the last good one stays in use, until `onConfig` has another. */
  readonly onError: (error: ReloadError) => void
  /** How often the files are looked at, and how long one has to stay as it is before it is read; 2 s and 200 ms unless given. */
  readonly everyMs?: number
  readonly settledMs?: number
  /** Never rejects; in a worker of its own unless given. */
  readonly load?: (path: string, signal: AbortSignal) => Promise<ReloadAnswer>
}

/** Edits of the configuration, picked up until it is stopped. */
export interface Reload {
  /** Loads it once more now, whether it changed or not. */
  again(): void
  /** Ends it at once; nothing is told from then on. */
  stop(): void
}

/**
 * Looks at the configuration file, and at those that it takes secrets from, and loads it when one of them has changed, is gone or is there
 * again. While nothing changes it costs a stat(2) a file.
 */
export function createReload(options: ReloadOptions): Reload {
  const { path, states, workerPath, onConfig, onError, everyMs = EVERY_MS, settledMs = SETTLED_MS } = options
  const { load = (file, signal) => loadInWorker(workerPath, file, signal) } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let watched = [...states.keys()]
  let timer: NodeJS.Timeout | undefined
  let wake = () => {}
  /** Somebody wants it read whatever the files are like. */
  let wanted = false

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      wake = resolve
      timer = setTimeout(resolve, ms)
      // A watched file keeps no program alive.
      timer.unref()
    })

  /** The states of the files once they have stopped changing; undefined where they are as they were. */
  async function changed(before: FileStates): Promise<FileStates | undefined> {
    let found = await statesOf(watched)
    const asked = wanted
    wanted = false
    // Whoever asks for it has finished writing.
    if (asked) return found
    if (watched.every((file) => found.get(file) === before.get(file))) return undefined
    for (;;) {
      await pause(settledMs)
      const next = await statesOf(watched)
      if (watched.every((file) => found.get(file) === next.get(file))) return next
      found = next
    }
  }

  async function look(before: FileStates): Promise<FileStates> {
    const found = await changed(before)
    if (found === undefined || signal.aborted) return before
    const answer = await load(path, signal)
    if (signal.aborted) return before
    const named = answer.kind === 'loaded' ? answer.loaded.files : answer.files
    watched = [...new Set([path, ...named])]
    if (answer.kind === 'loaded') onConfig(answer.loaded)
    else onError(answer.error)
    // Of a file that was not watched it is not known how it was when it was read: it counts as changed, and all is read once more.
    return found
  }

  async function run(): Promise<void> {
    let known = states
    while (!signal.aborted) {
      if (!wanted) await pause(everyMs)
      if (!signal.aborted) known = await look(known)
    }
  }

  void run()
  return {
    again() {
      wanted = true
      clearTimeout(timer)
      wake()
    },
    stop() {
      stopping.abort()
      clearTimeout(timer)
    },
  }
}
