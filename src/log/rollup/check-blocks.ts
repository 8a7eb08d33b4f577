import { CHECK_ORDER, type CheckChange } from '../../model/check.ts'
import type { ResultColumns } from '../../model/history.ts'
import { fieldsOf, finite, listOf, oneOf, text } from '../typed.ts'
import { fromPlanes, toPlanes } from './planes.ts'

/*
 * What checks found and how they turned, as two blocks of a roll-up. Results stand one check after the other, in three columns: times as 32-bit
 * distances to the one before (the first one to the beginning of the day), latencies, and states. Distances of a check that is asked by a timer
 * are nearly alike, and in planes most of their bytes are the same.
 */

/** Bytes of a result: time and latency four each, state one. */
export const RESULT_BYTES = 9
/** A time must be this near to the beginning of its day: what is not is of another clock. 24 days. */
const FARTHEST_MS = 2 ** 31

/** Those results that can be told in a roll-up of this day. */
export function resultsNear(dayMs: number, { wallMs, states, latencyS }: ResultColumns): ResultColumns {
  const near = (_: unknown, index: number) => Math.abs((wallMs[index] as number) - dayMs) < FARTHEST_MS
  return { wallMs: wallMs.filter(near), states: states.filter(near), latencyS: latencyS.filter(near) }
}

/** Takes what `resultsNear` left. */
export function encodeResults(dayMs: number, checks: readonly ResultColumns[]): Buffer {
  const total = checks.reduce((sum, { wallMs }) => sum + wallMs.length, 0)
  const distances = new Int32Array(total)
  const latencies = new Float32Array(total)
  const states = new Uint8Array(total)
  let at = 0
  for (const { wallMs, states: codes, latencyS } of checks) {
    latencies.set(latencyS, at)
    states.set(codes, at)
    let before = 0
    for (const wall of wallMs) {
      const offset = Math.round(wall - dayMs)
      // What does not fit wraps around, and does so back.
      distances[at++] = offset - before
      before = offset
    }
  }
  return Buffer.concat([toPlanes(new Float32Array(distances.buffer)), toPlanes(latencies), states])
}

/** The results of each check, by how many each has. Throws RangeError where the bytes are not as many. */
export function decodeResults(dayMs: number, bytes: Buffer, counts: readonly number[]): ResultColumns[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (bytes.length !== RESULT_BYTES * total) throw new RangeError('there are other results than the head says')
  const distances = new Int32Array(fromPlanes(bytes.subarray(0, 4 * total)).buffer)
  const latencies = fromPlanes(bytes.subarray(4 * total, 8 * total))
  const states = Uint8Array.from(bytes.subarray(8 * total))
  let from = 0
  return counts.map((count) => {
    const to = from + count
    let offset = 0
    const wallMs = Float64Array.from(distances.subarray(from, to), (distance) => {
      offset = (offset + distance) | 0
      return dayMs + offset
    })
    const columns = { wallMs, states: states.subarray(from, to), latencyS: latencies.subarray(from, to) }
    from = to
    return columns
  })
}

const readChanges = listOf(
  listOf(fieldsOf<CheckChange>({ wallMs: finite, state: oneOf(CHECK_ORDER) }, { reason: text, error: text })),
)

export function encodeChanges(checks: readonly (readonly CheckChange[])[]): Buffer {
  return Buffer.from(JSON.stringify(checks), 'utf8')
}

/** The changes of each check. Throws whatever it is where they make no sense. */
export function decodeChanges(bytes: Buffer): readonly (readonly CheckChange[])[] {
  return readChanges(JSON.parse(bytes.toString('utf8')))
}
