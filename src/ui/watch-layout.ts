import type { Band, Layout } from './layout.ts'
import { AROUND, band, pageOf, rowsOf, split } from './page-bands.ts'
import type { PanelId } from './panels/panel-id.ts'
import type { WatchView } from './views.ts'

/** The panel that a section fills the page with, below the charts. */
export const SECTION_PANELS: Readonly<Record<Exclude<WatchView['section'], 'panels'>, PanelId>> = {
  environment: 'watch-environment',
  files: 'watch-files',
  threads: 'watch-threads',
}

/**
 * The page of one process at a size (look: watch-120x40). In boxes all nine panels; below 100x32 the ones that say most, and the others
 * in full, by their number. With a section its list takes what the charts leave.
 */
export function watchLayout(columns: number, rows: number, full: PanelId | undefined, { section }: WatchView): Layout {
  const boxed = columns >= 100 && rows >= 32
  const space = rows - AROUND
  const size = boxed ? BOXED : columns >= 80 && rows >= 24 ? OPEN : SMALL
  return pageOf(columns, rows, boxed, () => {
    if (full !== undefined) return [band(space, columns, [full])]
    if (section === 'panels') return size.panels(columns, space)
    const charts = size.charts(space)(columns)
    return [...charts, band(space - rowsOf(charts), columns, [SECTION_PANELS[section]])]
  })
}

interface Size {
  /** The charts of a page with so many rows for panels. */
  charts(space: number): (columns: number) => readonly Band[]
  panels(columns: number, space: number): readonly Band[]
}

/** Rows of the four bands at 120x40, the least they shrink to, and how spare rows are shared. */
const HOME = { charts: 11, use: 8, sockets: 9, files: 8 } as const
const LEAST = { charts: 8, use: 7, sockets: 7, files: 6 } as const

function boxedRows(space: number): Record<keyof typeof HOME, number> {
  const rows: Record<keyof typeof HOME, number> = { ...HOME }
  let spare = space - (HOME.charts + HOME.use + HOME.sockets + HOME.files)
  for (const name of ['charts', 'files', 'sockets', 'use'] as const) {
    const taken = Math.min(0, Math.max(spare, LEAST[name] - HOME[name]))
    rows[name] += taken
    spare -= taken
  }
  if (spare <= 0) return rows
  const charts = Math.min(7, Math.ceil(spare * 0.3))
  const use = Math.min(4, Math.floor(spare * 0.15))
  const sockets = Math.ceil((spare - charts - use) / 2)
  rows.charts += charts
  rows.use += use
  rows.sockets += sockets
  rows.files += spare - charts - use - sockets
  return rows
}

const BOXED: Size = {
  charts: (space) => (columns) => [band(boxedRows(space).charts, columns, ['watch-cpu', 'watch-memory'])],
  panels(columns, space) {
    const rows = boxedRows(space)
    return [
      ...BOXED.charts(space)(columns),
      band(rows.use, columns, ['watch-use', 'watch-io', 'watch-who']),
      split(rows.sockets, columns, ['watch-sockets', 'watch-family']),
      split(rows.files, columns, ['watch-files', 'watch-restarts']),
    ]
  },
}

/** Without boxes from 80x24 up: 5 rows of charts, then spare rows to charts, files and family in turn. */
const OPEN: Size = {
  charts: (space) => (columns) => [band(openCharts(space), columns, ['watch-cpu', 'watch-memory'], 2)],
  panels(columns, space) {
    const charts = openCharts(space)
    const spare = space - charts - 15
    const family = 5 + Math.floor(spare / 2)
    return [
      ...OPEN.charts(space)(columns),
      band(6, columns, ['watch-use', 'watch-io'], 2),
      band(family, columns, ['watch-who', 'watch-family'], 2),
      band(space - charts - 6 - family, columns, ['watch-files']),
    ]
  },
}

function openCharts(space: number): number {
  return 5 + Math.min(5, Math.floor(Math.max(0, space - 20) / 2))
}

const SMALL: Size = {
  charts: () => (columns) => [band(4, columns, ['watch-cpu'])],
  panels: (columns, space) => [
    band(4, columns, ['watch-cpu']),
    band(4, columns, ['watch-memory']),
    band(4, columns, ['watch-use']),
    band(space - 12, columns, ['watch-files']),
  ],
}
