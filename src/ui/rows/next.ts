import { moment } from '../../lib/units.ts'
import { quietOf } from '../../model/alert-words.ts'
import { isSoon, outlook } from '../../model/crossings.ts'
import type { Frame } from '../../model/frame.ts'
import { bySeverity } from '../../model/severity.ts'
import { eventSegments } from '../paint/event.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { quietMarks } from '../paint/quiet.ts'
import { segment } from '../paint/segments.ts'
import { levelToken } from '../paint/verdict.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Token } from '../theme/tokens.ts'
import { crossingItem, whole } from './crossing.ts'
import { foretold } from './foretold.ts'
import { badgeColumns, drawBadge, drawItems, type Item } from './line.ts'

const DIM = style('dim')
const TEXT = style('text')
const WARN = style('warn')
const STANDS = '  the last good one is in use'
/** Less of a problem says nothing. */
const LEAST_PROBLEM = 40
/** More do not fit on any screen. */
const MOST = 8
/** What `   +2` takes. */
const COUNT = 5

/** What is wrong with the configuration; that the last good one goes on is said where there is room for it. */
function configuration(surface: Surface, look: Look, problem: string): void {
  const x = drawBadge(surface, look, 'CONF', 'warn')
  const room = surface.columns - 1 - x
  const used = drawFitted(surface, x, 0, [segment(problem, WARN)], Math.max(LEAST_PROBLEM, room - STANDS.length), look)
  if (used + STANDS.length <= room) surface.text(x + used, 0, STANDS, DIM)
}

/** What changed last, newest first. */
function lastItems(frame: Frame, look: Look): Item[] {
  return frame.events.slice(0, MOST).map((event) => ({
    main: [segment(`${moment(event.wallMs, frame.wallMs)} `, DIM), ...eventSegments(event, look)],
    ...(event.cause === undefined ? {} : { extra: [segment(`  ${event.cause}`, DIM)] }),
  }))
}

/** The same behind what is ahead: quietly, and without causes. */
function quietly(items: readonly Item[]): Item[] {
  return items.map(({ main }, index) => ({
    main: [segment(index === 0 ? 'last ' : '', DIM), ...main.map(({ text }) => segment(text, DIM))],
  }))
}

/** What the row says. */
interface Line {
  readonly word: string
  readonly tone: Token
  readonly items: readonly Item[]
  /** So many of them are counted where they do not fit. */
  readonly counted: number
}

function lineOf(frame: Frame, sinceMs: number, room: number, look: Look): Line {
  const ahead = foretold(frame)
  const soon = ahead.filter(({ crossing }) => isSoon(crossing)).length
  const items = ahead.map(({ crossing, alert }) => {
    const quiet = alert && quietOf(alert) && quietMarks(alert, frame.wallMs, look)
    return crossingItem(crossing, look, { quiet })
  })
  const [first, ...others] = items
  if (soon > 0 && first !== undefined) {
    // What somebody has seen already does not shout.
    const loud = ahead.filter(({ alert }) => alert === undefined || quietOf(alert) === undefined)
    const severities = loud.flatMap(({ crossing }) => crossing.severity ?? [])
    const [worst] = severities.toSorted(bySeverity)
    return {
      word: 'NEXT',
      tone: worst === undefined ? 'unknown' : levelToken(worst),
      items: [whole(first, room - (soon > 1 ? COUNT : 0)), ...others],
      counted: soon,
    }
  }
  const last = lastItems(frame, look)
  const known = outlook(frame.forecasts, frame.metrics)
  if (known !== undefined) {
    const but = known.but === undefined ? [] : [segment(`  ${known.but}`, DIM)]
    const well: Item = { main: [segment(known.text, TEXT)], extra: but }
    return { word: 'NEXT', tone: 'unknown', items: [well, ...items, ...quietly(last)], counted: 0 }
  }
  // Not everything was judged, so it does not claim that nothing comes.
  if (items.length > 0) return { word: 'NEXT', tone: 'unknown', items: [...items, ...quietly(last)], counted: 0 }
  const none: Item = { main: [segment(`nothing has changed since ${moment(sinceMs, frame.wallMs)}`, DIM)] }
  return { word: 'LAST', tone: 'unknown', items: last.length === 0 ? [none] : last, counted: 0 }
}

/**
 * The row below NOW: what will reach its limit, soonest first, the first with range and cause; what has reached it stands in NOW. With
 * nothing soon it says so, as far as that is known, and what changed last. While nothing is known of what comes it is that alone, newest
 * first. `sinceMs` is the moment from which on changes were watched. A configuration with a mistake takes the place of all of it.
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
  const right = surface.columns - 1
  const { word, tone, items, counted } = lineOf(frame, sinceMs, right - badgeColumns(look), look)
  const x = drawBadge(surface, look, word, tone)
  drawItems(surface, x, right, items, look, counted > 0, counted)
}
