import { LEAST_SAMPLES } from '../../export/outlook.ts'
import { safeText } from '../../lib/text.ts'
import { messageOf } from '../../lib/trouble.ts'
import { counted } from '../../lib/units.ts'
import { readHistory } from '../../log/history.ts'
import { isOfFile } from '../../log/read/file-lines.ts'
import type { History } from '../../model/history.ts'
import { hasLabels, parseSeriesKey } from '../../model/series.ts'
import type { Options } from '../options.ts'
import { folderToRead, stateFolders } from '../state-folders.ts'
import type { WantedSeries } from './series.ts'

const MINUTE_MS = 60_000
/** The daily profile of a forecast takes part from the third day on; what came before changes little. */
const MINUTES = 3 * 1440

/** Reads what a state folder holds; rejects where it cannot be read. */
export type ReadHistory = (
  folder: string,
  wanted: { readonly nowMs: number; readonly minutes: number },
) => Promise<History>

/**
 * What the log of this machine knows of the last days; undefined where none is kept (a recorded tree is another machine) or it cannot be read,
 * which is told to `complain`.
 */
export async function recordedHistory(
  options: Pick<Options, 'root' | 'stateDir' | 'log'>,
  nowMs: number,
  complain: (text: string) => void,
  read: ReadHistory = readHistory,
): Promise<History | undefined> {
  const folder = folderToRead(stateFolders(options, process.env, process.platform))
  if (folder === undefined) return undefined
  try {
    const history = await read(folder, { nowMs, minutes: MINUTES })
    if (history.skipped > 0) {
      complain(`${counted(history.skipped, 'line')} of the log could not be read`)
    }
    return history
  } catch (error) {
    if (!isOfFile(error)) throw error
    complain(`the log cannot be read, so this machine is sampled: ${safeText(messageOf(error))}`)
    return undefined
  }
}

/** Keys of the series that were recorded for long enough to say something, of all or of those that were named. */
export function recordedKeys({ series }: History, wanted: WantedSeries | undefined): string[] {
  return [...series].flatMap(([key, { mean }]) => {
    const { name, labels } = parseSeriesKey(key)
    const isWanted = wanted === undefined || (name === wanted.name && hasLabels(labels, wanted.labels))
    return isWanted && knownMinutes(mean) >= LEAST_SAMPLES ? [key] : []
  })
}

/** How long before now the first minute of any of these series began. */
export function recordedMs({ firstMinuteMs, series }: History, keys: readonly string[], nowMs: number): number {
  const firsts = keys.map((key) => series.get(key)?.mean.findIndex((value) => !Number.isNaN(value)) ?? -1)
  const first = Math.min(...firsts.filter((index) => index >= 0))
  return Number.isFinite(first) ? nowMs - (firstMinuteMs + first * MINUTE_MS) : 0
}

function knownMinutes(mean: Float32Array): number {
  return mean.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0)
}
