/** How many turning points are kept. */
const POINTS = 12
/** Share of the memory in which a swing gets e times smaller to the one who looks for the smallest. */
const FADE = 1 / 4

/**
 * Turning points of a series, ups and downs by turns, oldest first; the last one is where it is going now. When there are too many, the
 * smallest swing goes, so what stays are the largest ones of the last hours (Edelsbrunner's persistence; "rainflow" in the testing of materials).
 */
export interface Swings {
  /** In milliseconds. */
  readonly times: number[]
  readonly values: number[]
}

export function createSwings(): Swings {
  return { times: [], values: [] }
}

/** Takes the next value; forgets what is older than `memoryMs`. True when there are other turning points than before. */
export function swing(swings: Swings, atMs: number, value: number, memoryMs: number): boolean {
  const { times, values } = swings
  // A clock that went back makes nothing of what it told before.
  if (atMs < (times.at(-1) ?? atMs)) remove(swings, 0, times.length)
  let old = 0
  while (old + 1 < times.length && atMs - (times[old + 1] as number) > memoryMs) old++
  if (old > 0) remove(swings, 0, old)
  const last = times.length - 1
  if (last === 0 && value === values[0]) return old > 0
  if (last > 0 && goesOn(values[last - 1] as number, values[last] as number, value)) {
    times[last] = atMs
    values[last] = value
    return old > 0
  }
  times.push(atMs)
  values.push(value)
  if (times.length > POINTS) drop(swings, memoryMs * FADE)
  return true
}

function goesOn(before: number, last: number, value: number): boolean {
  return last >= before ? value >= last : value <= last
}

/** The smallest swing goes: both its ends, or the oldest point when it is the first one. The one that is going on stays. Of two alike the older one is the smaller. */
function drop(swings: Swings, fadeMs: number): void {
  const { times, values } = swings
  const now = times.at(-1) as number
  let smallest = 0
  let size = Number.POSITIVE_INFINITY
  for (let i = 0; i < times.length - 2; i++) {
    const fade = Math.exp(((times[i + 1] as number) - now) / fadeMs)
    const swung = fade * Math.abs((values[i + 1] as number) - (values[i] as number))
    if (swung < size) {
      size = swung
      smallest = i
    }
  }
  remove(swings, smallest, smallest === 0 ? 1 : 2)
}

function remove({ times, values }: Swings, from: number, count: number): void {
  times.splice(from, count)
  values.splice(from, count)
}
