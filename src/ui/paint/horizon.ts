import type { Eta } from '../../model/forecast.ts'
import { FAR_S } from '../../model/forecast-words.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Token } from '../theme/tokens.ts'
import type { Look } from './look.ts'

const TRACK = style('track')
const DIM = style('dim')
const FAINT = style('faint')

/** What is nearer than that is as good as now. */
const FIRST_S = 600
const MARKS: readonly (readonly [seconds: number, label: string])[] = [
  [FIRST_S, '10 m'],
  [3600, '1 h'],
  [4 * 3600, '4 h'],
  [86_400, '1 d'],
  [7 * 86_400, '1 w'],
  [FAR_S, '1 mo'],
]

/**
 * The column of a moment so many seconds ahead on an axis of `width` columns from ten minutes to a month. By the logarithm: whether it is
 * one hour or two matters, whether it is 20 days or 21 does not.
 */
export function horizonColumn(seconds: number, width: number): number {
  const part = Math.log(Math.max(FIRST_S, seconds) / FIRST_S) / Math.log(FAR_S / FIRST_S)
  return Math.round(Math.min(1, part) * (width - 1))
}

/** When a limit will be reached: from the earliest over the likely moment to the latest (the end of the axis where that may be never). */
export function drawMoment(
  surface: Surface,
  x: number,
  y: number,
  width: number,
  eta: Eta | undefined,
  { range, likely }: { readonly range: Token; readonly likely: Token },
  { glyphs }: Look,
): void {
  for (let column = 0; column < width; column++) surface.put(x + column, y, glyphs.gauge.rest, TRACK)
  if (eta === undefined) return
  const first = horizonColumn(eta.earliest, width)
  const last = horizonColumn(eta.latest ?? FAR_S, width)
  for (let column = first; column <= last; column++) surface.put(x + column, y, glyphs.crossing.line, style(range))
  if (eta.likely < FAR_S) surface.put(x + horizonColumn(eta.likely, width), y, glyphs.crossing.likely, style(likely))
}

/** The marks of the axis as lines, in the rows below the moments. */
export function drawMarks(surface: Surface, x: number, y: number, width: number, rows: number, { glyphs }: Look): void {
  for (const [seconds] of MARKS)
    for (let row = y; row < y + rows; row++) surface.put(x + horizonColumn(seconds, width), row, glyphs.now, FAINT)
}

/** The labels of the axis, each at its mark, on `room` columns; one that would touch the one before is left out. */
export function marksText(width: number, room = width): string {
  let text = ''
  for (const [seconds, label] of MARKS) {
    const centred = horizonColumn(seconds, width) - Math.floor(label.length / 2)
    const start = Math.max(0, Math.min(centred, room - label.length))
    if (text !== '' && start <= text.length) continue
    text = text.padEnd(start) + label
  }
  return text
}

/** Draws the labels of the axis; the last one may reach a little beyond it. */
export function drawMarkLabels(surface: Surface, x: number, y: number, width: number): void {
  surface.text(x, y, marksText(width, surface.columns - x), DIM)
}
