import { span } from '../../lib/units.ts'
import type { Alert, Change, Evidence, Resource } from '../../model/alert.ts'
import type { Leaders, ProcessRow } from '../../model/processes.ts'
import { actorsOf, heldText, holdsText, movesText, usesText } from './actors.ts'
import { usersOf } from './evidence.ts'
import { fillerOf } from './filler.ts'
import { type Growth, grewText } from './memory-past.ts'
import { isSpace } from './resource.ts'

/** Less than this of a core explains no busy machine, and less than this a second no busy disk. */
const LEAST_CORES = 0.1
const LEAST_TRAFFIC = 100_000
/** Who has a smaller share of all that is used is one of many. */
const LEAST_SHARE = 0.1
/** Of all memory. */
const LEAST_MEMORY_SHARE = 0.05
/** What is less likely is not said to be the cause. */
const LEAST_WEIGHT = 0.4

/** What is seen so little after an alert may have come before it; what comes later is no cause. */
const LATE_MS = 5000

/** What a cause is made of. */
export interface CauseScene {
  readonly resource: Resource | undefined
  readonly alert: Pick<Alert, 'kind' | 'series' | 'sinceMs'>
  readonly evidence: Evidence
  readonly leaders: Leaders | undefined
  /** The largest process that has ended just now. */
  readonly victim?: ProcessRow | undefined
  /** Who grew in memory in the last minutes. */
  readonly growth: Growth | undefined
  /** Bytes a second by which the file system of the alert grows, where that is known. */
  readonly filling?: number | undefined
}

/**
 * The cause of an alert as a name and a number: `vacuum-logs writes 38.0 MB/s`, `java grew by 2.1 GiB in 6 min`, `postgres restarted 40 s
 * before`. Undefined when nobody stands out.
 */
export function causeOf(scene: CauseScene): string | undefined {
  return ofUsers(scene) ?? ofChanges(scene)
}

function ofUsers(scene: CauseScene): string | undefined {
  const { resource, alert, evidence, leaders, growth, filling, victim } = scene
  // Who holds most now was spared.
  if (resource === 'memory' && alert.kind === 'event') return victim && heldText(victim)
  const [first] = evidence.suspects
  if (first === undefined) return undefined
  const { rows, value } = usersOf(resource, alert.series, leaders)
  const [top] = actorsOf(rows, value)
  const all = first.share === undefined ? undefined : first.value / first.share
  const share = top === undefined || all === undefined ? 1 : top.value / all
  switch (resource) {
    case 'cpu':
      return top !== undefined && top.value >= LEAST_CORES && share >= LEAST_SHARE ? usesText(top) : undefined
    case 'disk': {
      if (isSpace(alert.series) && filling !== undefined && filling > 0) {
        const filler = fillerOf(rows, filling)
        return filler && movesText(filler, 'write')
      }
      if (top === undefined || top.value < LEAST_TRAFFIC || share < LEAST_SHARE) return undefined
      if (isSpace(alert.series)) return movesText(top, 'write')
      const [reader] = actorsOf(rows, ({ readBytesPerSecond }) => readBytesPerSecond ?? 0)
      const [writer] = actorsOf(rows, ({ writeBytesPerSecond }) => writeBytesPerSecond ?? 0)
      if (writer === undefined || (reader !== undefined && reader.value > writer.value)) {
        return reader && movesText(reader, 'read')
      }
      return movesText(writer, 'write')
    }
    case 'memory': {
      if (growth !== undefined) return grewText(growth)
      return (first.share ?? 1) >= LEAST_MEMORY_SHARE
        ? holdsText({ name: first.name, memoryBytes: first.value })
        : undefined
    }
    default:
      return undefined
  }
}

function ofChanges({ alert, evidence }: CauseScene): string | undefined {
  const change = evidence.changes.find(
    ({ weight, kind, wallMs }) => weight >= LEAST_WEIGHT && kind !== 'jump' && wallMs <= alert.sinceMs + LATE_MS,
  )
  return change && changeText(change, alert.sinceMs)
}

/** `postgres restarted 40 s before`. Words after the first comma say which process it was. */
function changeText({ subject, text, wallMs }: Change, sinceMs: number): string {
  const [what = text] = text.split(', ')
  const beforeMs = sinceMs - wallMs
  return `${subject} ${what}${beforeMs >= 1000 ? ` ${span(beforeMs / 1000)} before` : ''}`
}
