import { clockTime, span } from '../../lib/units.ts'
import type { Frame } from '../../model/frame.ts'
import type { ProcessRow } from '../../model/processes.ts'
import type { Watched, WatchTarget } from '../../model/watch.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { commandSegments } from '../panels/process-cells.ts'
import { goneSince, shownInstance, targetText, watchedOf } from '../panels/watch/data.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { WatchView } from '../views.ts'
import { drawBadge } from './line.ts'

const DIM = style('dim')
const TEXT = style('text')
const NAME = style('bright', { bold: true })
/** Share of the row that what stands at the right may take. */
const RIGHT_SHARE = 0.42

/** The row NOW on the page of one process: its pid, name and command, and since when it runs. */
export function watchNow(surface: Surface, frame: Frame, look: Look, { target }: WatchView): void {
  surface.clear()
  const watched = watchedOf(frame, target)
  const row = shownInstance(watched)
  const right = surface.columns - 1
  if (row === undefined) {
    const x = drawBadge(
      surface,
      look,
      watched?.state === 'gone' ? 'GONE' : 'WAIT',
      watched === undefined ? 'unknown' : 'warn',
    )
    drawFitted(surface, x, 0, absent(target, watched, look), right - x, look)
    return
  }
  const x = drawBadge(surface, look, String(row.pid), 'accent')
  const most = Math.floor(surface.columns * RIGHT_SHARE)
  const about = facts(row, target, watched, frame.wallMs)
  const end = about.find((candidate) => segmentsWidth(candidate) <= most) ?? []
  const start = drawRight(surface, right, 0, end, x) ?? right
  const [name, ...rest] = commandSegments(row)
  const command = [
    ...(name === undefined ? [] : [segment(name.text, NAME)]),
    ...rest.map(({ text }) => segment(text, TEXT)),
  ]
  drawFitted(surface, x, 0, command, start - x - (end.length > 0 ? 2 : 0), look)
}

/** What is said where there is no process. */
function absent(target: WatchTarget, watched: Watched | undefined, { glyphs }: Look): Segment[] {
  const name = segment(targetText(target), NAME)
  if (watched === undefined) return [name, segment(` ${glyphs.loading}`, DIM)]
  if (watched.state === 'waiting') {
    const quoted = target.kind === 'pattern' ? targetText(target) : `"${targetText(target)}"`
    return [segment(`not seen yet, waiting for ${quoted}`, TEXT)]
  }
  const since = goneSince(watched)
  return [name, segment(since === undefined ? '  gone' : `  gone since ${clockTime(since)}`, TEXT)]
}

/** `running 10 h 20 m, followed by name`, and less of it. */
function facts(row: ProcessRow, target: WatchTarget, watched: Watched | undefined, wallMs: number): Segment[][] {
  const running = span((wallMs - row.startedMs) / 1000)
  const instances = watched?.instances ?? []
  const at = instances.findIndex(({ pid, startTicks }) => pid === row.pid && startTicks === row.startTicks)
  const which = instances.length > 1 && at >= 0 ? `${at + 1} of ${instances.length} instances` : ''
  const how = target.kind === 'name' ? 'followed by name' : target.kind === 'pattern' ? 'followed by pattern' : ''
  const lines = [[`running ${running}`, which, how], [`running ${running}`, which], [running, which], [running]]
  return lines.map((parts) => [segment(parts.filter((part) => part !== '').join(', '), DIM)])
}
