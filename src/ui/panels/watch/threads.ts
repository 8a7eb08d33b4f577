import { count, cpuTime } from '../../../lib/units.ts'
import type { ThreadDetail } from '../../../model/watch.ts'
import type { Look } from '../../paint/look.ts'
import { segment } from '../../paint/segments.ts'
import { type Cell, type Column, zeroCell } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { absence, detailOf, selectWatch, type WatchData } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
const RUNS = style('cpu')
const BUSY = style('cpu', { bold: true })
/** From half a core on a thread stands out. */
const HIGH = 0.5

type Id = 'tid' | 'name' | 'state' | 'cpu' | 'time' | 'core'
const COLUMNS: readonly Column<Id>[] = [
  { id: 'tid', label: 'THREAD', width: 7, priority: 5, align: 'right' },
  { id: 'name', label: 'NAME', width: 12, most: 24, priority: 6 },
  { id: 'state', label: 'S', width: 1, priority: 3 },
  { id: 'cpu', label: 'CPU %', width: 5, priority: 4, align: 'right' },
  { id: 'time', label: 'TIME', width: 9, priority: 2, align: 'right' },
  { id: 'core', label: 'CORE', width: 4, priority: 1, align: 'right' },
]

function cellOf(id: Id, thread: ThreadDetail, look: Look): Cell {
  switch (id) {
    case 'tid':
      return [segment(String(thread.tid), DIM)]
    case 'name':
      return [segment(thread.name, TEXT)]
    case 'state':
      return [segment(thread.state.slice(0, 1), thread.state.startsWith('R') ? RUNS : DIM)]
    case 'cpu': {
      const { cpuRatio } = thread
      if (cpuRatio === undefined) return []
      return cpuRatio < 0.0005 ? zeroCell(look) : [segment((cpuRatio * 100).toFixed(1), cpuRatio >= HIGH ? BUSY : TEXT)]
    }
    case 'time':
      return thread.cpuSeconds < 1 ? zeroCell(look) : [segment(cpuTime(thread.cpuSeconds), TEXT)]
    case 'core':
      return thread.core === undefined ? [] : [segment(String(thread.core), DIM)]
  }
}

/** Busiest first; those that are alike as the kernel lists them. */
function rowsOf(data: WatchData): readonly ThreadDetail[] {
  return (detailOf(data)?.threads ?? []).toSorted((a, b) => (b.cpuRatio ?? 0) - (a.cpuRatio ?? 0) || a.tid - b.tid)
}

export function paintThreads(surface: Surface, data: WatchData, look: Look, view: PanelView): void {
  const threads = detailOf(data)?.threads
  paintList(
    surface,
    {
      key: watchThreads.key,
      title: watchThreads.title,
      headlines: threads === undefined ? [] : [[segment(count(threads.length), TEXT), segment('  busiest first', DIM)]],
      columns: COLUMNS,
      rows: rowsOf(data),
      cell: (id, thread) => cellOf(id, thread, look),
      sentence: absence(data, look.glyphs) ?? (threads === undefined ? look.glyphs.loading : undefined),
    },
    look,
    view,
  )
}

/** Its threads: which of them is busy, and on which core each ran last. */
export const watchThreads: Panel<WatchData> = {
  id: 'watch-threads',
  key: '',
  title: 'Threads',
  sources: [],
  list: true,
  select: selectWatch,
  paint: paintThreads,
  rows: (data, surface, look) => listRows(rowsOf(data).length, surface, look),
}
