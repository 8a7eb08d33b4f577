import { textWidth } from '../../lib/text.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
import type { Look } from './look.ts'
import { drawSegments, type Segment, segmentsWidth } from './segments.ts'

const LINE = style('line')
const DIM = style('dim')

/** What stands in the border of a panel. */
export interface FrameParts {
  /** The number that focuses it; empty for none. */
  readonly key: string
  readonly title: string
  /** The title's hue; `bright` where there is none. */
  readonly hue?: Hue
  readonly focused: boolean
  /** Right behind the title. */
  readonly note?: readonly Segment[]
  /** Headline figures at the content's right edge; the first list that fits is taken. */
  readonly headlines?: readonly (readonly Segment[])[]
  /** Column labels that stand in the rule, at content columns, where there is no heading row. */
  readonly labels?: readonly { readonly x: number; readonly segments: readonly Segment[] }[]
  /** Texts in the bottom border (boxed only) at content columns: the time axis. */
  readonly axis?: readonly { readonly x: number; readonly segments: readonly Segment[] }[]
}

/** What the frame leaves for the content. */
export interface FrameContent {
  readonly content: Surface
  /** Column of the content's left edge on the panel's surface. */
  readonly left: number
}

/** What a frame leaves for the content, without drawing it. */
export function contentOf(surface: Surface, { boxed }: Look): Surface {
  const left = boxed ? 2 : 1
  return surface.area(left, 1, Math.max(0, surface.columns - 2 * left), Math.max(0, surface.rows - (boxed ? 2 : 1)))
}

/**
 * The frame of a panel (look: "Panel"): a box from 100x32 up, inset two cells; below that only the heading rule remains and the
 * content is inset one cell, so that column labels in the rule stand above their columns. Returns the content's surface.
 */
export function drawFrame(surface: Surface, look: Look, parts: FrameParts): FrameContent {
  const { glyphs, boxed } = look
  const { columns } = surface
  const left = boxed ? 2 : 1
  const ruleStyle = parts.focused ? style(parts.hue ?? 'accent') : LINE
  const rule = parts.focused ? glyphs.focusHorizontal : glyphs.horizontal
  surface.fill(rule, ruleStyle, 0, 0, columns, 1)
  if (boxed) drawBox(surface, look, parts.focused, ruleStyle)
  else surface.put(0, 0, ' ', DIM)
  const title: Segment[] = [
    { text: parts.key === '' ? '' : `${parts.key} `, style: parts.focused ? ruleStyle : DIM },
    { text: parts.title, style: style(parts.hue ?? 'bright', { bold: true }) },
  ]
  const withNote = parts.note ? [...title, { text: ' ', style: DIM }, ...parts.note] : title
  const right = columns - left
  const heading = segmentsWidth(withNote) + 2 <= right - left ? withNote : title
  let used = left + drawPadded(surface, left - (boxed ? 1 : 0), heading, boxed)
  for (const label of parts.labels ?? []) {
    if (left + label.x <= used || left + label.x + segmentsWidth(label.segments) > right) continue
    used = left + label.x + segmentsWidth(label.segments) + 1
    surface.put(left + label.x - 1, 0, ' ', DIM)
    drawSegments(surface, left + label.x, 0, label.segments)
    surface.put(used - 1, 0, ' ', DIM)
  }
  const headline = (parts.headlines ?? []).find((candidate) => right - segmentsWidth(candidate) - 2 > used)
  if (headline && segmentsWidth(headline) > 0) {
    const x = right - segmentsWidth(headline)
    surface.put(x - 1, 0, ' ', DIM)
    drawSegments(surface, x, 0, headline)
    surface.put(right, 0, ' ', DIM)
  }
  if (boxed) drawAxis(surface, left, parts)
  return { content: contentOf(surface, look), left }
}

function drawBox(surface: Surface, { glyphs }: Look, focused: boolean, ruleStyle: number): void {
  const { columns, rows } = surface
  surface.put(0, 0, focused ? glyphs.focusCorner.left : glyphs.corner.topLeft, focused ? ruleStyle : LINE)
  surface.put(columns - 1, 0, focused ? glyphs.focusCorner.right : glyphs.corner.topRight, focused ? ruleStyle : LINE)
  for (let y = 1; y < rows - 1; y++) {
    surface.put(0, y, glyphs.vertical, LINE)
    surface.put(columns - 1, y, glyphs.vertical, LINE)
  }
  if (rows < 2) return
  surface.fill(glyphs.horizontal, LINE, 1, rows - 1, columns - 2, 1)
  surface.put(0, rows - 1, glyphs.corner.bottomLeft, LINE)
  surface.put(columns - 1, rows - 1, glyphs.corner.bottomRight, LINE)
}

function drawPadded(surface: Surface, x: number, segments: readonly Segment[], boxed: boolean): number {
  if (boxed) surface.put(x, 0, ' ', DIM)
  const used = drawSegments(surface, x + (boxed ? 1 : 0), 0, segments)
  surface.put(x + (boxed ? 1 : 0) + used, 0, ' ', DIM)
  return used + 1
}

function drawAxis(surface: Surface, left: number, parts: FrameParts): void {
  const y = surface.rows - 1
  if (y < 1) return
  let used = 1
  for (const { x, segments } of parts.axis ?? []) {
    const width = segments.reduce((sum, part) => sum + textWidth(part.text), 0)
    if (left + x - 1 < used || left + x + width >= surface.columns - 1) continue
    surface.put(left + x - 1, y, ' ', DIM)
    drawSegments(surface, left + x, y, segments)
    surface.put(left + x + width, y, ' ', DIM)
    used = left + x + width + 1
  }
}
