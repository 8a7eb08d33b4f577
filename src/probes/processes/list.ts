import type { Arranged, Standing } from './arranged.ts'
import type { ProcessEntry } from './entry.ts'
import { type Compare, first, sorted } from './order.ts'

/** A flat list, of which only as many rows are put in order as somebody looks at. */
export class List<Entry extends ProcessEntry> implements Arranged<Entry> {
  private readonly entries: readonly Entry[]
  private readonly compare: Compare
  private order: Uint32Array = new Uint32Array()
  private endedCount = -1

  constructor(entries: readonly Entry[], compare: Compare) {
    this.entries = entries
    this.compare = compare
  }

  get length(): number {
    return this.entries.length
  }

  get ended(): number {
    if (this.endedCount < 0) this.endedCount = countEnded(this.entries)
    return this.endedCount
  }

  /** Puts the first `count` rows in order. */
  prepare(count: number): void {
    const wanted = Math.min(count, this.length)
    if (this.order.length < wanted) this.order = first(this.length, wanted, this.compare)
  }

  at(index: number): Standing<Entry> {
    if (index >= this.order.length) this.order = sorted(this.length, this.compare)
    return { kind: 'process', entry: this.entries[this.order[index] as number] as Entry }
  }

  place(): undefined {
    return undefined
  }

  indexOf(entry: ProcessEntry): number {
    const own = (this.entries as readonly ProcessEntry[]).indexOf(entry)
    if (own < 0) return -1
    let before = 0
    for (let index = 0; index < this.length; index++) if (this.compare(index, own) < 0) before++
    return before
  }
}

function countEnded(entries: readonly ProcessEntry[]): number {
  let count = 0
  for (const { mark } of entries) if (mark === 'ended') count++
  return count
}
