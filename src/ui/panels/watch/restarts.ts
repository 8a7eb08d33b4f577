import { bytes, count, moment, span } from '../../../lib/units.ts'
import type { Run, Watched } from '../../../model/watch.ts'
import type { Look } from '../../paint/look.ts'
import { quantity, type Segment, segment } from '../../paint/segments.ts'
import { type Cell, type Column, zeroCell } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel } from '../panel.ts'
import { selectWatch, type WatchData } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
const RUNS = style('ok')
const CRIT = style('crit')
const BRIGHT = style('bright', { bold: true })
/** Ends are alike when memory and time differ by no more than this share. */
const ALIKE = 0.2
const LEAST_RUNS = 2

type Id = 'when' | 'what' | 'memory' | 'ran'
const COLUMNS: readonly Column<Id>[] = [
  { id: 'when', label: '', width: 9, priority: 4, gap: 1 },
  { id: 'what', label: '', width: 10, flex: 15, priority: 5, gap: 1 },
  { id: 'memory', label: '', width: 8, priority: 1, align: 'right' },
  { id: 'ran', label: '', width: 14, priority: 3, align: 'right' },
]

/** Ended by the kernel for want of memory, as its cause says. */
export function isKilled({ cause }: Run): boolean {
  return cause?.startsWith('out of memory') === true
}

function whatCell(run: Run, look: Look): Cell {
  const { glyphs } = look
  if (run.endedMs === undefined) return [segment(`${glyphs.well} `, RUNS), segment('runs', TEXT)]
  if (isKilled(run)) return [segment(`${glyphs.critical} `, CRIT), segment(run.cause ?? '', TEXT)]
  return [segment(`${glyphs.event} `, DIM), segment(run.cause ?? 'ended', TEXT)]
}

function cellOf(id: Id, run: Run, wallMs: number, look: Look): Cell {
  switch (id) {
    case 'when':
      return [segment(moment(run.endedMs ?? run.startedMs, wallMs), DIM)]
    case 'what':
      return whatCell(run, look)
    case 'memory':
      return run.memoryBytes === undefined
        ? []
        : run.memoryBytes === 0
          ? zeroCell(look)
          : quantity(bytes(run.memoryBytes))
    case 'ran': {
      const seconds = ((run.endedMs ?? wallMs) - run.startedMs) / 1000
      return [segment(run.endedMs === undefined ? 'for ' : 'ran ', DIM), segment(span(seconds), TEXT)]
    }
  }
}

function alike(values: readonly number[]): boolean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return mean > 0 && values.every((value) => Math.abs(value - mean) <= ALIKE * mean)
}

/** What the runs that ended have in common: `each time at 2.0 GiB, about 15 h after start`; undefined for nothing. */
export function rhythm(runs: readonly Run[]): string | undefined {
  const ended = runs.filter((run): run is Run & { endedMs: number } => run.endedMs !== undefined)
  const killed = ended.filter(isKilled)
  const like = killed.length >= LEAST_RUNS ? killed : ended
  if (like.length < LEAST_RUNS) return undefined
  const parts: string[] = []
  const memory = like.flatMap(({ memoryBytes }) => (memoryBytes === undefined ? [] : [memoryBytes]))
  if (memory.length === like.length && alike(memory)) {
    const { figure, unit } = bytes(Math.max(...memory))
    parts.push(`at ${figure} ${unit}`)
  }
  const seconds = like.map(({ startedMs, endedMs }) => (endedMs - startedMs) / 1000)
  if (alike(seconds)) {
    const mean = seconds.reduce((sum, value) => sum + value, 0) / seconds.length
    parts.push(`about ${roughSpan(mean)} after start`)
  }
  return parts.length === 0 ? undefined : `each time ${parts.join(', ')}`
}

/** A span in its largest unit. */
function roughSpan(seconds: number): string {
  if (seconds < 60) return span(seconds)
  if (seconds < 3600) return span(Math.round(seconds / 60) * 60)
  return seconds < 2 * 86_400 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`
}

/** `3 in 2 d`: restarts, and since when they are counted: the first end that was seen. */
export function restartsText({ restarts, runs }: Watched, wallMs: number): { count: string; rest: string } | undefined {
  if (restarts === 0) return undefined
  const first = Math.min(...runs.map(({ endedMs }) => endedMs ?? Number.POSITIVE_INFINITY))
  const within = Number.isFinite(first) ? ` in ${roughSpan(Math.max(1, (wallMs - first) / 1000))}` : ''
  return { count: count(restarts), rest: within }
}

function headline(watched: Watched, wallMs: number): Segment[] {
  const text = restartsText(watched, wallMs)
  return text === undefined ? [segment('none seen', DIM)] : [segment(text.count, BRIGHT), segment(text.rest, DIM)]
}

function rowsOf({ watched }: WatchData): readonly Run[] {
  return watched?.runs ?? []
}

/** Its runs, newest first: when each ended, why where that is known, how long it ran and how much memory it had. */
export const watchRestarts: Panel<WatchData> = {
  id: 'watch-restarts',
  key: '9',
  title: 'Restarts',
  sources: [],
  list: true,
  select: selectWatch,
  paint(surface, data, look, view) {
    const { watched, wallMs } = data
    const rows = rowsOf(data)
    const together = rhythm(rows)
    paintList(
      surface,
      {
        key: watchRestarts.key,
        title: watchRestarts.title,
        headlines: watched === undefined ? [] : [headline(watched, wallMs)],
        columns: COLUMNS,
        bare: true,
        rows,
        cell: (id, run) => cellOf(id, run, wallMs, look),
        sentence:
          watched === undefined ? look.glyphs.loading : rows.length === 0 ? 'no run of it was seen yet' : undefined,
        last:
          together === undefined
            ? undefined
            : (content, y) => content.fitted(0, y, together, DIM, content.columns, look.glyphs.ellipsis),
      },
      look,
      view,
    )
  },
  rows: (data, surface, look) => {
    const rows = rowsOf(data)
    return listRows(rows.length, surface, look, { bare: true, last: rhythm(rows) !== undefined })
  },
}
