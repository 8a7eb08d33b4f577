import { bytes } from '../../../lib/units.ts'
import type { ProcessRow } from '../../../model/processes.ts'
import type { Look } from '../../paint/look.ts'
import { drawRight, quantity, type Segment, segment } from '../../paint/segments.ts'
import { type Cell, type Column, zeroCell } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel } from '../panel.ts'
import { commandSegments } from '../process-cells.ts'
import { treeSegments } from '../process-tree.ts'
import { absence, instancesOf, selectWatch, type WatchData } from './data.ts'
import { type FamilyRow, familyRows, itselfAndBelow } from './family-rows.ts'

const DIM = style('dim')
const TEXT = style('text')
const NAME = style('bright', { bold: true })
const ACCENT = style('accent')
const CPU_HIGH = style('cpu', { bold: true })
const HIGH = 0.5

type Id = 'who' | 'cpu' | 'memory'
const COLUMNS: readonly Column<Id>[] = [
  { id: 'who', label: '', width: 12, flex: 20, priority: 3 },
  { id: 'cpu', label: 'cpu %', width: 6, priority: 2, align: 'right', gap: 1 },
  { id: 'memory', label: 'mem', width: 8, priority: 1, align: 'right' },
]

function cpuCell(ratio: number | undefined, look: Look): Segment[] {
  if (ratio === undefined) return []
  const value = ratio * 100
  if (value < 0.05) return [...zeroCell(look)]
  return [segment(value.toFixed(value < 999.95 ? 1 : 0), ratio >= HIGH ? CPU_HIGH : TEXT)]
}

function memoryCell(value: number, look: Look): Segment[] {
  return value === 0 ? [...zeroCell(look)] : quantity(bytes(value))
}

/** Its name stands out for the watched one alone. */
function nameSegments(row: ProcessRow, self: boolean): readonly Segment[] {
  const [name, ...rest] = commandSegments(row)
  if (name === undefined) return []
  return [segment(name.text, self ? NAME : name.style === NAME ? TEXT : name.style), ...rest]
}

function whoCell(entry: FamilyRow, look: Look): Cell {
  if (entry.kind === 'words') return [segment(entry.text, DIM)]
  const { row } = entry
  if (entry.kind === 'instance')
    return [
      segment(entry.shown ? `${look.glyphs.event} ` : '  ', ACCENT),
      segment(`${row.pid} `, DIM),
      ...nameSegments(row, entry.shown),
    ]
  return [...treeSegments(row, look), segment(`${row.pid} `, DIM), ...nameSegments(row, entry.self)]
}

function cellOf(id: Id, entry: FamilyRow, look: Look): Cell {
  if (id === 'who') return whoCell(entry, look)
  if (entry.kind === 'words') return []
  return id === 'cpu' ? cpuCell(entry.row.cpuRatio, look) : memoryCell(entry.row.memoryBytes, look)
}

/** All instances, or it and everything below it: never its ancestors. */
function counted({ watched }: WatchData): readonly ProcessRow[] {
  if (watched?.state !== 'running') return []
  if (watched.instances.length > 1) return watched.instances
  return watched.detail === undefined ? [] : itselfAndBelow(watched.detail.family, watched.detail.id)
}

function drawSum(surface: Surface, y: number, rows: readonly ProcessRow[], look: Look): void {
  surface.text(0, y, 'all together', DIM)
  const known = rows.flatMap(({ cpuRatio }) => (cpuRatio === undefined ? [] : [cpuRatio]))
  const cpu = known.length === 0 ? undefined : known.reduce((sum, ratio) => sum + ratio, 0)
  const memory = rows.reduce((sum, { memoryBytes, proportionalBytes }) => sum + (proportionalBytes ?? memoryBytes), 0)
  drawRight(surface, surface.columns, y, memoryCell(memory, look))
  drawRight(surface, surface.columns - 9, y, cpuCell(cpu, look))
}

/** Who started it and what it started, with their cpu and memory; of several instances each, to choose whose detail is shown. */
export const watchFamily: Panel<WatchData> = {
  id: 'watch-family',
  key: '7',
  title: 'Family',
  sources: [],
  list: true,
  select: selectWatch,
  paint(surface, data, look, view) {
    const rows = familyRows(data.watched, view.full)
    const sum = counted(data)
    const instances = instancesOf(data)
    paintList(
      surface,
      {
        key: watchFamily.key,
        title: instances > 1 ? 'Instances' : watchFamily.title,
        ...(instances > 1 && { note: [segment(String(instances), TEXT)] }),
        headlines: look.boxed ? [[segment('cpu %      mem', DIM)]] : [],
        columns: COLUMNS,
        bare: look.boxed,
        rows,
        cell: (id, entry) => cellOf(id, entry, look),
        sentence: absence(data, look.glyphs) ?? (rows.length === 0 ? look.glyphs.loading : undefined),
        last: sum.length > 1 ? (content, y) => drawSum(content, y, sum, look) : undefined,
      },
      look,
      view,
    )
  },
  rows: (data, surface, look, view) =>
    listRows(familyRows(data.watched, view.full).length, surface, look, {
      bare: look.boxed,
      last: counted(data).length > 1,
    }),
}
