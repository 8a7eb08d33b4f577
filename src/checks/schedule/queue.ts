/** Something that is due at a monotonic time. */
interface Due<T> {
  readonly atMono: number
  readonly item: T
}

/** What is due next comes first; of what is due at the same time, any. A binary heap. */
export class DueQueue<T> {
  readonly #heap: Due<T>[] = []

  /** When the first is due; undefined when there is none. */
  get nextMono(): number | undefined {
    return this.#heap[0]?.atMono
  }

  add(item: T, atMono: number): void {
    const heap = this.#heap
    let index = heap.length
    const due = { atMono, item }
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent] as Due<T>
      if (above.atMono <= atMono) break
      heap[index] = above
      index = parent
    }
    heap[index] = due
  }

  /** Takes the first if it is due by now. */
  take(nowMono: number): T | undefined {
    const heap = this.#heap
    const first = heap[0]
    if (first === undefined || first.atMono > nowMono) return undefined
    const last = heap.pop() as Due<T>
    if (heap.length > 0) this.#sink(last)
    return first.item
  }

  /** Puts what stood last where the first was, and lets it down to its place. */
  #sink(due: Due<T>): void {
    const heap = this.#heap
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && (heap[child + 1] as Due<T>).atMono < (heap[child] as Due<T>).atMono) child++
      const below = heap[child] as Due<T>
      if (below.atMono >= due.atMono) break
      heap[index] = below
      index = child
    }
    heap[index] = due
  }
}
