import { parseSeriesKey } from '../../model/series.ts'
import { decodeLine } from '../decode.ts'
import { encodeLine } from '../encode.ts'
import type { MetricsLine } from '../line.ts'
import { metricsLines } from '../metrics-lines.ts'
import { joiningOf } from '../moving.ts'

const MINUTE_MS = 60_000

/** What is known of a series in a minute: the sum and number of its values where their mean counts, else the last one. */
interface Joined {
  sum: number
  count: number
}

/** Lines of an hour that become fewer. */
export interface Thinner {
  take(text: string): void
  /** What is left, by time. */
  texts(): readonly string[]
}

/**
 * Thins lines to one of metrics and one of processes a minute: of what moves the mean, of levels and processes the last. Checks, alerts
 * and events are all kept, each once; so is what a later version wrote. What is no JSON is given up: a torn line says nothing.
 */
export function createThinner(): Thinner {
  const means = new Map<string, boolean>()
  const minutes = new Map<number, { t: number; readonly series: Map<string, Joined> }>()
  const processes = new Map<number, { readonly t: number; readonly text: string }>()
  /** Texts and their times. */
  const kept = new Map<string, number>()
  let lastT = 0

  function isMean(key: string): boolean {
    const known = means.get(key)
    if (known !== undefined) return known
    const mean = joiningOf(parseSeriesKey(key).name) === 'mean'
    means.set(key, mean)
    return mean
  }

  function join({ t, values }: MetricsLine): void {
    const minute = Math.floor(t / MINUTE_MS)
    const joined = minutes.get(minute) ?? { t, series: new Map<string, Joined>() }
    minutes.set(minute, joined)
    joined.t = Math.max(joined.t, t)
    for (const key in values) {
      const value = values[key] as number
      const before = joined.series.get(key)
      if (before === undefined) joined.series.set(key, { sum: value, count: 1 })
      else if (isMean(key)) {
        before.sum += value
        before.count++
      } else before.sum = value
    }
  }

  return {
    take(text) {
      const line = decodeLine(text)
      lastT = line?.t ?? lastT
      if (line?.kind === 'metrics') join(line)
      else if (line?.kind === 'processes') processes.set(Math.floor(line.t / MINUTE_MS), { t: line.t, text })
      else if (line !== undefined || isObject(text)) kept.set(text, lastT)
    },
    texts() {
      const metrics = [...minutes.values()].flatMap(({ t, series }) =>
        metricsLines(
          t,
          [...series].map(([key, { sum, count }]) => [key, sum / count] as const),
        ).map((line) => ({ t, text: encodeLine(line) })),
      )
      const others = [...kept].map(([text, t]) => ({ t, text }))
      return [...metrics, ...processes.values(), ...others].sort((a, b) => a.t - b.t).map(({ text }) => text)
    },
  }
}

function isObject(text: string): boolean {
  if (!text.startsWith('{')) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
