import { createEngine } from '../engine/engine.ts'
import { snapshotJson } from '../export/snapshot-json.ts'
import { snapshotTable } from '../export/snapshot-table.ts'
import { systemClock } from '../lib/clock.ts'
import type { ProcessQuery } from '../model/processes.ts'
import { EXIT_CODE } from '../model/severity.ts'
import { measureOnce } from '../sources/live/once.ts'
import type { Options } from './options.ts'

const PIPE_COLUMNS = 100
const TABLE_ROWS = 10
/** A machine-read snapshot holds every process. */
const JSON_ROWS = 100_000

/** Prints one frame and returns its verdict's exit code: the same engine as the dashboard's, without a screen. */
export async function snapshot(
  { root, filter, user, pid }: Options,
  { format }: { readonly format: 'table' | 'json' },
): Promise<number> {
  const engine = createEngine({ once: true })
  const query: ProcessQuery = {
    id: 1,
    sort: 'cpu',
    reverse: false,
    filter,
    ...(user === undefined ? {} : { user }),
    ...(pid === undefined ? {} : { pid }),
    kernelThreads: false,
    offset: 0,
    rows: format === 'json' ? JSON_ROWS : TABLE_ROWS,
  }
  let frame = engine.tick(systemClock.wallMs(), systemClock.monoMs())
  for (const batch of await measureOnce({ root, clock: systemClock, query })) frame = engine.accept(batch)
  const text =
    format === 'json'
      ? `${JSON.stringify(snapshotJson(frame))}\n`
      : snapshotTable(frame, { columns: process.stdout.columns ?? PIPE_COLUMNS })
  const code = EXIT_CODE[frame.verdict]
  // A reader that leaves early ends the process in the middle of the writing: the verdict stands by then.
  process.exitCode = code
  await new Promise((resolve) => process.stdout.write(text, resolve))
  return code
}
