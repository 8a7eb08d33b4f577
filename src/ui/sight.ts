import { sameMembers } from '../lib/members.ts'
import type { Ahead, AheadRequest } from '../model/forecast.ts'
import type { SeriesView, WindowRequest } from '../model/frame.ts'

/**
 * The series of a frame as one painting sees them. A panel puts one into what it selects and reads through it: it remembers what came of
 * each look, so that the panel is painted again only when another frame would look different. A figure that is the same once it is
 * rounded looks the same, and so does a chart within a step.
 *
 * A painter may be made of pieces. When all else is as it was, only the pieces that look different are painted again: a figure changes
 * with every frame, the chart above it with every tenth.
 */
export class Sight {
  readonly wallMs: number
  readonly #series: SeriesView
  readonly #looks: Look[] = []
  readonly #pieces: Sight[] = []
  /** Of each piece of the last painting: itself where it still stands on the screen as it should, else one that is to be painted. */
  #standing: readonly { readonly piece: Sight; readonly stands: boolean }[] | undefined
  /** What the first looks give, known from comparing. */
  #known: readonly unknown[] = []

  constructor(series: SeriesView, wallMs: number) {
    this.#series = series
    this.wallMs = wallMs
  }

  /** What `of` makes of the series. It gives what is shown (rounded figures, segments), not the values themselves: it is compared deeply. */
  see<T>(of: (series: SeriesView, wallMs: number) => T): T {
    const at = this.#looks.length
    const seen = at < this.#known.length ? (this.#known[at] as T) : of(this.#series, this.wallMs)
    this.#looks.push((later) => {
      const again = of(later.#series, later.wallMs)
      return looksLike(seen, again) ? { same: true, seen } : { same: false, seen: again }
    })
    return seen
  }

  /** The values of a chart. They look different when the next step has begun, or when the newest step that had no value has one. */
  window(key: string, request: WindowRequest): Float64Array {
    const values = this.#series.window(key, request)
    const { stepMs, by } = request
    const newest = Math.floor(this.wallMs / stepMs)
    const empty = Number.isNaN(values.at(-1))
    this.#looks.push((later) => {
      const value = () => later.#series.window(key, { endMs: later.wallMs, stepMs, count: 1, by })[0]
      return { same: Math.floor(later.wallMs / stepMs) === newest && (!empty || Number.isNaN(value())) }
    })
    return values
  }

  /** The forecast of a chart: like its values it stands until the next step has begun, or until there is one. */
  ahead(key: string, request: AheadRequest): Ahead | undefined {
    const ahead = this.#series.ahead(key, request)
    const newest = Math.floor(this.wallMs / request.stepMs)
    this.#looks.push((later) => ({
      same:
        Math.floor(later.wallMs / request.stepMs) === newest &&
        (ahead !== undefined || later.#series.ahead(key, { ...request, endMs: later.wallMs }) === undefined),
    }))
    return ahead
  }

  /** The series themselves. A full view shows so many figures of them that it is painted with every frame. */
  all(): SeriesView {
    this.#looks.push(() => ({ same: false }))
    return this.#series
  }

  /** Whether nothing of the last painting stands: a painter that is made of pieces clears its surface then, and only then. */
  get isFirst(): boolean {
    return this.#standing === undefined
  }

  /** A part with cells of its own, which it clears itself; it looks at series through the sight that it is given. Pieces come in the same order each time. */
  piece(paint: (own: Sight) => void): void {
    const last = this.#standing?.[this.#pieces.length]
    const own = last?.piece ?? new Sight(this.#series, this.wallMs)
    this.#pieces.push(own)
    if (last?.stands !== true) paint(own)
  }

  /**
   * Whether all that was seen here would be seen in `later`, too. If only some pieces would not, `later` is told which of them stand: ask
   * only when everything else that a painter goes by is the same, and paint `later` over what was painted here.
   */
  isSameIn(later: Sight): boolean {
    if (this.#differenceIn(later) !== undefined) return false
    const standing = this.#pieces.map((piece) => {
      const known = piece.#differenceIn(later)
      if (known === undefined) return { piece, stands: true }
      const next = new Sight(later.#series, later.wallMs)
      next.#known = known
      return { piece: next, stands: false }
    })
    if (standing.every(({ stands }) => stands)) return true
    later.#standing = standing
    return false
  }

  /**
   * What the looks give in `later`, up to the first that is different; undefined when none is. So far a painter that is otherwise told the
   * same looks at the same things in the same order.
   */
  #differenceIn(later: Sight): readonly unknown[] | undefined {
    const known: unknown[] = []
    let comparable = true
    for (const look of this.#looks) {
      const { same, seen } = look(later)
      // What a chart shows is not compared as a whole: from there on nothing is known.
      comparable &&= seen !== undefined
      if (comparable) known.push(seen)
      if (!same) return known
    }
    return undefined
  }
}

/** Looks again, in another frame: whether it gives the same, and what it gives where that is known. */
type Look = (later: Sight) => { readonly same: boolean; readonly seen?: unknown }

/** Whether two pieces of plain data say the same: the numbers, texts and lists that painters make of series. */
function looksLike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((member, index) => looksLike(member, b[index]))
  return sameMembers(a, b, looksLike)
}
