import { span } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import type { Look } from '../paint/look.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { isRestarting } from './silence.ts'

/** Whether what a panel shows was measured lately. */
export interface Freshness {
  readonly state: 'loading' | 'fresh' | 'stale'
  /** What to say when it is stale. */
  readonly reason?: string
}

const FRESH: Freshness = { state: 'fresh' }
const LOADING: Freshness = { state: 'loading' }

/** More than so many turns of a probe are a gap. */
const GAP_TURNS = 2.5

/** How fresh the samples of a probe are, against how old they may get (more, where it is read more seldom). */
export function freshness(frame: Frame, source: string, mostMs = 3500): Freshness {
  const failure = frame.failures[source]
  if (failure !== undefined) return { state: 'stale', reason: `not measured: ${failure}` }
  const measured = frame.measuredMs[source]
  if (measured === undefined) return LOADING
  const age = frame.wallMs - measured
  if (age <= Math.max(mostMs, GAP_TURNS * (frame.paceMs[source] ?? 0))) return FRESH
  return {
    state: 'stale',
    reason: isRestarting(frame)
      ? `measuring stopped ${span(age / 1000)} ago, starting again`
      : `no answer ${span(age / 1000)}`,
  }
}

/** Two that say the same are one: panels compare their selections. */
export function freshText({ state, reason }: Freshness): string {
  return reason ?? state
}

/** Whether a text of `freshText` says that the values are old. */
export function isStale(text: string): boolean {
  return text !== 'fresh' && text !== 'loading'
}

/** Series as a panel shows them: while nothing new comes, the last that was known of them. */
export function shownSeries(metrics: SeriesView, { state }: Freshness): SeriesView {
  if (state !== 'stale') return metrics
  return {
    value: (key) => metrics.value(key) ?? metrics.last(key),
    last: (key) => metrics.last(key),
    keys: (name) => metrics.keys(name),
    entries: () => metrics.entries(),
    window: (key, request) => metrics.window(key, request),
    // Nothing is said of what comes after what is not known.
    ahead: () => undefined,
  }
}

/** Draws what `freshText` says into a row when it is not fresh; false when there is nothing to say. */
export function drawStale(surface: Surface, y: number, text: string, { glyphs }: Look): boolean {
  if (!isStale(text)) return false
  surface.fill(' ', 0, 0, y, surface.columns, 1)
  surface.fitted(0, y, `${glyphs.unknown} ${text}`, style('unknown'), surface.columns, glyphs.ellipsis)
  return true
}
