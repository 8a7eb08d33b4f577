import type { PanelId } from './panels/panel.ts'
import type { Rect } from './screen/grid.ts'

/** Everything that is painted by itself: panels and the rows around them. */
export type CanvasName = PanelId | 'header' | 'now' | 'next' | 'footer' | 'tiny'

/** The id of a canvas is what its hole carries; 0 is no canvas. */
export const CANVAS_NAMES: readonly CanvasName[] = [
  'header',
  'now',
  'next',
  'footer',
  'tiny',
  'cpu',
  'memory',
  'disks',
  'network',
  'services',
  'log',
  'processes',
  'host',
  'pressure',
]

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

const LEFT_COLUMNS = 72
const LEFT_MOST = 84
const THIRD_COLUMN_FROM = 160
const THIRD_COLUMNS = 56

/**
 * The layout for a size (look: "Rows and columns"): boxes from 100x32, two columns from 80x24, one from 60x20, below that the verdict
 * alone; with `full` one panel fills what the first three rows and the footer leave.
 */
export function layoutOf(columns: number, rows: number, full?: PanelId): Layout {
  const boxed = columns >= 100 && rows >= 32
  if (columns < 60 || rows < 20) return { columns, rows, boxed: false, bands: [band(rows, columns, ['tiny'])] }
  const top = (['header', 'now', 'next'] as const).map((name) => band(1, columns, [name]))
  const footer = band(1, columns, ['footer'])
  if (full) return { columns, rows, boxed, bands: [...top, band(rows - 4, columns, [full]), footer] }
  const middle = boxed
    ? boxedBands(columns, rows)
    : columns >= 80 && rows >= 24
      ? openBands(columns, rows)
      : smallBands(columns, rows)
  return { columns, rows, boxed, bands: [...top, ...middle, footer] }
}

function band(rows: number, columns: number, names: readonly CanvasName[]): Band {
  return { rows, gap: 0, cells: names.map((name) => ({ name, columns })) }
}

/** Hands out spare rows in order, each taker up to its limit; the last one takes what is left. */
function spread(spare: number, takers: readonly { key: string; most: number }[]): Record<string, number> {
  const given: Record<string, number> = {}
  let left = spare
  for (const { key, most } of takers) {
    const take = Math.max(0, Math.min(left, most))
    given[key] = (given[key] ?? 0) + take
    left -= take
  }
  return given
}

function boxedBands(columns: number, rows: number): Band[] {
  // 120x40 is home; below its 40 rows processes give first, then services, then charts.
  const spare = spread(Math.max(0, rows - 40), [
    { key: 'processes', most: 8 },
    { key: 'charts', most: 4 },
    { key: 'services', most: 8 },
    { key: 'processes', most: rows },
  ])
  const missing = spread(Math.max(0, 40 - rows), [
    { key: 'processes', most: 5 },
    { key: 'services', most: 2 },
    { key: 'charts', most: 1 },
  ])
  const size = (key: string, home: number) => home + (spare[key] ?? 0) - (missing[key] ?? 0)
  const charts = size('charts', 9)
  const services = size('services', 8)
  const third = columns >= THIRD_COLUMN_FROM ? THIRD_COLUMNS : 0
  const left = Math.max(
    Math.round(columns * 0.42),
    Math.min(LEFT_MOST, LEFT_COLUMNS + Math.max(0, columns - third - 120)),
  )
  const seam = columns < 120 ? Math.round(columns * 0.6) : left
  const lists = third > 0 ? Math.round(columns * 0.59) : seam
  return [
    pair(charts, seam, columns, 'cpu', 'memory'),
    third > 0
      ? {
          rows: 7,
          gap: 0,
          cells: [
            { name: 'disks', columns: seam },
            { name: 'network', columns: columns - seam - third },
            { name: 'pressure', columns: third },
          ],
        }
      : pair(7, seam, columns, 'disks', 'network'),
    pair(services, lists, columns, 'services', 'log'),
    band(rows - 4 - charts - 7 - services, columns, ['processes']),
  ]
}

function openBands(columns: number, rows: number): Band[] {
  const spare = spread(rows - 24, [
    { key: 'processes', most: 8 },
    { key: 'charts', most: 4 },
    { key: 'disks', most: 2 },
    { key: 'services', most: 6 },
    { key: 'processes', most: rows },
  ])
  const charts = 4 + (spare.charts ?? 0)
  const disks = 4 + (spare.disks ?? 0)
  const services = 5 + (spare.services ?? 0)
  const half = Math.floor((columns - 2) / 2)
  const lists = Math.round((columns - 2) * 0.6)
  return [
    pair(charts, half, columns, 'cpu', 'memory', 2),
    pair(disks, half, columns, 'disks', 'network', 2),
    pair(services, lists, columns, 'services', 'log', 2),
    band(rows - 4 - charts - disks - services, columns, ['processes']),
  ]
}

function smallBands(columns: number, rows: number): Band[] {
  const services = 4 + Math.min(4, Math.max(0, rows - 28))
  return [
    band(6, columns, ['host']),
    band(services, columns, ['services']),
    band(rows - 4 - 6 - services, columns, ['processes']),
  ]
}

function pair(rows: number, left: number, columns: number, first: CanvasName, second: CanvasName, gap = 0): Band {
  return {
    rows,
    gap,
    cells: [
      { name: first, columns: left },
      { name: second, columns: columns - left - gap },
    ],
  }
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
