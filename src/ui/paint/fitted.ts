import { graphemes } from '../../lib/text.ts'
import type { Surface } from '../screen/surface.ts'
import type { Look } from './look.ts'
import { drawSegments, type Segment, segmentsWidth } from './segments.ts'

/** Draws segments from a cell rightwards; what is longer than `columns` is cut and ends in an ellipsis. Returns the columns used. */
export function drawFitted(
  surface: Surface,
  x: number,
  y: number,
  segments: readonly Segment[],
  columns: number,
  look: Look,
): number {
  const room = Math.min(columns, surface.columns - x)
  if (room <= 0) return 0
  if (segmentsWidth(segments) <= room) return drawSegments(surface, x, y, segments, room)
  let used = 0
  for (const part of segments) {
    for (const grapheme of graphemes(part.text)) {
      if (used + grapheme.width > room - 1) {
        surface.put(x + used, y, look.glyphs.ellipsis, part.style)
        return used + 1
      }
      surface.put(x + used, y, grapheme.text, part.style, grapheme.width)
      used += grapheme.width
    }
  }
  return used
}
