import type { TreePlace } from '../../model/processes.ts'
import type { Arranged, RowKeys, Standing } from './arranged.ts'
import type { ProcessEntry } from './entry.ts'
import { type Compare, sorted } from './order.ts'
import { parentsOf } from './parents.ts'

const NONE = -1

/** Processes below who started them; siblings stand in the sort's order. Links are arrays of indices: thousands are arranged in milliseconds. */
export class Tree<Entry extends ProcessEntry> implements Arranged<Entry> {
  private readonly entries: readonly Entry[]
  private readonly folded: RowKeys
  private readonly parents: Int32Array
  private readonly firstChild: Int32Array
  private readonly nextSibling: Int32Array
  /** How many stand below each, at any depth. */
  private readonly below: Uint32Array
  private readonly depths: Uint32Array
  /** Who stands at each row, and where each stands; -1 for who is folded away. */
  private readonly rows: Uint32Array
  private readonly positions: Int32Array

  constructor(entries: readonly Entry[], compare: Compare, folded: RowKeys) {
    const { length } = entries
    this.entries = entries
    this.folded = folded
    this.parents = parentsOf(entries)
    this.firstChild = new Int32Array(length).fill(NONE)
    this.nextSibling = new Int32Array(length).fill(NONE)
    this.below = new Uint32Array(length)
    this.depths = new Uint32Array(length)
    this.positions = new Int32Array(length).fill(NONE)
    const walk = this.walk(this.link(compare))
    this.rows = this.show(walk)
  }

  get length(): number {
    return this.rows.length
  }

  at(row: number): Standing<Entry> {
    return { kind: 'process', entry: this.entries[this.rows[row] as number] as Entry }
  }

  place(row: number): TreePlace {
    const index = this.rows[row] as number
    const depth = this.depths[index] as number
    const lines: boolean[] = new Array(Math.max(0, depth - 1)).fill(false)
    let above = this.parents[index] as number
    for (let level = depth - 2; level >= 0; level--) {
      lines[level] = this.nextSibling[above] !== NONE
      above = this.parents[above] as number
    }
    const below = this.below[index] as number
    return { depth, lines, last: this.nextSibling[index] === NONE, below, folded: this.isFolded(index) }
  }

  indexOf(entry: ProcessEntry): number {
    let index = (this.entries as readonly ProcessEntry[]).indexOf(entry)
    while (index >= 0 && this.positions[index] === NONE) index = this.parents[index] as number
    return index < 0 ? -1 : (this.positions[index] as number)
  }

  private isFolded(index: number): boolean {
    return this.below[index] !== 0 && this.folded.has(this.entries[index] as Entry)
  }

  /** Links siblings in order; the first root. */
  private link(compare: Compare): number {
    const order = sorted(this.entries.length, compare)
    let firstRoot = NONE
    for (let at = order.length - 1; at >= 0; at--) {
      const index = order[at] as number
      const parent = this.parents[index] as number
      this.nextSibling[index] = parent < 0 ? firstRoot : (this.firstChild[parent] as number)
      if (parent < 0) firstRoot = index
      else this.firstChild[parent] = index
    }
    return firstRoot
  }

  /** Everybody, parents before their children; counts who is below whom. */
  private walk(firstRoot: number): Uint32Array {
    const walk = new Uint32Array(this.entries.length)
    let count = 0
    let index = firstRoot
    while (index !== NONE) {
      walk[count++] = index
      const parent = this.parents[index] as number
      if (parent >= 0) this.depths[index] = (this.depths[parent] as number) + 1
      let next = this.firstChild[index] as number
      for (let at = index; next === NONE && at !== NONE; at = this.parents[at] as number) {
        next = this.nextSibling[at] as number
      }
      index = next
    }
    for (let at = count - 1; at >= 0; at--) {
      const child = walk[at] as number
      const parent = this.parents[child] as number
      if (parent >= 0) this.below[parent] = (this.below[parent] as number) + (this.below[child] as number) + 1
    }
    return walk
  }

  /** Leaves out what is folded away. */
  private show(walk: Uint32Array): Uint32Array {
    const rows = new Uint32Array(walk.length)
    let count = 0
    for (let at = 0; at < walk.length; at++) {
      const index = walk[at] as number
      this.positions[index] = count
      rows[count++] = index
      if (this.folded.size > 0 && this.isFolded(index)) at += this.below[index] as number
    }
    return rows.subarray(0, count)
  }
}
