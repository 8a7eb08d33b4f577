import { HOUR_MS } from './files.ts'
import { linesOfFile, type ReadLine, type Tally, type Wanted } from './read/file-lines.ts'
import { type HourFile, listLog } from './read/files.ts'

/** Lines are written soon after their time, but while a disk is full they wait. */
const LATEST_MS = HOUR_MS

export interface ReadOptions extends Wanted {
  readonly signal?: AbortSignal | undefined
}

/**
 * The lines of a log, a piece of a file at a time, in the order in which they were written: that of their times, but for a clock that was set
 * back. Only files are opened that can hold something wanted, and memory stays that of a piece. What cannot be read is counted in `tally`
 * and passed over. Rejects where the folder cannot be read; one that is not there is an empty log.
 */
export async function* readLog(
  folder: string,
  { signal, ...wanted }: ReadOptions,
  tally: Tally,
): AsyncGenerator<readonly ReadLine[]> {
  const { hours } = await listLog(folder)
  for (const file of hours) {
    if (signal?.aborted) return
    if (!mayHold(file, wanted)) continue
    yield* linesOfFile(file, wanted, tally, { signal })
  }
}

/** Whether lines of a stretch of time may stand in the file of this hour. */
function mayHold({ startMs, endMs }: HourFile, { fromMs, toMs }: Wanted): boolean {
  return !(fromMs !== undefined && endMs <= fromMs) && !(toMs !== undefined && startMs >= toMs + LATEST_MS)
}
