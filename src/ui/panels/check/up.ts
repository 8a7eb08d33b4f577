import { span } from '../../../lib/units.ts'
import type { CheckState, CheckStatus, WorstOf } from '../../../model/check.ts'
import { drawFitted } from '../../paint/fitted.ts'
import { drawFrame } from '../../paint/frame.ts'
import type { Look } from '../../paint/look.ts'
import { drawRight, type Segment, segment } from '../../paint/segments.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { availabilitySegments, isLongKnown } from '../availability.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type CheckData, pastAbsence, selectCheck } from './data.ts'
import { worse } from './history.ts'
import { stateSymbol, stateToken } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const NAME = 6
/** `99.94 %` with the gap before it. */
const SHARE = 9
const HOUR_S = 3600
const TOO_SOON: readonly Segment[] = [segment('too soon', DIM)]

interface Stretch {
  readonly name: string
  readonly seconds: number
  readonly ratio: number | undefined
  readonly worst: WorstOf | undefined
}

function stretches({ availability, worst }: CheckStatus, full: boolean): readonly Stretch[] {
  const hour = { name: '1 h', seconds: HOUR_S, ratio: availability.hour, worst: undefined }
  return [
    { name: '24 h', seconds: 24 * HOUR_S, ratio: availability.day, worst: worst.day },
    { name: '7 d', seconds: 7 * 24 * HOUR_S, ratio: availability.week, worst: worst.week },
    ...(full ? [hour] : []),
  ]
}

/** As many marks as fit of which each stands for as many parts as the others. */
export function marksOf(worst: WorstOf, columns: number): WorstOf {
  const size = Math.max(1, Math.ceil(worst.length / Math.max(1, columns)))
  const parts = [1, 2, 3, 4, 6, 8, 12, 16, 24, 48].find((one) => one >= size && worst.length % one === 0) ?? size
  return Array.from({ length: Math.ceil(worst.length / parts) }, (_, index) =>
    worst.slice(index * parts, (index + 1) * parts).reduce<CheckState | undefined>(worse, undefined),
  )
}

function drawMarks(surface: Surface, x: number, y: number, marks: WorstOf, look: Look): void {
  for (const [index, state] of marks.entries()) {
    if (state === undefined) continue
    const glyph = state === 'up' ? look.glyphs.zero : stateSymbol(state, look.glyphs)
    surface.put(x + index, y, glyph, style(stateToken(state)))
  }
}

/** `down for 52 s`: what the rest of a stretch comes to. */
function missing({ seconds, ratio }: Stretch): Segment[] {
  if (ratio === undefined) return [segment('nothing is known', DIM)]
  const lost = (1 - ratio) * seconds
  return lost < 1 ? [segment('always up', DIM)] : [segment('down for ', DIM), segment(span(lost), TEXT)]
}

function paintUp(surface: Surface, data: CheckData, look: Look, view: PanelView): void {
  surface.clear()
  const { content } = drawFrame(surface, look, {
    key: checkUp.key,
    title: checkUp.title,
    focused: view.focused,
    headlines: [[segment('each mark is its worst moment', DIM)], [segment('worst moments', DIM)]],
  })
  const { status } = data
  const sentence = pastAbsence(data, look.glyphs)
  if (status === undefined || sentence !== undefined) {
    drawFitted(content, 0, 0, [segment(sentence ?? '', DIM)], content.columns, look)
    return
  }
  const long = isLongKnown(status)
  let y = 0
  for (const stretch of stretches(status, view.full)) {
    content.text(0, y, stretch.name, DIM)
    drawRight(content, content.columns, y, long ? availabilitySegments(stretch.ratio) : TOO_SOON, NAME)
    const room = content.columns - NAME - SHARE
    if (stretch.worst !== undefined && room > 0) drawMarks(content, NAME, y, marksOf(stretch.worst, room), look)
    if (view.full && (long || stretch.ratio === undefined))
      drawFitted(content, NAME, y + (stretch.worst === undefined ? 0 : 1), missing(stretch), room, look)
    y += view.full ? 3 : 1
  }
}

/** How much of the time it was up, and when it was not: a day and a week. Nobody keeps longer. */
export const checkUp: Panel<CheckData> = {
  id: 'check-up',
  key: '4',
  title: 'Up',
  sources: [],
  select: selectCheck,
  paint: paintUp,
}
