import { Ring } from '../../lib/ring.ts'
import type { History, RecentColumns } from '../../model/history.ts'
import { Series } from '../series.ts'
import { type Recent, recentBefore } from './recent.ts'
import { type Recorded, recordedBefore, ringsOf, silentMs, wallsOf } from './recorded.ts'

/** The slots and minutes that this run has made so far. */
interface Rings {
  readonly walls: Ring
  readonly monos: Ring
  readonly minuteWalls: Ring
}

/** What earlier runs recorded, for as long as series may come, or be asked for, that it knows. */
export class Past {
  readonly #forgetMs: number
  /** What comes before the first slot waits for it: only then it is plain what lies before. */
  #waiting: History | undefined
  #taken = false
  #recorded: Recorded | undefined
  #recent: RecentColumns | undefined
  /** The oldest slot when it came, and the monotonic time then. */
  #oldestMs = Number.NaN
  #sinceMono = Number.NaN
  /** Series that were recorded lately and have not been heard of in this run, as far as somebody asked for them. */
  readonly #unheard = new Map<string, Series>()

  /** `forgetMs`: for how long a series is kept that is not heard of. */
  constructor(forgetMs: number) {
    this.#forgetMs = forgetMs
  }

  /** Only the first history counts: its minutes have their indexes from then on. */
  take(history: History): void {
    if (this.#taken) return
    this.#taken = true
    this.#waiting = history
  }

  /** Wall times of all minutes, recorded ones in front, once there is a slot and a history that waits for it; undefined where nothing changes. */
  begin({ walls, monos, minuteWalls }: Rings): Ring | undefined {
    const history = this.#waiting
    if (history === undefined) return undefined
    this.#waiting = undefined
    this.#oldestMs = oldestOf(walls)
    this.#recorded = recordedBefore(history, this.#oldestMs)
    this.#recent = history.recent && recentBefore(history.recent, this.#oldestMs)
    this.#sinceMono = monos.at(monos.end - 1)
    if (this.#recorded === undefined) return undefined
    const all = Ring.of(wallsOf(this.#recorded), this.#recorded.capacity, -this.#recorded.count)
    for (let index = 0; index < minuteWalls.end; index++) all.append(minuteWalls.at(index))
    return all
  }

  /** Gives a series that is heard of what was recorded of it, before the minutes that end at `end`. */
  remember(series: Series, end: number): void {
    const { key } = series
    this.#unheard.delete(key)
    this.#give(series, end)
    this.#recorded?.series.delete(key)
  }

  /** A series that this run has not heard of yet; undefined where it was not recorded, or its last value is too old. */
  unheard(key: string, { walls, monos, minuteWalls }: Rings): Series | undefined {
    if (this.#recorded === undefined) return undefined
    let series = this.#unheard.get(key)
    if (series === undefined) {
      const silent = silentMs(this.#recorded, key, this.#oldestMs)
      if (!(silent <= this.#forgetMs)) return undefined
      series = new Series(key, walls.end)
      series.seenMono = this.#sinceMono - silent
      this.#give(series, minuteWalls.end)
      this.#unheard.set(key, series)
    }
    return monos.at(monos.end - 1) - series.seenMono > this.#forgetMs ? undefined : series
  }

  #give(series: Series, end: number): void {
    if (this.#recorded === undefined || !series.long) return
    const rings = ringsOf(this.#recorded, series)
    if (rings !== undefined) series.precede(rings, end)
  }

  /** The last lines of a series before this run, which is younger than an hour; undefined where there are none. */
  recent(series: Series): Recent | undefined {
    const values = this.#recent?.series.get(series.key)
    return values && { wallMs: (this.#recent as RecentColumns).wallMs, values }
  }

  /** Who has not come by then does not come any more. */
  forget(monoMs: number): void {
    if (!(monoMs - this.#sinceMono > this.#forgetMs)) return
    this.#recorded = undefined
    this.#recent = undefined
    this.#unheard.clear()
  }
}

/** After a jump back of the clock it is not the first one. */
function oldestOf(walls: Ring): number {
  let oldest = Number.POSITIVE_INFINITY
  for (let index = walls.start; index < walls.end; index++) oldest = Math.min(oldest, walls.at(index))
  return oldest
}
