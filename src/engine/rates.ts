import { catalogue } from '../model/catalogue/catalogue.ts'
import type { Metric } from '../model/metric.ts'
import type { Sample } from '../model/sample.ts'
import { parseSeriesKey } from '../model/series.ts'
import { STALE_INTERVALS } from './stale.ts'

type Counters = Readonly<Record<string, number>>

/** A series made of counters, with the keys of those spelled out. */
export interface Derived {
  readonly key: string
  /** The `{…}` that it shares with its counters; empty for none. */
  readonly labels: string
  readonly kind: 'rate' | 'share'
  readonly of: readonly string[]
  readonly in: readonly string[]
}

/** Counters that may fall a little without having been reset: `iowait` is an estimate (proc_stat(5)). */
const MAY_FALL: ReadonlySet<string> = new Set(['cpu_iowait_seconds_total'])

/** Metrics of the catalogue by each counter that they are made of. */
const madeOf = new Map<string, Metric[]>()
for (const metric of catalogue) {
  const { derivation } = metric
  if (derivation.kind !== 'rate' && derivation.kind !== 'share') continue
  const names = derivation.kind === 'rate' ? [derivation.of] : [...derivation.of, ...derivation.in]
  for (const name of new Set(names)) madeOf.set(name, [...(madeOf.get(name) ?? []), metric])
}

/** Rise of one counter a second; undefined after a reset or when one side is not known. */
export function rateBetween(key: string, before: Counters, now: Counters, elapsedMs: number): number | undefined {
  const from = before[key]
  const to = now[key]
  if (from === undefined || to === undefined || to < from) return undefined
  return ((to - from) / elapsedMs) * 1000
}

/**
 * Rise of some counters over the rise of others; undefined after a reset, when one became known just now or not any more, and when nothing
 * rose. Counters that neither side knows (a container has no `iowait`) are left out; of nothing but such there is no rise.
 */
export function shareBetween(
  of: readonly string[],
  all: readonly string[],
  before: Counters,
  now: Counters,
): number | undefined {
  const total = sumOfRises(all, before, now)
  const part = sumOfRises(of, before, now)
  return total === undefined || part === undefined || total <= 0 ? undefined : part / total
}

function sumOfRises(keys: readonly string[], before: Counters, now: Counters): number | undefined {
  let sum = 0
  let fell = 0
  let known = 0
  for (const key of keys) {
    const from = before[key]
    const to = now[key]
    if (from === undefined && to === undefined) continue
    if (from === undefined || to === undefined) return undefined
    known++
    if (to >= from) sum += to - from
    else if (MAY_FALL.has(key)) fell += from - to
    else return undefined
  }
  // A fall larger than all that rose meanwhile is no estimate put right. Alone it counts as no rise at all.
  return known === 0 || (fell > sum && keys.length > 1) ? undefined : sum
}

/** What one source counted last, and what is made of it. */
interface Counted {
  readonly derived: Map<string, Derived>
  /** Counters for which `derived` is complete. */
  readonly known: Set<string>
  before?: Sample
}

/** Makes rates and shares of the counters of successive samples, source by source, over monotonic time. */
export class Rates {
  readonly #sources = new Map<string, Counted>()

  /** What rose between this source's last sample and this one. Nothing after a gap, a reset or for a device made anew. */
  accept(sample: Sample): [string, number][] {
    const counted = this.#of(sample.source)
    const { before } = counted
    counted.before = sample
    this.#learn(counted, sample.counters)
    if (before === undefined) return []
    const elapsedMs = sample.monoMs - before.monoMs
    if (elapsedMs <= 0 || elapsedMs > STALE_INTERVALS * Math.max(sample.everyMs, before.everyMs)) return []
    const anew = madeAnew(before.counters, sample.counters)
    const values: [string, number][] = []
    for (const { key, labels, kind, of, in: all } of counted.derived.values()) {
      if (anew.has(labels)) continue
      const value =
        kind === 'rate'
          ? rateBetween(of[0] as string, before.counters, sample.counters, elapsedMs)
          : shareBetween(of, all, before.counters, sample.counters)
      if (value !== undefined) values.push([key, value])
    }
    return values
  }

  #of(source: string): Counted {
    let counted = this.#sources.get(source)
    if (counted === undefined) {
      counted = { derived: new Map(), known: new Set() }
      this.#sources.set(source, counted)
    }
    return counted
  }

  #learn({ derived, known }: Counted, counters: Counters): void {
    const keys = Object.keys(counters)
    // Devices that come and go (a container's interfaces) leave their plans behind: start over when most are such.
    if (known.size > 64 + 2 * keys.length) {
      known.clear()
      derived.clear()
    }
    for (const key of keys) {
      if (known.has(key)) continue
      known.add(key)
      for (const one of plan(key)) derived.set(one.key, one)
    }
  }
}

/** The series that are made of a counter. */
function plan(counterKey: string): Derived[] {
  const { name } = parseSeriesKey(counterKey)
  const labels = counterKey.slice(name.length)
  return (madeOf.get(name) ?? []).flatMap((metric): Derived[] => {
    const { derivation } = metric
    const at = (names: readonly string[]) => names.map((one) => one + labels)
    const key = metric.name + labels
    if (derivation.kind === 'rate') return [{ key, labels, kind: 'rate', of: at([derivation.of]), in: [] }]
    if (derivation.kind === 'share')
      return [{ key, labels, kind: 'share', of: at(derivation.of), in: at(derivation.in) }]
    return []
  })
}

/** Labels of which some counter fell: that device was made anew, so its other counters have started over too, even those that rose. */
function madeAnew(before: Counters, now: Counters): ReadonlySet<string> {
  const anew = new Set<string>()
  for (const key in now) {
    const from = before[key]
    if (from === undefined || (now[key] as number) >= from) continue
    const open = key.indexOf('{')
    if (open >= 0) anew.add(key.slice(open))
  }
  return anew
}
