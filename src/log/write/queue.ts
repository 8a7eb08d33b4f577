import { encodeLine } from '../encode.ts'
import type { Line, LineKind } from '../line.ts'

/** A line on its way to the disk. */
export interface Queued {
  /** Counts up by one a line, from 1. */
  readonly number: number
  /** UTF-8, with its newline. */
  readonly bytes: Uint8Array
  /** The file it goes to. */
  readonly file: string
  readonly kind: LineKind
}

/** What waits for a disk that takes nothing: about a quarter of an hour of a machine with 200 series. */
const MOST_BYTES = 1024 * 1024
/** Alerts and events are few, tell most and come in storms: they may wait beyond that. */
const MOST_BYTES_IN_STORMS = 16 * MOST_BYTES

/** What is given up where there is no room, in this order, and how much of everything there has to be for that. */
const GIVEN_UP = [MOST_BYTES, MOST_BYTES, MOST_BYTES_IN_STORMS]
const RANK: Readonly<Record<LineKind, number>> = { metrics: 0, processes: 0, check: 1, event: 2, alert: 2 }

/** Lines that wait to be written, oldest first, bounded in bytes. */
export interface Queue {
  readonly length: number
  /** The number of the oldest line; undefined when there is none. */
  readonly first: number | undefined
  /** The number the last line got; 0 before the first. */
  readonly last: number
  /** Lines that were given up. */
  readonly lost: number
  /** Gives its length in bytes. */
  add(line: Line, file: string): number
  /** Takes the oldest line and those after it that go to the same file. */
  take(): readonly Queued[]
  /** Puts back what was taken and not written. */
  putBack(lines: readonly Queued[]): void
}

export function createQueue(): Queue {
  let lines: Queued[] = []
  let last = 0
  let lost = 0
  /** By rank. */
  const bytes = [0, 0, 0]

  const total = () => bytes.reduce((sum, count) => sum + count, 0)

  function count({ kind, bytes: { length } }: Queued, sign: 1 | -1): void {
    bytes[RANK[kind]]! += sign * length
  }

  /** Gives up the oldest lines of a rank until what waits is small enough, or none of them is left. */
  function giveUp(rank: number, most: number): void {
    let over = total() - most
    if (over <= 0 || bytes[rank] === 0) return
    lines = lines.filter((line) => {
      if (over <= 0 || RANK[line.kind] !== rank) return true
      over -= line.bytes.length
      count(line, -1)
      lost++
      return false
    })
  }

  function bound(): void {
    for (const [rank, most] of GIVEN_UP.entries()) giveUp(rank, most)
  }

  return {
    get length() {
      return lines.length
    },
    get first() {
      return lines[0]?.number
    },
    get last() {
      return last
    },
    get lost() {
      return lost
    },
    add(line, file) {
      const queued = { number: ++last, bytes: Buffer.from(`${encodeLine(line)}\n`), file, kind: line.kind }
      lines.push(queued)
      count(queued, 1)
      bound()
      return queued.bytes.length
    },
    take() {
      const other = lines.findIndex(({ file }) => file !== lines[0]?.file)
      const taken = lines.splice(0, other < 0 ? lines.length : other)
      for (const line of taken) count(line, -1)
      return taken
    },
    putBack(taken) {
      if (taken.length === 0) return
      lines = [...taken, ...lines]
      for (const line of taken) count(line, 1)
      bound()
    },
  }
}
