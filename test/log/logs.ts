import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encodeLine } from '../../src/log/encode.ts'
import { lineFileName, logFolder, packedFileName } from '../../src/log/files.ts'
import type { AlertLine, CheckLine, EventLine, Line, MetricsLine } from '../../src/log/line.ts'
import type { Tally } from '../../src/log/read/file-lines.ts'
import { alertLine as lineOf } from '../../src/log/record/alerts.ts'
import type { AlertRecord } from '../../src/model/alert.ts'
import { alertOf, recordOf } from '../fixtures/alerts.ts'

export const SECOND = 1000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000
/** A Wednesday, 14:00 UTC. */
export const AFTERNOON = Date.UTC(2026, 10, 25, 14)

export function metrics(t: number, values: Readonly<Record<string, number>> = { cpu_used_ratio: 0.5 }): MetricsLine {
  return { v: 1, t, kind: 'metrics', values }
}

/** A check that has been as it is since `sinceMs`, from its line on unless that is said. */
export function checkLine(t: number, state: CheckLine['state'] = 'up', parts: Partial<CheckLine> = {}): CheckLine {
  return { v: 1, t, kind: 'check', check: 'api', state, since_ms: t, ...parts }
}

export function event(t: number, parts: Partial<EventLine> = {}): EventLine {
  return {
    v: 1,
    t,
    kind: 'event',
    event: 'interface_down',
    level: 'warning',
    subject: 'eth0',
    text: 'is down',
    ...parts,
  }
}

/** The line of an alert that fires, or of the record that is given. */
export function alertLine(t: number, record: AlertRecord = recordOf(alertOf({ sinceMs: t, firedMs: t }))): AlertLine {
  return lineOf(record, t)
}

/** A state folder that is gone with its test. */
export class TemporaryLog {
  readonly state = mkdtempSync(join(tmpdir(), 'healthtop-log-'))
  readonly folder = logFolder(this.state)

  constructor() {
    mkdirSync(this.folder)
  }

  /** Writes the lines of an hour, as a run would have or as it would have packed them. Texts are written as they are. */
  hour(wallMs: number, lines: readonly (Line | string)[], how: 'plain' | 'packed' = 'plain'): string {
    const name = lineFileName(wallMs) as string
    const text = lines.map((line) => `${typeof line === 'string' ? line : encodeLine(line)}\n`).join('')
    return this.file(how === 'plain' ? name : packedFileName(name), how === 'plain' ? text : gzipSync(text))
  }

  /** Each line in the file of its hour. */
  lines(lines: readonly Line[], how: 'plain' | 'packed' = 'plain'): void {
    for (const [hour, those] of grouped(lines)) this.hour(hour, those, how)
  }

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name)
    writeFileSync(path, content)
    return path
  }

  [Symbol.dispose](): void {
    rmSync(this.state, { recursive: true, force: true })
  }
}

function hourOf({ t }: Line): number {
  return Math.floor(t / HOUR) * HOUR
}

function grouped(lines: readonly Line[]): Map<number, Line[]> {
  const hours = new Map<number, Line[]>()
  for (const line of lines) {
    const before = hours.get(hourOf(line))
    if (before === undefined) hours.set(hourOf(line), [line])
    else before.push(line)
  }
  return hours
}

export function tallied(): Tally {
  return { lines: 0, skipped: 0 }
}

/** Everything that pieces bring, in order. */
export async function all<T>(pieces: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = []
  for await (const piece of pieces) items.push(...piece)
  return items
}
