import { rulesOf } from '../alerts/rules.ts'
import { createEngine } from '../engine/engine.ts'
import { csvHeading, snapshotCsv } from '../export/snapshot-csv.ts'
import { snapshotJson } from '../export/snapshot-json.ts'
import { snapshotTable } from '../export/snapshot-table.ts'
import { systemClock } from '../lib/clock.ts'
import type { Frame } from '../model/frame.ts'
import { EXIT_CODE } from '../model/severity.ts'
import { measureOnce } from '../sources/live/once.ts'
import type { Options } from './options.ts'
import { snapshotChecks } from './snapshot-checks.ts'
import type { SnapshotOptions } from './snapshot-options.ts'

const PIPE_COLUMNS = 100

/** A frame in a format; a CSV has its heading only before the first frame. */
export function snapshotText(frame: Frame, { format, query }: SnapshotOptions, first: boolean): string {
  if (format === 'json') return `${JSON.stringify(snapshotJson(frame))}\n`
  if (format === 'csv') return `${first ? csvHeading() : ''}${snapshotCsv(frame)}`
  const table = snapshotTable(frame, { columns: process.stdout.columns ?? PIPE_COLUMNS, top: query.rows })
  return first ? table : `\n${table}`
}

/** Prints one frame and returns its verdict's exit code: the same engine as the dashboard's, without a screen. */
export async function snapshot(common: Options, options: SnapshotOptions): Promise<number> {
  const { platform, root } = common
  const engine = createEngine({ once: true, rules: rulesOf(common.alerts, common.disabledAlerts) })
  const query = { ...options.query, id: 1 }
  const [first, second] = await measureOnce({ platform, root, clock: systemClock, query })
  // One after the other: what the checks cost is no use of this machine that anybody wants to know of.
  const checks = await snapshotChecks(common)
  engine.accept(first)
  // As of when the machine was measured, however long the checks took: values must not have aged meanwhile.
  const frame = engine.accept({ ...second, checks })
  const text = snapshotText(frame, options, true)
  const code = EXIT_CODE[frame.verdict]
  // A reader that leaves early ends the process in the middle of the writing: the verdict stands by then.
  process.exitCode = code
  await new Promise((resolve) => process.stdout.write(text, resolve))
  return code
}
