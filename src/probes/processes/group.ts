import type { Arrangement, ProcessField, ProcessRow } from '../../model/processes.ts'
import type { ProcessEntry } from './entry.ts'

export type Grouping = Exclude<Arrangement, 'list' | 'tree'>

/** What processes that have nothing in common with anybody are called. */
const NONE: Readonly<Record<Grouping, string>> = {
  name: 'no name',
  user: 'unknown user',
  unit: 'no unit',
  container: 'no container',
}

/** Fields that add up. */
export const SUMMED: ReadonlySet<ProcessField> = new Set<ProcessField>([
  'threads',
  'cpu',
  'cpu_user',
  'cpu_system',
  'wait_cpu',
  'wait_io',
  'memory',
  'shared',
  'proportional',
  'swap',
  'faults',
  'major_faults',
  'read',
  'write',
  'files',
  'time',
  'time_user',
  'time_system',
])
/** Fields of which the smallest stands for all. */
const LEAST: ReadonlySet<ProcessField> = new Set<ProcessField>(['pid', 'ppid', 'started'])

/** Processes that have something in common, summed up. Those that ended are listed with them and count no more. */
export class Group<Entry extends ProcessEntry> implements ProcessEntry {
  readonly pid = 0
  readonly ppid = 0
  readonly startTicks = 0
  readonly kernel: boolean
  readonly mark = undefined
  readonly name: string
  /** What has none of what the others are grouped by. */
  readonly none: boolean
  readonly members: readonly Entry[]
  private readonly by: Grouping
  private readonly living: readonly Entry[]
  private readonly values = new Map<ProcessField, number | string | undefined>()

  constructor(by: Grouping, name: string, members: readonly Entry[]) {
    this.by = by
    this.none = name === ''
    this.name = this.none ? NONE[by] : name
    this.members = members
    this.living = members.filter(({ mark }) => mark !== 'ended')
    this.kernel = members.every(({ kernel }) => kernel)
  }

  known(field: ProcessField): number | string | undefined {
    if (this.values.has(field)) return this.values.get(field)
    const value = this.value(field)
    this.values.set(field, value)
    return value
  }

  row(): ProcessRow {
    const number = (field: ProcessField) => this.known(field) as number | undefined
    const text = (field: ProcessField) => this.known(field) as string | undefined
    const oldest = this.oldest()
    return {
      kind: 'group',
      pid: 0,
      ppid: 0,
      name: this.name,
      command: '',
      state: text('state') ?? '?',
      nice: number('nice') ?? 0,
      threads: number('threads') ?? 0,
      cpuSeconds: number('time') ?? 0,
      memoryBytes: number('memory') ?? 0,
      startedMs: number('started') ?? 0,
      startTicks: oldest?.startTicks ?? 0,
      kernel: this.kernel,
      history: [],
      count: this.living.length,
      ...optional('user', text('user')),
      ...optional('unit', text('unit')),
      ...optional('container', text('container')),
      ...optional('cpuRatio', number('cpu')),
      ...optional('cpuUserRatio', number('cpu_user')),
      ...optional('cpuSystemRatio', number('cpu_system')),
      ...optional('userSeconds', number('time_user')),
      ...optional('systemSeconds', number('time_system')),
      ...optional('waitCpuRatio', number('wait_cpu')),
      ...optional('waitIoRatio', number('wait_io')),
      ...optional('sharedBytes', number('shared')),
      ...optional('proportionalBytes', number('proportional')),
      ...optional('swapBytes', number('swap')),
      ...optional('faultsPerSecond', number('faults')),
      ...optional('majorFaultsPerSecond', number('major_faults')),
      ...optional('readBytesPerSecond', number('read')),
      ...optional('writeBytesPerSecond', number('write')),
      ...optional('files', number('files')),
    }
  }

  private value(field: ProcessField): number | string | undefined {
    if (field === 'name') return this.name
    if (field === 'command' || field === 'history') return undefined
    if (field === this.by) return this.none ? undefined : this.name
    if (field === 'memory') return this.sum((entry) => entry.known('proportional') ?? entry.known('memory'))
    if (SUMMED.has(field)) return this.sum((entry) => entry.known(field))
    if (LEAST.has(field)) return this.least(field)
    if (field === 'state' || field === 'nice' || field === 'priority') return this.busiest()?.known(field)
    return this.common(field)
  }

  /** The sum of what is known; undefined when nothing is. */
  private sum(value: (entry: Entry) => number | string | undefined): number | undefined {
    let sum: number | undefined
    for (const entry of this.living) {
      const one = value(entry)
      if (typeof one === 'number') sum = (sum ?? 0) + one
    }
    return sum
  }

  private least(field: ProcessField): number | undefined {
    let least: number | undefined
    for (const entry of this.living) {
      const one = entry.known(field)
      if (typeof one === 'number' && (least === undefined || one < least)) least = one
    }
    return least
  }

  /** What all have; undefined where they differ. */
  private common(field: ProcessField): number | string | undefined {
    const value = this.living[0]?.known(field)
    return this.living.every((entry) => entry.known(field) === value) ? value : undefined
  }

  private busiest(): Entry | undefined {
    const cpu = (entry: Entry) => Number(entry.known('cpu') ?? 0)
    return this.living.reduce<Entry | undefined>(
      (most, entry) => (most === undefined || cpu(entry) > cpu(most) ? entry : most),
      undefined,
    )
  }

  private oldest(): Entry | undefined {
    return this.living.reduce<Entry | undefined>(
      (first, entry) => (first === undefined || entry.startTicks < first.startTicks ? entry : first),
      undefined,
    )
  }
}

function optional<Key extends keyof ProcessRow>(
  key: Key,
  value: ProcessRow[Key] | undefined,
): { readonly [K in Key]?: ProcessRow[K] } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: ProcessRow[K] })
}
