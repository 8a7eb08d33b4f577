import type { Clock } from '../../../src/lib/clock.ts'
import {
  PLAIN_QUERY,
  type ProcessAnswer,
  type ProcessField,
  type ProcessQuery,
  type ProcessRow,
} from '../../../src/model/processes.ts'
import type { ProcessEntry, ProcessTableView } from '../../../src/probes/processes/entry.ts'
import { ProcessQueries } from '../../../src/probes/processes/queries.ts'

type Values = Partial<Record<ProcessField, number | string>>

/** Fields that have to be read before they are known. */
const COSTLY: ReadonlySet<ProcessField> = new Set<ProcessField>([
  'user',
  'command',
  'proportional',
  'read',
  'write',
  'files',
  'unit',
  'container',
  'cgroup',
])

/** A process of a table in memory. */
export class DataEntry implements ProcessEntry {
  readonly pid: number
  readonly startTicks: number
  readonly uid: number | undefined
  kernel = false
  mark: 'new' | 'ended' | undefined
  values: Values
  threadEntries: DataEntry[] = []
  readonly seen = new Set<ProcessField>()

  constructor(pid: number, values: Values = {}, startTicks = pid * 10, uid?: number) {
    this.pid = pid
    this.startTicks = startTicks
    this.uid = uid
    this.values = { name: `p${pid}`, command: `/bin/p${pid} --run`, state: 'S', ...values }
  }

  get ppid(): number {
    return Number(this.values.ppid ?? 1)
  }

  known(field: ProcessField): number | string | undefined {
    if (field === 'pid') return this.pid
    return COSTLY.has(field) && !this.seen.has(field) ? undefined : this.values[field]
  }
}

/** A process table whose truth is data. Costly fields are known once they were read, and counted. */
export class DataTable implements ProcessTableView<DataEntry> {
  scan = 0
  wallMs = 0
  entries: readonly DataEntry[] = []
  readonly wanted = new Set<DataEntry>()
  reads = 0
  rowsMade = 0
  threadsRead = 0

  complete(entry: DataEntry, fields: readonly ProcessField[]): boolean {
    return fields.every((field) => !COSTLY.has(field) || entry.seen.has(field))
  }

  read(entry: DataEntry, fields: readonly ProcessField[]): void {
    this.reads++
    for (const field of fields) entry.seen.add(field)
  }

  threads(entry: DataEntry): readonly DataEntry[] {
    this.threadsRead++
    return entry.threadEntries
  }

  want(entry: DataEntry): void {
    this.wanted.add(entry)
  }

  row(entry: DataEntry): ProcessRow {
    this.rowsMade++
    const number = (field: ProcessField) => entry.known(field) as number | undefined
    const text = (field: ProcessField) => entry.known(field) as string | undefined
    const row = {
      kind: this.entries.includes(entry) ? ('process' as const) : ('thread' as const),
      pid: entry.pid,
      ppid: entry.ppid,
      name: text('name') ?? '',
      command: text('command') ?? '',
      user: text('user'),
      state: text('state') ?? 'S',
      nice: number('nice') ?? 0,
      threads: number('threads') ?? 1,
      cpuRatio: number('cpu'),
      cpuSeconds: number('time') ?? 0,
      memoryBytes: number('memory') ?? 0,
      readBytesPerSecond: number('read'),
      writeBytesPerSecond: number('write'),
      unit: text('unit'),
      container: text('container'),
      startedMs: number('started') ?? 0,
      startTicks: entry.startTicks,
      kernel: entry.kernel,
      history: [],
      mark: entry.mark,
    }
    return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as ProcessRow
  }
}

/** A table and the engine over it, with a clock that moves by `stepMs` whenever it is asked. */
export class Queried {
  readonly table = new DataTable()
  readonly queries: ProcessQueries<DataEntry>
  nowMs = 0
  stepMs = 0

  constructor(entries: readonly DataEntry[]) {
    const clock: Clock = { wallMs: () => this.nowMs, monoMs: () => (this.nowMs += this.stepMs) }
    this.queries = new ProcessQueries(this.table, clock)
    this.scan(entries)
  }

  /** The next scan found these. */
  scan(entries: readonly DataEntry[] = this.table.entries): void {
    this.table.entries = entries
    this.table.scan++
    this.table.wallMs += 2000
    this.queries.update()
  }

  /** The answer to everybody with these differences. */
  ask(query: Partial<ProcessQuery>): ProcessAnswer {
    this.queries.query({ ...PLAIN_QUERY, id: 1, ...query })
    return this.again()
  }

  again(): ProcessAnswer {
    const answer = this.queries.answer()
    if (answer === undefined) throw new Error('no answer')
    return answer
  }
}

export const key = (pid: number): string => `${pid}:${pid * 10}`
export const pids = ({ rows }: ProcessAnswer): number[] => rows.map(({ pid }) => pid)

/** Rows as a person would draw them: folds, lines, and pid or group. */
export function drawn({ rows }: ProcessAnswer): string[] {
  return rows.map(({ place, pid, kind, name }) => {
    const label = kind === 'group' ? name : kind === 'thread' ? `t${pid}` : String(pid)
    if (place === undefined) return label
    const lines = place.lines.map((goesOn) => (goesOn ? '│' : ' ')).join('')
    const branch = place.depth === 0 ? '' : place.last ? '└' : '├'
    return `${lines}${branch}${label}${place.folded ? '+' : ''}`
  })
}
