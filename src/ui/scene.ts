import { sameMembers } from '../lib/members.ts'
import { safeText } from '../lib/text.ts'
import type { Frame } from '../model/frame.ts'
import type { KeyBinding } from './keys/binding.ts'
import { CANVAS_NAMES, type CanvasName, canvasId, type Layout, placesOf } from './layout.ts'
import { drawFrame } from './paint/frame.ts'
import type { Look } from './paint/look.ts'
import { shownRecord } from './panels/alert/data.ts'
import type { Panel } from './panels/panel.ts'
import type { PanelId } from './panels/panel-id.ts'
import { panelOf } from './panels/registry.ts'
import { targetText, watchedOf } from './panels/watch/data.ts'
import { alertNow } from './rows/alert-now.ts'
import { alertRule } from './rows/alert-rule.ts'
import { checkNext } from './rows/check-next.ts'
import { checkNow } from './rows/check-now.ts'
import { type FooterKey, footer } from './rows/footer.ts'
import { header } from './rows/header.ts'
import type { ModeOptions } from './rows/mode.ts'
import { next } from './rows/next.ts'
import { now } from './rows/now.ts'
import { tiny } from './rows/tiny.ts'
import { watchNext } from './rows/watch-next.ts'
import { watchNow } from './rows/watch-now.ts'
import { Grid, type Rect } from './screen/grid.ts'
import { style } from './screen/style.ts'
import { Surface } from './screen/surface.ts'
import { Sight } from './sight.ts'
import { panelView, type ViewState } from './state.ts'

/** What is painted at one moment. */
export interface Picture {
  readonly frame: Frame
  readonly state: ViewState
  /** Wall time of the painting, for ages and the clock. */
  readonly nowMs: number
  /** Wall time at which the program started: nothing before it is known. */
  readonly sinceMs: number
  /** A newest measurement older than this is stale. */
  readonly staleMs: number
  /** Keys that work right now, for the footer. */
  readonly keys: readonly FooterKey[]
  /** Keys as they are bound and can be used; the same list as long as they are the same. */
  readonly bindings?: readonly KeyBinding[]
  /** What is wrong with the configuration file, `healthtop.yaml:12:5 …`, while the last good one is in use. Safe text. */
  readonly config?: string | undefined
}

/** A canvas that is no panel. */
interface Row {
  /** All that it shows; painted again only when a member is another. Without it, it is painted every time. */
  readonly of?: (picture: Picture) => object
  readonly paint: (surface: Surface, picture: Picture, look: Look) => void
}

const MINUTE_MS = 60_000

const ROWS: Readonly<Partial<Record<CanvasName, Row>>> = {
  header: {
    paint: (surface, picture, look) => {
      const target = picture.state.watch?.target
      // A pid has a name once it was seen.
      const process = target && targetText(watchedOf(picture.frame, target)?.target ?? target)
      const { check, alert } = picture.state
      const page = process ?? check?.name ?? shownRecord(picture.frame, alert)?.alert.name
      header(surface, picture.frame, look, { ...modeOptions(picture), page })
    },
  },
  now: {
    paint: (surface, { frame, config, state: { watch, check, alert } }, look) => {
      if (watch !== undefined) watchNow(surface, frame, look, watch)
      else if (check !== undefined) checkNow(surface, frame, look, check)
      else if (alert !== undefined) alertNow(surface, frame, look, alert)
      else now(surface, frame, look, { config })
    },
  },
  next: {
    // How an event's time is written depends on the day; a minute is often enough to notice the next one.
    of: ({ frame, sinceMs, config, state: { watch, check, alert } }) => ({
      events: frame.events,
      forecasts: frame.forecasts,
      alerts: frame.alerts,
      sinceMs,
      config,
      minute: Math.floor(frame.wallMs / MINUTE_MS),
      check,
      alert,
      records: alert === undefined ? undefined : frame.records,
      tick: watch === undefined && check === undefined ? 0 : frame.tick,
    }),
    paint: (surface, { frame, sinceMs, config, state: { watch, check, alert } }, look) => {
      if (watch !== undefined) watchNext(surface, frame, look, { target: watch.target, sinceMs })
      else if (check !== undefined) checkNext(surface, frame, look, check)
      else if (alert !== undefined) alertRule(surface, frame, look, alert)
      else next(surface, frame, look, { sinceMs, config })
    },
  },
  tiny: { paint: (surface, picture, look) => tiny(surface, picture.frame, look, modeOptions(picture)) },
  footer: {
    of: ({ frame, state, keys }) => ({ keys, notice: state.notice, cost: frame.cost }),
    paint: (surface, { frame, state, keys }, look) =>
      footer(surface, look, { keys, notice: state.notice, cost: frame.cost }),
  },
}

