import { graphemes, isSimple, textWidth } from '../../lib/text.ts'
import type { Surface } from '../screen/surface.ts'
import type { Look } from './look.ts'
import { drawSegments, type Segment } from './segments.ts'

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
  if (fits(segments, room)) return drawSegments(surface, x, y, segments, room)
  let used = 0
  for (const part of segments) {
    const free = room - 1 - used
    const head = part.text.slice(0, free + 1)
    if (isSimple(head)) {
      used += surface.text(x + used, y, head, part.style, free)
      if (head.length <= free) continue
      surface.put(x + used, y, look.glyphs.ellipsis, part.style)
      return used + 1
    }
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

/** Whether segments take no more than `room` columns. No more of a text is looked at than that needs: commands have thousands of characters. */
function fits(segments: readonly Segment[], room: number): boolean {
  let left = room
  for (const { text } of segments) {
    if (text.length > left && isSimple(text.slice(0, left + 1))) return false
    left -= textWidth(text)
    if (left < 0) return false
  }
  return true
}
