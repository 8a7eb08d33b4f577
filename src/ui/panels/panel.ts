import type { Frame } from '../../model/frame.ts'
import type { SortKey } from '../../model/processes.ts'
import type { Look } from '../paint/look.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
import type { AlertView, CheckView, LogView, ProcessesView, ServicesView, WatchView } from '../views.ts'
import type { PanelId } from './panel-id.ts'

/** A command and the keys that it has, as panels tell of it. */
export interface BoundKey {
  readonly command: string
  readonly keys: readonly string[]
  readonly context: string
}

/** What a person does that changes how a panel looks; part of the view state. */
export interface PanelView {
  readonly focused: boolean
  /** The panel fills the space below the first three rows. */
  readonly full: boolean
  /** Milliseconds of history a chart shows left of `now`. */
  readonly spanMs: number
  /** What `spanMs` was before they zoomed in this panel; left out while they have not. */
  readonly zoomedFromMs?: number | undefined
  /** Full view: area or line (asciichart) chart. */
  readonly chart: 'area' | 'line'
  /** Index of the selected row of a list (into the matched rows for processes). */
  readonly selected: number
  /** Index of the first row shown. */
  readonly offset: number
  readonly processes: ProcessesView
  readonly services: ServicesView
  readonly log: LogView
  /** On the page of one process. */
  readonly watch: WatchView | undefined
  /** On the page of one check. */
  readonly check: CheckView | undefined
  /** On the page of one alert. */
  readonly alert: AlertView | undefined
  readonly paused: boolean
  /** Keys as they are bound and can be used; told to panels that are `keyed`. */
  readonly bindings?: readonly BoundKey[] | undefined
}

/**
 * A panel: what it is called, what it needs of a frame, how it paints. The same object serves its place on the home screen and
 * its full view. `paint` draws everything of its rectangle, frame and heading included, and starts with `surface.clear()`; one
 * that is made of pieces (`Sight.piece`) clears only when the sight is the first.
 */
export interface Panel<Data = unknown> {
  readonly id: PanelId
  /** The number that focuses it; in the heading. */
  readonly key: string
  readonly title: string
  readonly hue?: Hue
  /** Probes whose silence makes this panel stale; their failure is said in it. */
  readonly sources: readonly string[]
  /** Its full view has a chart that can be drawn as an area or as a line. */
  readonly charted?: boolean
  /** It tells of keys. */
  readonly keyed?: boolean
  /** It has rows to move in. */
  readonly list?: boolean
  /**
   * What the painters need; compared shallowly: a selection with the same members is not painted again. Series are read through a
   * `Sight`, which is the same while all that the painter saw in it is.
   */
  select(frame: Frame, view: PanelView): Data
  paint(surface: Surface, data: Data, look: Look, view: PanelView): void
  /** The full view; `paint` where there is none. */
  paintFull?(surface: Surface, data: Data, look: Look, view: PanelView): void
  /** Rows of the panel above the first row of its list; 1 (its frame) unless given. `columns` are the whole panel's. */
  listTop?(look: Look, view: PanelView, columns: number, frame: Frame): number
  /** What a click on the heading row of the list sorts by; `x` counts from the panel's left edge. */
  sortAt?(x: number, columns: number, look: Look, view: PanelView): SortKey | undefined
  /** Rows of the list there are now, and how many of them the surface shows. */
  rows?(
    data: Data,
    surface: { readonly columns: number; readonly rows: number },
    look: Look,
    view: PanelView,
  ): { total: number; visible: number }
}
