import type { Availability } from '../../model/check.ts'

export const PART_MS = 300_000
/** Known and good time of a part is counted in units of 5 ms: 60,000 of them fit 16 bits. */
const UNIT_MS = 5
const PART_UNITS = PART_MS / UNIT_MS
const PARTS_OF_A_DAY = 288
const DAYS = 7
const PARTS = DAYS * PARTS_OF_A_DAY
const UNITS_A_SECOND = 1000 / UNIT_MS

/** A stretch that ends in the open part, in parts, and the units in it. */
interface Window {
  readonly parts: number
  known: number
  good: number
}

/**
 * How much of the last hour, day and week a check was up, in parts of five minutes, over monotonic time. Memory is constant: 1.2 KB a day,
 * up to a week.
 */
export class AvailabilityCount {
  readonly #hour: Window = { parts: 12, known: 0, good: 0 }
  readonly #day: Window = { parts: PARTS_OF_A_DAY, known: 0, good: 0 }
  readonly #week: Window = { parts: PARTS, known: 0, good: 0 }
  readonly #windows = [this.#hour, this.#day, this.#week]
  /** Known and good units of each part, by turns, a day in each array. */
  readonly #days: (Uint16Array | undefined)[] = Array.from({ length: DAYS })
  /** Number of the open part. */
  #open = Number.NaN

  /** Counts the time between two moments as up, or as not. */
  count(good: boolean, fromMono: number, toMono: number): void {
    // What is older than a week counts nowhere.
    const oldest = (Math.floor(toMono / PART_MS) - PARTS + 1) * PART_MS
    for (let from = Math.max(fromMono, oldest); from < toMono; ) {
      const part = Math.floor(from / PART_MS)
      const to = Math.min(toMono, (part + 1) * PART_MS)
      this.#moveTo(part)
      const units = Math.round((to - from) / UNIT_MS)
      this.#add(part, units, good ? units : 0)
      from = to
    }
  }

  /**
   * Adds parts that an earlier run counted: seconds that were known, and those of them that were good. `firstMono`: where the first one lies on
   * the clock of this run, whose parts begin elsewhere: what is known of a part is taken to lie at its beginning, good and bad evenly. Nothing
   * is counted that would lie after `nowMono`: the clock was set back.
   */
  restore(known: Uint16Array, good: Uint16Array, firstMono: number, nowMono: number): void {
    this.#moveTo(Math.floor(nowMono / PART_MS))
    const first = Math.floor(firstMono / PART_MS)
    const beforeEdge = Math.round(((first + 1) * PART_MS - firstMono) / 1000)
    for (let index = Math.max(0, this.#open - PARTS - first); index < known.length; index++) {
      const nowS = Math.floor((nowMono - firstMono - index * PART_MS) / 1000)
      const seconds = Math.min(known[index] as number, nowS)
      if (!(seconds > 0)) continue
      const share = Math.min(1, (good[index] as number) / (known[index] as number))
      const early = UNITS_A_SECOND * Math.min(seconds, beforeEdge)
      const late = UNITS_A_SECOND * seconds - early
      if (early > 0) this.#add(first + index, early, Math.round(share * early))
      if (late > 0) this.#add(first + index + 1, late, Math.round(share * late))
    }
  }

  get shares(): Availability {
    const shares: { hour?: number; day?: number; week?: number } = {}
    if (this.#hour.known > 0) shares.hour = this.#hour.good / this.#hour.known
    if (this.#day.known > 0) shares.day = this.#day.good / this.#day.known
    if (this.#week.known > 0) shares.week = this.#week.good / this.#week.known
    return shares
  }

  /** Opens a part: others leave the windows. */
  #moveTo(part: number): void {
    if (!(part > this.#open)) {
      if (Number.isNaN(this.#open)) this.#open = part
      return
    }
    if (part - this.#open >= PARTS) this.#forget()
    else {
      for (let entering = this.#open + 1; entering <= part; entering++) {
        for (const window of this.#windows) this.#leave(window, entering - window.parts)
        const [units, at] = this.#at(entering)
        units?.fill(0, at, at + 2)
      }
    }
    this.#open = part
  }

  #leave(window: Window, part: number): void {
    const [units, at] = this.#at(part)
    if (units === undefined) return
    window.known -= units[at] as number
    window.good -= units[at + 1] as number
  }

  #forget(): void {
    this.#days.fill(undefined)
    for (const window of this.#windows) {
      window.known = 0
      window.good = 0
    }
  }

  #add(part: number, units: number, good: number): void {
    if (part <= this.#open - PARTS) return
    const slot = slotOf(part)
    const day = Math.floor(slot / PARTS_OF_A_DAY)
    this.#days[day] ??= new Uint16Array(2 * PARTS_OF_A_DAY)
    const [counted, at] = this.#at(part) as [Uint16Array, number]
    const more = Math.min(units, PART_UNITS - (counted[at] as number))
    const ofThem = Math.min(more, good)
    counted[at] = (counted[at] as number) + more
    counted[at + 1] = (counted[at + 1] as number) + ofThem
    for (const window of this.#windows) {
      if (part <= this.#open - window.parts) continue
      window.known += more
      window.good += ofThem
    }
  }

  #at(part: number): [Uint16Array | undefined, number] {
    const slot = slotOf(part)
    return [this.#days[Math.floor(slot / PARTS_OF_A_DAY)], 2 * (slot % PARTS_OF_A_DAY)]
  }
}

function slotOf(part: number): number {
  return ((part % PARTS) + PARTS) % PARTS
}
