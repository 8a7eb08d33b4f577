import type { MinuteColumns } from '../../model/history.ts'
import type { Line } from '../line.ts'
import { linesOfFile, type Tally, type Wanted } from '../read/file-lines.ts'
import { type CheckParts, type CheckTable, joinBefore } from './check-parts.ts'
import type { CheckPast } from './check-past.ts'
import type { Tail } from './days.ts'
import type { RollHead } from './format.ts'
import type { MinuteTable } from './minutes.ts'
import type { Notes } from './notes.ts'

/** Processes are no part of it, and half of what there is to read. */
const KINDS: Wanted = { kinds: new Set(['metrics', 'check', 'alert', 'event']) }

/** The figures of a roll-up, as far as they are wanted. */
export interface RolledFigures {
  readonly head: RollHead
  readonly series: readonly (readonly [key: string, columns: MinuteColumns])[]
  /** As the checks of the head. */
  readonly parts: readonly CheckParts[]
  readonly pasts: readonly CheckPast[]
}

/** Where a day goes to: its figures and its notes. */
export interface DayTables {
  readonly minutes: MinuteTable
  readonly checks: CheckTable
  readonly notes: Notes
}

/** What there is of a day, put into tables: first what was rolled up of it, then the lines that are not in that. */
export interface DayLines {
  /** The figures of its roll-up; notes are not among them. */
  join(rolled: RolledFigures): void
  take(tail: Pick<Tail, 'file' | 'offset'>, tally: Tally, signal: AbortSignal | undefined): Promise<void>
  /** Wall time of the last line. */
  readonly endMs: number | undefined
  /** Of the last run that began. */
  readonly bootId: string | undefined
}

export function createDayLines(dayMs: number, { minutes, checks, notes }: DayTables): DayLines {
  let endMs: number | undefined
  let bootId: string | undefined
  const takeLine = (line: Line, text: string) => {
    endMs = Math.max(endMs ?? line.t, line.t)
    checks.alive(line.t)
    if (line.kind === 'metrics') minutes.take(line.t, line.values)
    else if (line.kind === 'check') checks.take(line)
    else notes.take(line, text)
    if (line.kind === 'event') bootId = line.run?.boot_id ?? bootId
  }
  return {
    join({ head, series, parts, pasts }) {
      for (const [key, columns] of series) minutes.join(key, dayMs, columns)
      for (const [index, { check, last, before }] of head.checks.entries()) {
        checks.join(check, dayMs, parts[index], last, pasts[index])
        joinBefore(checks, check, dayMs, before)
      }
      checks.countedUntil(head.endMs)
      endMs = head.endMs
      bootId = head.bootId
    },
    async take({ file, offset }, tally, signal) {
      for await (const lines of linesOfFile(file, KINDS, tally, { signal, offset }))
        for (const { line, text } of lines) takeLine(line, text)
    },
    get endMs() {
      return endMs
    },
    get bootId() {
      return bootId
    },
  }
}
