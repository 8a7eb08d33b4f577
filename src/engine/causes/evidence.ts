import type { Alert, Change, Evidence, Resource, Suspect } from '../../model/alert.ts'
import type { Leaders, ProcessRow } from '../../model/processes.ts'
import { type Happening, processKey } from './changes.ts'
import type { Jump } from './jumps.ts'
import { isSpace } from './resource.ts'
import { weigh } from './weight.ts'

const MOST_SUSPECTS = 10
const MOST_CHANGES = 10
/** Who started no longer before an alert than this is new to it. */
const FRESH_MS = 60_000

/** All that is used of a resource, where it is known: what shares are of. */
export interface Totals {
  /** Of all processes, in cores. */
  readonly cpuCores?: number | undefined
  /** All memory there is. */
  readonly memoryBytes?: number | undefined
  /** Bytes a second that go to, and to and from, all disks. */
  readonly writeBytesPerSecond?: number | undefined
  readonly diskBytesPerSecond?: number | undefined
}

/** What there is to go by at a moment of an alert. */
export interface Scene {
  /** Undefined where processes are not behind it. */
  readonly resource: Resource | undefined
  readonly alert: Alert
  readonly moment: Evidence['moment']
  readonly leaders: Leaders | undefined
  /** What changed lately, in any order. */
  readonly changes: readonly Happening[]
  readonly jumps: readonly Jump[]
  readonly totals: Totals
  /** Pids of those that listen, or did, where the check asks that the alert is about. */
  readonly holders?: ReadonlySet<number>
  readonly wallMs: number
}

/** Who used most of a resource, and what changed before, ranked. Pure. */
export function captureEvidence(scene: Scene): Evidence {
  const { moment, wallMs } = scene
  const suspects = suspectsOf(scene)
  return { atMs: wallMs, moment, suspects, changes: changesOf(scene, suspects) }
}

/** The leaders of what an alert is about, and what each uses of it. */
export function usersOf(
  resource: Resource | undefined,
  series: string,
  leaders: Leaders | undefined,
): { readonly rows: readonly ProcessRow[]; readonly value: (row: ProcessRow) => number } {
  const written = (row: ProcessRow) => row.writeBytesPerSecond ?? 0
  const moved = (row: ProcessRow) => written(row) + (row.readBytesPerSecond ?? 0)
  if (leaders === undefined) return { rows: [], value: () => 0 }
  switch (resource) {
    case 'cpu':
      return { rows: leaders.cpu, value: ({ cpuRatio }) => cpuRatio ?? 0 }
    case 'memory':
      return { rows: leaders.memory, value: ({ memoryBytes }) => memoryBytes }
    case 'disk':
      return isSpace(series)
        ? { rows: leaders.write, value: written }
        : { rows: eachOnce([...leaders.write, ...leaders.read], moved), value: moved }
    default:
      return { rows: [], value: () => 0 }
  }
}

function suspectsOf({ resource, alert, leaders, totals }: Scene): Suspect[] {
  const { rows, value } = usersOf(resource, alert.series, leaders)
  const all = totalOf(resource, alert.series, totals)
  const sinceMs = alert.sinceMs - FRESH_MS
  return rows
    .filter((row) => value(row) > 0)
    .slice(0, MOST_SUSPECTS)
    .map((row): Suspect => {
      const { pid, startTicks, name, user, unit, startedMs } = row
      const amount = value(row)
      return {
        pid,
        startTicks,
        name,
        ...(user !== undefined && { user }),
        ...(unit !== undefined && { unit }),
        startedMs,
        value: amount,
        ...(all !== undefined && all > 0 && { share: Math.min(1, amount / all) }),
        fresh: startedMs >= sinceMs,
      }
    })
}

function totalOf(resource: Resource | undefined, series: string, totals: Totals): number | undefined {
  switch (resource) {
    case 'cpu':
      return totals.cpuCores
    case 'memory':
      return totals.memoryBytes
    case 'disk':
      return isSpace(series) ? totals.writeBytesPerSecond : totals.diskBytesPerSecond
    default:
      return undefined
  }
}

function changesOf(scene: Scene, suspects: readonly Suspect[]): Change[] {
  const weighed = [...scene.changes.map((one) => changeOf(one)), ...scene.jumps.map(jumpChange)]
  return weighed
    .map(({ change, happening, jump }) => ({ ...change, weight: weigh({ ...scene, suspects, happening, jump }) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || b.wallMs - a.wallMs)
    .slice(0, MOST_CHANGES)
}

interface Unweighed {
  readonly change: Omit<Change, 'weight'>
  readonly happening?: Happening
  readonly jump?: Jump
}

function changeOf(happening: Happening): Unweighed {
  const { wallMs, kind, subject, text } = happening
  return { change: { wallMs, kind, subject, text }, happening }
}

function jumpChange(jump: Jump): Unweighed {
  const { wallMs, subject, text } = jump
  return { change: { wallMs, kind: 'jump', subject, text }, jump }
}

function eachOnce(rows: readonly ProcessRow[], value: (row: ProcessRow) => number): ProcessRow[] {
  const byKey = new Map(rows.map((row) => [processKey(row), row]))
  return [...byKey.values()].sort((a, b) => value(b) - value(a))
}
