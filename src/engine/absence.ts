import { checkMetrics } from '../model/catalogue/checks.ts'
import { processMetrics } from '../model/catalogue/process.ts'
import type { CheckStatus } from '../model/check.ts'
import type { Sample } from '../model/sample.ts'
import { hasLabels, type Labels, parseSeriesKey } from '../model/series.ts'
import type { Checks } from './checks/checks.ts'
import { BACK_OFF } from './checks/samples.ts'
import type { Mounts } from './mounts.ts'
import type { Series } from './series.ts'
import { STALE_INTERVALS } from './stale.ts'
import type { Store } from './store.ts'

/** What waits for others (a program, a mount far away) has said its first word by then, and rates have their two samples. */
const SETTLE_MS = 30_000

/** A check of an earlier run that has not come after this time is no check any more. */
const CHECKS_COME_MS = 120_000

const OF_CHECKS: ReadonlySet<string> = new Set(checkMetrics.map(({ name }) => name))
const OF_PROCESSES: ReadonlySet<string> = new Set(processMetrics.map(({ name }) => name))

/** What says whether something is there. */
export interface Present {
  readonly store: Store
  readonly checks: Pick<Checks, 'list' | 'has' | 'knew'>
  readonly mounts: Pick<Mounts, 'has'>
}

/**
 * Tells a series that is not there from one that has not come yet: what has no value is absent only where whoever would tell of it has had the
 * time to, and is not late. Whether it failed does not matter: it has answered.
 */
export class Absence {
  readonly #present: Present
  readonly #once: boolean
  /** Monotonic time at which measuring began, or began again after a silence. */
  #beganMono = Number.POSITIVE_INFINITY
  #lastMono = Number.NEGATIVE_INFINITY
  #everyMs = Number.POSITIVE_INFINITY
  /** Sources whose only word so far is not to be judged by, and until when another one is waited for. */
  readonly #warm = new Map<string, number>()

  /** `once`: there is one look, and what it does not show is absent. */
  constructor(present: Present, once: boolean) {
    this.#present = present
    this.#once = once
  }

  /** Takes every sample of the host, those that failed too. */
  heard({ source, monoMs, everyMs, warmup }: Pick<Sample, 'source' | 'monoMs' | 'everyMs' | 'warmup'>): void {
    const silent = monoMs - this.#lastMono > STALE_INTERVALS * this.#everyMs
    if (silent) this.#warm.clear()
    if (warmup || silent || this.#beganMono > monoMs) this.#beganMono = monoMs
    if (warmup) this.#warm.set(source, monoMs + STALE_INTERVALS * everyMs)
    else this.#warm.delete(source)
    this.#lastMono = monoMs
    this.#everyMs = Math.min(this.#everyMs, everyMs)
  }

  /** Whether what a series is about was there, and is not any more: a mount, a device, a check. */
  gone(key: string, monoMs: number): boolean {
    const { store, checks, mounts } = this.#present
    const { mount, check } = parseSeriesKey(key).labels
    if (mount !== undefined && !mounts.has(mount)) return true
    return check === undefined ? store.gone(key) : !checks.has(check) && (checks.knew(check) || this.#settled(monoMs))
  }

  /** Whether a series of this metric with these labels, none of which has a value, may only not have come yet. */
  awaited(metric: string, where: Labels, monoMs: number): boolean {
    const { store, checks } = this.#present
    const told = store.named(metric).filter(({ labels }) => hasLabels(labels, where))
    // A result that came between two slots is in none yet.
    if (told.some((series) => !Number.isNaN(series.storedAt(monoMs)))) return true
    if (OF_CHECKS.has(metric)) return this.#ofChecks(where.check, monoMs)
    const named = OF_PROCESSES.has(metric) ? checks.list.filter(isNamed(where.process)) : []
    return named.length > 0 ? named.some((check) => isAwaited(check, monoMs)) : this.#ofHost(told, monoMs)
  }

  #ofHost(told: readonly Series[], monoMs: number): boolean {
    if (monoMs - this.#lastMono > STALE_INTERVALS * this.#everyMs) return true
    if (this.#once) return false
    // Who has told of it would tell of it again.
    if (told.some(({ warm, seenMono }) => !warm && seenMono >= this.#beganMono)) return false
    for (const untilMono of this.#warm.values()) if (monoMs < untilMono) return true
    return monoMs - this.#beganMono < Math.max(SETTLE_MS, STALE_INTERVALS * this.#everyMs)
  }

  #ofChecks(name: string | undefined, monoMs: number): boolean {
    const { checks } = this.#present
    const its = name === undefined ? checks.list : checks.list.filter(isNamed(name))
    if (its.length === 0) return !this.#settled(monoMs) && (name === undefined || !checks.knew(name))
    return its.some((check) => isAwaited(check, monoMs))
  }

  /** Checks that are found here, and not configured, have come by now. */
  #settled(monoMs: number): boolean {
    const { monos } = this.#present.store
    return monoMs - (monos.end > 0 ? monos.at(monos.start) : monoMs) > CHECKS_COME_MS
  }
}

const isNamed =
  (name: string | undefined) =>
  ({ definition }: CheckStatus): boolean =>
    definition.name === name

/** It was not asked yet, or not often enough to say how it is, or another check explains its silence, or it is late. */
function isAwaited({ state, reason, last, definition }: CheckStatus, monoMs: number): boolean {
  if (last === undefined || reason === 'dependency') return true
  if (state === 'unknown' && reason === undefined) return true
  const asleep = state === 'down' || last.outcome.state === 'down'
  return monoMs - last.monoMs > STALE_INTERVALS * definition.intervalMs * (asleep ? BACK_OFF : 1)
}
