import { clockTime, moment, percent, span } from '../../lib/units.ts'
import { isSoon, nextCrossings } from '../../model/crossings.ts'
import type { Frame } from '../../model/frame.ts'
import { eventSegments } from '../paint/event.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { crossingLine } from './crossing.ts'
import { verdictSegments } from './header.ts'
import { type ModeOptions, staleSeconds } from './mode.ts'
import { reasonItem, troubles } from './reasons.ts'

const DIM = style('dim')
const TEXT = style('text')
const NAME = style('bright', { bold: true })
const CPU = style('cpu', { bold: true })
const LEAST_CUT = 6
/** More lines than any screen of this kind has. */
const MOST = 60

/**
 * The screen of a terminal too small for panels: the verdict, then what else is wrong, worst first, what reaches its limit next, the process
 * that uses most and what changed last; in the last row the figures and the clock. Works down to one cell.
 */
export function tiny(surface: Surface, frame: Frame, look: Look, options: ModeOptions): void {
  surface.clear()
  const lines = storyLines(frame, look, options, surface.columns)
  const figures = surface.rows >= 2 ? surface.rows - 1 : 0
  const shown = figures === 0 ? surface.rows : figures
  for (const [y, line] of lines.slice(0, shown).entries()) {
    // An ellipsis on so few cells would take the place of the symbol.
    if (surface.columns < LEAST_CUT) drawSegments(surface, 0, y, line)
    else drawFitted(surface, 0, y, line, surface.columns, look)
  }
  if (figures > 0) drawFigures(surface, figures, frame, look, options)
}

function storyLines(frame: Frame, look: Look, options: ModeOptions, columns: number): (readonly Segment[])[] {
  const lines: (readonly Segment[])[] = troubles(frame)
    .slice(0, MOST)
    .map((reason) => {
      const line = reasonItem(reason, frame, look).main
      return segmentsWidth(line) <= columns ? line : line.slice(0, -1)
    })
  const stale = options.mode === 'live' ? staleSeconds(frame, options.nowMs, options.staleMs) : undefined
  // What is old is not well.
  if (stale !== undefined) lines.unshift([segment(`${look.glyphs.unknown} no answer ${span(stale)}`, style('unknown'))])
  else if (lines.length === 0) lines.push(verdictSegments(frame, look))
  const next = nextCrossings(frame.forecasts).find(isSoon)
  if (next !== undefined && stale === undefined) lines.push(crossingLine(next, columns, look))
  const top = frame.leaders?.cpu[0]
  if (top?.cpuRatio !== undefined) {
    const figure = segment(` ${percent(top.cpuRatio, 1).figure}`, top.cpuRatio >= 0.5 ? CPU : TEXT)
    const line = [segment(top.name, NAME), figure, segment(' % of a core', DIM)]
    lines.push(segmentsWidth(line) <= columns ? line : [segment(top.name, NAME), figure, segment(' %', DIM)])
  }
  for (const event of frame.events)
    lines.push([
      segment(`${moment(event.wallMs, frame.wallMs)} `, DIM),
      ...eventSegments(event, look, { most: Math.floor(columns / 2) }),
    ])
  return lines
}

function drawFigures(surface: Surface, y: number, frame: Frame, look: Look, { mode, nowMs }: ModeOptions): void {
  const figure = (label: string, key: string): readonly Segment[] => {
    const ratio = frame.metrics.value(key)
    return ratio === undefined ? [] : [segment(`${label} `, DIM), segment(percent(ratio, 0).figure.padStart(2), TEXT)]
  }
  let x = 0
  for (const part of [figure('cpu', 'cpu_used_ratio'), figure('mem', 'memory_used_ratio')]) {
    const gap = x === 0 ? 0 : 1
    if (part.length === 0 || x + gap + segmentsWidth(part) > surface.columns) continue
    x += gap + drawSegments(surface, x + gap, y, part)
  }
  const clock =
    mode === 'paused'
      ? segment(`${look.glyphs.pausedMode} ${clockTime(frame.wallMs).slice(0, 5)}`, style('warn'))
      : segment(clockTime(nowMs).slice(0, 5), DIM)
  drawRight(surface, surface.columns, y, [clock], x === 0 ? 0 : x + 2)
}
