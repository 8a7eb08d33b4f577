import { moment } from '../../lib/units.ts'
import type { Frame } from '../../model/frame.ts'
import { eventSegments } from '../paint/event.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { drawBadge, drawItems } from './line.ts'

const DIM = style('dim')
const WARN = style('warn')
const STANDS = '  the last good one is in use'
/** Less of a problem says nothing. */
const LEAST_PROBLEM = 40
/** More do not fit on any screen. */
const MOST = 8

/** What is wrong with the configuration; that the last good one goes on is said where there is room for it. */
function configuration(surface: Surface, look: Look, problem: string): void {
  const x = drawBadge(surface, look, 'CONF', 'warn')
  const room = surface.columns - 1 - x
  const used = drawFitted(surface, x, 0, [segment(problem, WARN)], Math.max(LEAST_PROBLEM, room - STANDS.length), look)
  if (used + STANDS.length <= room) surface.text(x + used, 0, STANDS, DIM)
}

/**
 * The row below NOW. Nothing is forecast, so it does not claim that nothing comes: it says what changed last, newest first, as many
 * as fit. `sinceMs` is the moment from which on changes were watched. A configuration with a mistake takes its place.
 */
export function next(
  surface: Surface,
  frame: Frame,
  look: Look,
  { sinceMs, config }: { readonly sinceMs: number; readonly config?: string | undefined },
): void {
  surface.clear()
  if (config !== undefined) {
    configuration(surface, look, config)
    return
  }
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
