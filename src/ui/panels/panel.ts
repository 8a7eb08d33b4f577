import type { Frame } from '../../model/frame.ts'
import type { SortKey } from '../../model/processes.ts'
import type { Look } from '../paint/look.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'

export type PanelId = 'cpu' | 'memory' | 'disks' | 'network' | 'services' | 'log' | 'processes' | 'host' | 'pressure'

/** What a person does that changes how a panel looks; part of the view state. */
export interface PanelView {
  readonly focused: boolean
  /** The panel fills the space below the first three rows. */
  readonly full: boolean
  /** Milliseconds of history a chart shows left of `now`. */
  readonly spanMs: number
  /** Full view: area or line (asciichart) chart. */
  readonly chart: 'area' | 'line'
  /** Index of the selected row of a list (into the matched rows for processes). */
  readonly selected: number
  /** Index of the first row shown. */
  readonly offset: number
  readonly sort: SortKey
  readonly reverse: boolean
  readonly filter: string
  /** The filter is being typed: a cursor stands behind it. */
  readonly editing: boolean
  readonly paused: boolean
}

/**
 * A panel: what it is called, what it needs of a frame, how it paints. The same object serves its place on the home screen and
 * its full view. `paint` draws everything of its rectangle, frame and heading included, and starts with `surface.clear()`.
 */
export interface Panel<Data = unknown> {
  readonly id: PanelId
  /** The number that focuses it; in the heading. */
  readonly key: string
  readonly title: string
  readonly hue?: Hue
  /** Probes whose silence makes this panel stale; their failure is said in it. */
  readonly sources: readonly string[]
  /** It has rows to move in. */
  readonly list?: boolean
  /** What the painters need; compared shallowly: a selection with the same members is not painted again. */
  select(frame: Frame, view: PanelView): Data
  paint(surface: Surface, data: Data, look: Look, view: PanelView): void
  /** The full view; `paint` where there is none. */
  paintFull?(surface: Surface, data: Data, look: Look, view: PanelView): void
  /** Rows of the list there are now, and how many of them the surface shows. */
  rows?(
    data: Data,
    surface: { readonly columns: number; readonly rows: number },
    look: Look,
    view: PanelView,
  ): { total: number; visible: number }
}