function modeOptions({ state, nowMs, staleMs }: Picture): ModeOptions {
  return { mode: state.paused === undefined ? 'live' : 'paused', nowMs, staleMs }
}

/**
 * The screen as cells: the base that Ink laid out, and the canvases painted into its holes. A canvas is painted again only when
 * what its panel selected of the frame changed, when the view changed, or when the base did.
 */
export class Scene {
  private grid: Grid
  private places: ReadonlyMap<CanvasName, Rect> = new Map()
  /** What each canvas was painted from. */
  private readonly painted = new Map<CanvasName, readonly object[]>()
  private look: Look
  private dimmed = false

  constructor(look: Look) {
    this.look = look
    this.grid = new Grid(1, 1)
  }

  /** The base before Ink has spoken: the layout's own rectangles. */
  baseFromLayout(layout: Layout): void {
    const grid = new Grid(layout.columns, layout.rows)
    const places = placesOf(layout)
    for (const [name, { x, y, columns, rows }] of places) {
      for (let row = y; row < y + rows; row++)
        grid.owners.fill(canvasId(name), row * grid.columns + x, row * grid.columns + x + columns)
    }
    this.setBase(grid, layout, false)
  }

  /** A base that Ink wrote: its texts, and holes where canvases are. Under an overlay everything is painted dim. */
  setBase(grid: Grid, layout: Layout, dimmed: boolean): void {
    this.grid = grid
    this.look = { ...this.look, boxed: layout.boxed }
    this.places = placesOf(layout)
    this.dimmed = dimmed
    this.painted.clear()
  }

  /** Another look: everything is painted again. */
  use(look: Look): void {
    this.look = { ...look, boxed: this.look.boxed }
    this.painted.clear()
  }

  /** Where a canvas lies; undefined when it is not on the screen. */
  place(name: CanvasName): Rect | undefined {
    return this.places.get(name)
  }

  /** Paints what changed and returns the whole screen. */
  paint(picture: Picture): Grid {
    for (const name of CANVAS_NAMES) {
      const rect = this.places.get(name)
      if (rect !== undefined) this.paintCanvas(name, rect, picture)
    }
    return this.grid
  }

  private paintCanvas(name: CanvasName, rect: Rect, picture: Picture): void {
    const surface = new Surface(this.grid, rect, canvasId(name), this.dimmed)
    const row = ROWS[name]
    if (row) this.paintRow(name, row, surface, picture)
    const panel = row ? undefined : panelOf(name as PanelId)
    if (panel) this.paintPanel(panel, surface, this.look, picture)
  }

  private paintRow(name: CanvasName, { of, paint }: Row, surface: Surface, picture: Picture): void {
    if (of !== undefined && !this.isNew(name, [of(picture)])) return
    paint(surface, picture, this.look)
  }

  /** Whether a canvas has to be painted from `inputs`: they are not those of the last time. */
  private isNew(name: CanvasName, inputs: readonly object[]): boolean {
    const before = this.painted.get(name)
    // Sights are asked last: they may leave some of what was painted, which must not be done when anything else changed.
    if (before !== undefined && same(before, inputs, isPlain) && same(before, inputs, isSight)) return false
    this.painted.set(name, inputs)
    return true
  }

  private paintPanel(panel: Panel, surface: Surface, look: Look, { frame, state, bindings }: Picture): void {
    const view = { ...panelView(state, panel.id), ...(panel.keyed === true && { bindings }) }
    try {
      const data = panel.select(frame, view)
      if (!this.isNew(panel.id, [data as object, view])) return
      const paint = (view.full ? panel.paintFull : undefined) ?? panel.paint
      paint.call(panel, surface, data, look, view)
    } catch (error) {
      // A painter that throws fails its panel alone: the reason stands in it, the others go on.
      this.painted.delete(panel.id)
      surface.clear()
      const { content } = drawFrame(surface, look, { key: panel.key, title: panel.title, focused: view.focused })
      const reason = safeText(error instanceof Error ? error.message : String(error), 300)
      content.fitted(0, 0, `this panel failed: ${reason}`, style('crit'), content.columns, look.glyphs.ellipsis)
    }
  }
}

type Kind = (before: unknown, after: unknown) => boolean | undefined

/** Whether the members of one kind are the same in all inputs. */
function same(before: readonly object[], after: readonly object[], compare: Kind): boolean {
  const alike = (a: unknown, b: unknown) => compare(a, b) ?? true
  return after.every((input, index) => sameMembers(before[index] as object, input, alike))
}

const isPlain: Kind = (before, after) => (after instanceof Sight ? undefined : Object.is(before, after))
const isSight: Kind = (before, after) =>
  after instanceof Sight ? before instanceof Sight && before.isSameIn(after) : undefined
