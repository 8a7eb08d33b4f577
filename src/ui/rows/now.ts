import { span } from '../../lib/units.ts'
import type { Frame } from '../../model/frame.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { segment } from '../paint/segments.ts'
import { levelToken } from '../paint/verdict.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { foretoldAlerts, isForetold } from './foretold.ts'
import { drawBadge, drawItems } from './line.ts'
import { staleSeconds } from './mode.ts'
import { measured, reasonItem, troubles } from './reasons.ts'

const DIM = style('dim')
const TEXT = style('text')
const OK = style('ok')
const UNKNOWN = style('unknown')
/** More do not fit on any screen. */
const MOST = 40
/** There is trouble, but all of it is ahead. */
const NOT_YET = 'nothing is wrong yet'
const NONE: ReadonlySet<string> = new Set()

export interface NowOptions {
  readonly staleMs?: number
  /** What is wrong with the configuration. */
  readonly config?: string | undefined
}

/**
 * The row NOW: what is wrong, worst first, with its cause where there is room; all well, it says what was really measured. What the row
 * NEXT below it tells of (not while a mistake in the configuration stands there) is not wrong yet.
 */
export function now(surface: Surface, frame: Frame, look: Look, { staleMs, config }: NowOptions = {}): void {
  surface.clear()
  const right = surface.columns - 1
  const told = config === undefined ? foretoldAlerts(frame) : NONE
  const all = troubles(frame)
  const wrong = all.filter((reason) => !isForetold(reason, told))
  const worst = wrong[0]
  if (worst !== undefined) {
    // What somebody has seen already does not shout.
    const x = drawBadge(surface, look, 'NOW', worst.quiet === undefined ? levelToken(worst.verdict) : 'unknown')
    const items = wrong.slice(0, MOST).map((reason) => reasonItem(reason, frame, look))
    drawItems(surface, x, right, items, look, true, wrong.length)
    return
  }
  const stale = staleSeconds(frame, frame.wallMs, staleMs)
  if (stale !== undefined) {
    const x = drawBadge(surface, look, 'NOW', 'unknown')
    const text = `${look.glyphs.unknown} nothing measured for ${span(stale)}`
    drawFitted(surface, x, 0, [segment(text, UNKNOWN)], right - x, look)
    return
  }
  if (all.length > 0) {
    const x = drawBadge(surface, look, 'NOW', 'ok')
    drawFitted(surface, x, 0, [segment(`${look.glyphs.well} `, OK), segment(NOT_YET, TEXT)], right - x, look)
    return
  }
  const what = measured(frame)
  if (frame.verdict !== 'ok' || what === '') {
    const x = drawBadge(surface, look, 'NOW', 'unknown')
    surface.text(x, 0, look.glyphs.loading, DIM, right - x)
    return
  }
  const x = drawBadge(surface, look, 'NOW', 'ok')
  drawFitted(surface, x, 0, [segment(`${look.glyphs.well} `, OK), segment(`${what} well`, TEXT)], right - x, look)
}
