import type { Band, CanvasName, Layout } from './layout.ts'
import type { PanelId } from './panels/panel-id.ts'

/** Rows around the panels of a page: header, the two rows about what it shows, footer. */
export const AROUND = 4

/** Rows that bands take together. */
export const rowsOf = (bands: readonly Band[]) => bands.reduce((sum, { rows }) => sum + rows, 0)

/** Canvases side by side, each as wide as the others. */
export function band(rows: number, columns: number, names: readonly CanvasName[], gap = 0): Band {
  const room = columns - gap * (names.length - 1)
  const width = (index: number) =>
    Math.floor((room * (index + 1)) / names.length) - Math.floor((room * index) / names.length)
  return { rows, gap, cells: names.map((name, index) => ({ name, columns: width(index) })) }
}

/** Two canvases, of which the left one takes a share of the columns. */
export function split(
  rows: number,
  columns: number,
  [left, right]: readonly [CanvasName, CanvasName],
  { gap = 0, share = 0.6 }: { readonly gap?: number; readonly share?: number } = {},
): Band {
  const first = Math.round((columns - gap) * share)
  return {
    rows,
    gap,
    cells: [
      { name: left, columns: first },
      { name: right, columns: columns - gap - first },
    ],
  }
}

/** A page of its panels' bands between the rows around them; where there is no room for a page, the verdict alone. */
export function pageOf(columns: number, rows: number, boxed: boolean, middle: () => readonly Band[]): Layout {
  if (columns < 60 || rows < 20) return { columns, rows, boxed: false, bands: [band(rows, columns, ['tiny'])] }
  const top = (['header', 'now', 'next'] as const).map((name) => band(1, columns, [name]))
  return { columns, rows, boxed, bands: [...top, ...middle(), band(1, columns, ['footer'])] }
}

/** How the panels of a page are arranged in so many columns and rows, by the room there is. */
export interface PageSizes {
  /** In boxes, from 100x32 up. */
  readonly boxed: (columns: number, space: number) => readonly Band[]
  /** Without boxes, from 80x24 up. */
  readonly open: (columns: number, space: number) => readonly Band[]
  readonly small: (columns: number, space: number) => readonly Band[]
}

/** A page whose panels are arranged by its size, or one of them in full. */
export function sizedPage(columns: number, rows: number, full: PanelId | undefined, sizes: PageSizes): Layout {
  const boxed = columns >= 100 && rows >= 32
  const space = rows - AROUND
  return pageOf(columns, rows, boxed, () => {
    if (full !== undefined) return [band(space, columns, [full])]
    const arranged = boxed ? sizes.boxed : columns >= 80 && rows >= 24 ? sizes.open : sizes.small
    return arranged(columns, space)
  })
}
