import { safeText, truncate } from '../../lib/text.ts'
import type { CheckStatus } from '../../model/check.ts'
import type { Frame } from '../../model/frame.ts'
import type { Listener } from '../../model/host.ts'
import { drawFitted } from '../paint/fitted.ts'
import { contentOf, drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { drawCells, drawLabels, drawSelection } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { Sight } from '../sight.ts'
import { filterNote } from './filter-note.ts'
import { servicesOf } from './listening.ts'
import type { Panel, PanelView } from './panel.ts'
import { checkCell, checkTimes } from './services/cells.ts'
import { checkTable } from './services/columns.ts'
import { coverage, notChecked } from './services/covered.ts'
import { checkHeadlines } from './services/heading.ts'
import { type Listed, listedChecks, showsChecks } from './services/order.ts'
import { paintPrograms } from './services/programs.ts'
import { paintSockets, socketRows } from './services/sockets.ts'
import { checksSilence, silenceHeadline, silenceOf } from './silence.ts'

const DIM = style('dim')
const TEXT = style('text')
const NONE = 'no services yet; healthtop init finds them'
/** The frame's title with its number, and the air around what stands behind it. */
const TITLE_COLUMNS = '5 Services '.length + 2
/** What the sentence about an empty list quotes of a filter. */
const QUOTED_COLUMNS = 24

export interface ServicesData {
  /** The list: of the checks that the filter leaves; absent where it is of sockets. */
  readonly listed: Listed | undefined
  readonly checks: readonly CheckStatus[]
  readonly listeners: readonly Listener[] | undefined
  /** Why what listens here may be old. */
  readonly silence: string | undefined
  /** Why the results may be old. */
  readonly stopped: string | undefined
  /** Ages are read through it: a list is painted again when one of those shown looks different. */
  readonly sight: Sight
}

function paintChecks(
  surface: Surface,
  { checks, listeners, sight, stopped }: ServicesData,
  listed: Listed,
  look: Look,
  view: PanelView,
): void {
  const filtered = { shown: listed.checks.length, total: listed.total, error: listed.error }
  const note = filterNote(view.services, filtered, look, contentOf(surface, look).columns - TITLE_COLUMNS)
  const { content } = drawFrame(surface, look, {
    key: services.key,
    title: services.title,
    focused: view.focused,
    ...(note.length === 0 ? {} : { note }),
    headlines:
      stopped === undefined
        ? checkHeadlines(checks, notChecked(checks, listeners ?? []))
        : [silenceHeadline(stopped, look.glyphs)],
  })
  const { placed, headed } = checkTable(content.columns, look.boxed, view.full)
  if (headed) drawLabels(content, 0, placed, look)
  const top = headed ? 1 : 0
  if (listed.checks.length === 0) {
    const filter = truncate(safeText(view.services.filter), QUOTED_COLUMNS, look.glyphs.ellipsis)
    drawFitted(content, 0, top, [segment(`no service matches "${filter}"  Esc clears`, DIM)], content.columns, look)
    return
  }
  const shown = listed.checks.slice(view.offset, view.offset + Math.max(0, content.rows - top))
  const columns = new Set(placed.map(({ column }) => column.id))
  const whyRight = look.boxed && !headed
  const list = { wide: headed, targetShown: columns.has('target'), whyRight, well: whyRight ? '' : 'well' }
  const times = sight.see((_, wallMs) => shown.map((check) => checkTimes(check, wallMs, columns)))
  for (const [index, check] of shown.entries()) {
    const y = top + index
    drawCells(content, y, placed, look, (id) => checkCell(id, check, times[index] ?? {}, list, look))
    if (view.focused && view.offset + index === view.selected) drawSelection(surface, 1 + y, look)
  }
}

function socketHeadlines(
  { listeners, checks, silence }: ServicesData,
  full: boolean,
  look: Look,
): (readonly Segment[])[] {
  if (listeners === undefined) return []
  if (silence !== undefined) return [silenceHeadline(silence, look.glyphs)]
  const total = full ? listeners.length : servicesOf(listeners).length
  if (total === 0) return []
  const listen = [segment(String(total), TEXT), segment(full ? ` socket${total === 1 ? '' : 's'}` : ' listen', DIM)]
  const unchecked = notChecked(checks, listeners)
  const about = checks.length === 0 ? 'not checked' : unchecked === 0 ? 'all checked' : `${unchecked} not checked`
  return [[...listen, segment(`  ${about}`, DIM)], listen]
}

/** What listens here: every socket in the full view, one row a program at home while there is nothing better. */
function paintListening(surface: Surface, data: ServicesData, look: Look, view: PanelView): void {
  const { content } = drawFrame(surface, look, {
    key: services.key,
    title: services.title,
    focused: view.focused,
    headlines: socketHeadlines(data, view.full, look),
  })
  const { listeners } = data
  if (listeners === undefined || listeners.length === 0) {
    const nothing = view.full ? 'nothing listens on this machine' : NONE
    const sentence = listeners === undefined ? (data.silence ?? look.glyphs.loading) : nothing
    drawFitted(content, 0, 0, [segment(sentence, DIM)], content.columns, look)
  } else if (view.full) paintSockets(surface, content, socketRows(listeners), coverage(data.checks), look, view)
  else paintPrograms(surface, content, servicesOf(listeners), NONE, look, view)
}

function paint(surface: Surface, data: ServicesData, look: Look, view: PanelView): void {
  surface.clear()
  if (data.listed === undefined) paintListening(surface, data, look, view)
  else paintChecks(surface, data, data.listed, look, view)
}

/** Rows of the panel above its list: the frame's, and the heading row where there is one. `columns` are the whole panel's. */
function above(columns: number, listed: boolean, { boxed }: Look, { full }: PanelView): number {
  if (!listed) return full ? 2 : 1
  return checkTable(columns - 2 * (boxed ? 2 : 1), boxed, full).headed ? 2 : 1
}

/** Is it up, from the outside: the checks, trouble first; in full also every socket that listens on this machine. */
export const services: Panel<ServicesData> = {
  id: 'services',
  key: '5',
  title: 'Services',
  sources: ['listeners'],
  list: true,
  select: (frame: Frame, view: PanelView) => ({
    listed: showsChecks(frame.checks, view.services, view.full)
      ? listedChecks(frame.checks, view.services.filter)
      : undefined,
    checks: frame.checks,
    listeners: frame.listeners,
    // Sockets are looked for when something changed, so only a failure makes the list doubtful, never its age.
    silence: silenceOf(frame, 'listeners', undefined),
    stopped: checksSilence(frame),
    sight: new Sight(frame.metrics, frame.wallMs),
  }),
  paint,
  listTop: (look, view, columns, { checks }) =>
    above(columns, showsChecks(checks, view.services, view.full), look, view),
  rows: ({ listed, listeners = [] }, surface, look, view) => ({
    total: listed?.checks.length ?? (view.full ? listeners.length : servicesOf(listeners).length),
    visible: Math.max(
      0,
      surface.rows - (look.boxed ? 1 : 0) - above(surface.columns, listed !== undefined, look, view),
    ),
  }),
}
