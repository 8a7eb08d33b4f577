import type { Frame } from '../../model/frame.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { shownRecord } from '../panels/alert/data.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { AlertView } from '../views.ts'
import { drawBadge } from './line.ts'

const DIM = style('dim')
const TEXT = style('text')
const WORD = style('accent')

/** Words of the language of rules. */
const WORDS = /( (?:above|below|outside|absent|reaches|within|for|clear|keep|is|are|happens)(?= |$))/

/** A rule with its words set off. */
function ruleSegments(rule: string): Segment[] {
  return rule.split(WORDS).map((part, index) => segment(part, index % 2 === 1 ? WORD : TEXT))
}

/** The row RULE on the page of one alert: by which rule it fires, and where that stands. */
export function alertRule(surface: Surface, frame: Frame, look: Look, view: AlertView): void {
  surface.clear()
  const x = drawBadge(surface, look, 'RULE', 'unknown')
  const right = surface.columns - 1
  const record = shownRecord(frame, view)
  if (record === undefined) return
  const { rule, origin, acknowledged } = record.alert
  const line = ruleSegments(rule)
  const from = [segment(origin, DIM)]
  const room = right - x
  const shows = segmentsWidth(line) + 2 + segmentsWidth(from) <= room
  if (shows) drawRight(surface, right, 0, from, x)
  const left = room - (shows ? segmentsWidth(from) + 2 : 0)
  const used = drawFitted(surface, x, 0, line, left, look)
  const note =
    acknowledged === undefined || acknowledged.note === '' ? '' : `   ${look.glyphs.acknowledged} ${acknowledged.note}`
  drawFitted(surface, x + used, 0, [segment(note, DIM)], left - used, look)
}
