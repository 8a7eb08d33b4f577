import { moment } from '../../lib/units.ts'
import type { Frame } from '../../model/frame.ts'
import { eventSegments } from '../paint/event.ts'
import type { Look } from '../paint/look.ts'
import { segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { drawBadge, drawItems } from './line.ts'

const DIM = style('dim')
/** More do not fit on any screen. */
const MOST = 8

/**
 * The row below NOW. Nothing is forecast, so it does not claim that nothing comes: it says what changed last, newest first, as many
 * as fit. `sinceMs` is the moment from which on changes were watched.
 */
export function next(surface: Surface, frame: Frame, look: Look, { sinceMs }: { readonly sinceMs: number }): void {
  surface.clear()
  const x = drawBadge(surface, look, 'LAST', 'unknown')
  const right = surface.columns - 1
  const items = frame.events.slice(0, MOST).map((event) => ({
    main: [segment(`${moment(event.wallMs, frame.wallMs)} `, DIM), ...eventSegments(event, look)],
    ...(event.cause === undefined ? {} : { extra: [segment(`  ${event.cause}`, DIM)] }),
  }))
  if (items.length === 0)
    items.push({ main: [segment(`nothing has changed since ${moment(sinceMs, frame.wallMs)}`, DIM)] })
  drawItems(surface, x, right, items, look, false)
}
