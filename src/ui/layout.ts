import { arranged, panelsIn, reordered } from './layout/arrange.ts'
import { charts } from './layout/charts.ts'
import { home, small } from './layout/home.ts'
import type { Plan, Room, Row } from './layout/plan.ts'
import { processes } from './layout/processes.ts'
import { services } from './layout/services.ts'
import { HOME_LAYOUT, type LayoutChoice, type Preset } from './layout-choice.ts'
import { PANEL_IDS, type PanelId } from './panels/panel-id.ts'
import type { Rect } from './screen/grid.ts'

/** Everything that is painted by itself: panels and the rows around them. */
export type CanvasName = PanelId | 'header' | 'now' | 'next' | 'footer' | 'tiny'

/** The id of a canvas is what its hole carries; 0 is no canvas. */
export const CANVAS_NAMES: readonly CanvasName[] = ['header', 'now', 'next', 'footer', 'tiny', ...PANEL_IDS]

export function canvasId(name: CanvasName): number {
  return CANVAS_NAMES.indexOf(name) + 1
}

/** A row of canvases: their columns, with empty columns (`gap`) between them. */
export interface Band {
  readonly rows: number
  readonly cells: readonly { readonly name: CanvasName; readonly columns: number }[]
  readonly gap: number
}

/** What stands where at one size. */
export interface Layout {
  readonly columns: number
  readonly rows: number
  readonly boxed: boolean
  readonly bands: readonly Band[]
}

const PLANS: Readonly<Record<Preset, Plan>> = { home, processes, services, charts }

/** What the header's three rows and the footer take. */
const AROUND = 4

/**
 * The layout for a size (look: "Rows and columns"): boxes from 100x32, two columns from 80x24, one from 60x20, below that the verdict
 * alone; with `full` one panel fills what the first three rows and the footer leave. `choice` is what a person made of it.
 */
export function layoutOf(columns: number, rows: number, full?: PanelId, choice: LayoutChoice = HOME_LAYOUT): Layout {
  if (isTiny(columns, rows)) return { columns, rows, boxed: false, bands: [band(rows, columns, 'tiny')] }
  const room = roomOf(columns, rows)
  const middle: readonly Band[] =
    full === undefined ? arranged(planned(room, choice), choice, room) : [band(room.rows, columns, full)]
  return {
    columns,
    rows,
    boxed: room.boxed,
    bands: [
      ...(['header', 'now', 'next'] as const).map((name) => band(1, columns, name)),
      ...middle,
      band(1, columns, 'footer'),
    ],
  }
}

/** Panels the home screen has at a size, hidden ones too, in the order in which they stand there. */
export function choosablePanels(columns: number, rows: number, choice: LayoutChoice): PanelId[] {
  return isTiny(columns, rows) ? [] : panelsIn(reordered(planned(roomOf(columns, rows), choice), choice.order))
}

function isTiny(columns: number, rows: number): boolean {
  return columns < 60 || rows < 20
}

function roomOf(columns: number, rows: number): Room {
  return { columns, rows: rows - AROUND, boxed: columns >= 100 && rows >= 32 }
}

/** A preset's own rows. There is nothing to choose from in one column. */
function planned(room: Room, { preset }: LayoutChoice): readonly Row[] {
  return room.columns >= 80 && room.rows >= 20 ? PLANS[preset](room) : small(room)
}

function band(rows: number, columns: number, name: CanvasName): Band {
  return { rows, gap: 0, cells: [{ name, columns }] }
}

/** Where each canvas of a layout lies. The same rectangles that Ink gives the same bands. */
export function placesOf(layout: Layout): Map<CanvasName, Rect> {
  const places = new Map<CanvasName, Rect>()
  let y = 0
  for (const { rows, cells, gap } of layout.bands) {
    let x = 0
    for (const { name, columns } of cells) {
      places.set(name, { x, y, columns, rows })
      x += columns + gap
    }
    y += rows
  }
  return places
}

/** Panels of a layout in reading order: what Tab goes through. */
export function panelsOf(layout: Layout): PanelId[] {
  const around: readonly CanvasName[] = ['header', 'now', 'next', 'footer', 'tiny']
  return layout.bands
    .flatMap(({ cells }) => cells.map((cell) => cell.name))
    .filter((name): name is PanelId => !around.includes(name))
}
