import { clockTime } from '../../../lib/units.ts'
import type { Frame, SeriesView, WindowRequest } from '../../../model/frame.ts'
import type { ProcessRow } from '../../../model/processes.ts'
import { seriesKey } from '../../../model/series.ts'
import { isDenied, type Part, type ProcessDetail, type Watched, type WatchTarget } from '../../../model/watch.ts'
import type { Glyphs } from '../../theme/glyphs.ts'
import type { PanelView } from '../panel.ts'

/** What the panels of the page of one process need of a frame. */
export interface WatchData {
  /** Of the process the page is about; absent until the source has told of it. */
  readonly watched: Watched | undefined
  readonly metrics: SeriesView
  readonly forecasts: Frame['forecasts']
  readonly tick: number
  readonly wallMs: number
}

/** Whether what a source tells is about whom the page is about: a pid becomes a process once it was seen. */
function sameTarget(told: WatchTarget, wanted: WatchTarget): boolean {
  if (wanted.kind === 'process')
    return told.kind === 'process' && told.id.pid === wanted.id.pid && told.id.startTicks === wanted.id.startTicks
  if (wanted.kind === 'pid')
    return told.kind === 'process' ? told.id.pid === wanted.pid : told.kind === 'pid' && told.pid === wanted.pid
  if (wanted.kind === 'name') return told.kind === 'name' && told.name === wanted.name
  return told.kind === 'pattern' && told.source === wanted.source
}

/** What is known of the process the page is about; undefined while the source still tells of another, or of none. */
export function watchedOf({ watched }: Frame, target: WatchTarget | undefined): Watched | undefined {
  return watched !== undefined && target !== undefined && sameTarget(watched.target, target) ? watched : undefined
}

export function selectWatch(frame: Frame, view: PanelView): WatchData {
  return {
    watched: watchedOf(frame, view.watch?.target),
    metrics: frame.metrics,
    forecasts: frame.forecasts,
    tick: frame.tick,
    wallMs: frame.wallMs,
  }
}

/** The key of one of the watched process' series, `process_<what>{process="<label>"}`. */
export function processKey(watched: Watched, what: string): string {
  return seriesKey(`process_${what}`, { process: watched.label })
}

/** The value of one of its series; undefined when not known. A process that is gone has none. */
export function processValue({ watched, metrics }: WatchData, what: string): number | undefined {
  return watched?.state === 'running' ? metrics.value(processKey(watched, what)) : undefined
}

/** A stretch of one of its series; NaN where nothing is known. */
export function processWindow({ watched, metrics }: WatchData, what: string, request: WindowRequest): Float64Array {
  return watched === undefined
    ? new Float64Array(request.count).fill(Number.NaN)
    : metrics.window(processKey(watched, what), request)
}

/** Who is meant, as people say it: `node 4211`, `nginx`, `/node.*api/`. */
export function targetText(target: WatchTarget): string {
  if (target.kind === 'process') return `${target.name} ${target.id.pid}`
  if (target.kind === 'pid') return `process ${target.pid}`
  return target.kind === 'name' ? target.name : `/${target.source}/`
}

/** Wall time at which the last of its runs ended; undefined when none is known to have. */
export function goneSince({ runs }: Watched): number | undefined {
  const ends = runs.flatMap(({ endedMs }) => (endedMs === undefined ? [] : [endedMs]))
  return ends.length === 0 ? undefined : Math.max(...ends)
}

/** Whether there is nobody to measure: not seen yet, or gone. */
export function isAway({ watched }: Pick<WatchData, 'watched'>): boolean {
  return watched !== undefined && watched.state !== 'running'
}

/** How many of it run: with more than one the series are sums, and the detail is of the one that is shown. */
export function instancesOf({ watched }: Pick<WatchData, 'watched'>): number {
  return watched?.instances.length ?? 0
}

/** Why there is nothing to show: nothing told yet, nobody seen yet, gone. Undefined while it runs. */
export function absence({ watched }: Pick<WatchData, 'watched'>, { loading }: Glyphs): string | undefined {
  if (watched === undefined) return loading
  if (watched.state === 'waiting') return 'not seen yet'
  if (watched.state === 'running') return undefined
  const since = goneSince(watched)
  return since === undefined ? 'gone' : `gone since ${clockTime(since)}`
}

/** What stands in place of a part: why it is not there. Undefined when it was read. */
export function partSentence(part: Part<unknown> | undefined, { loading }: Glyphs): string | undefined {
  if (part === undefined) return loading
  return isDenied(part) ? `not readable: ${part.denied}` : undefined
}

/** A part that was read. */
export function read<T>(part: Part<T> | undefined): T | undefined {
  return part === undefined || isDenied(part) ? undefined : part
}

/** The detail of whom the page shows. */
export function detailOf({ watched }: Pick<WatchData, 'watched'>): ProcessDetail | undefined {
  return watched?.state === 'running' ? watched.detail : undefined
}

/** The instance the page shows; undefined while there is none. */
export function shownInstance(watched: Watched | undefined): ProcessRow | undefined {
  if (watched?.state !== 'running') return undefined
  return watched.detail?.row ?? watched.instances[0]
}
