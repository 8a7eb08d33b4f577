import { clockTime, count, moment } from '../../../lib/units.ts'
import { isDenied, type Part, type ProcessDetail, type ProcessLimit } from '../../../model/watch.ts'
import type { Look } from '../../paint/look.ts'
import { segment } from '../../paint/segments.ts'
import type { Cell, Column } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { absence, detailOf, partSentence, read, selectWatch, type WatchData } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
/** Columns the limits get in the full view. */
const LIMITS_FROM = 100

type FactColumn = 'name' | 'value'
const FACTS: readonly Column<FactColumn>[] = [
  { id: 'name', label: '', width: 9, priority: 1, gap: 1 },
  { id: 'value', label: '', width: 8, priority: 2, flex: 8 },
]

interface Fact {
  readonly name: string
  readonly value: string
  /** It says why it is not known. */
  readonly dim?: boolean
}

function part(name: string, value: Part<string> | undefined): Fact[] {
  if (value === undefined) return []
  return isDenied(value) ? [{ name, value: `not readable: ${value.denied}`, dim: true }] : [{ name, value }]
}

function plain(name: string, value: string | undefined): Fact[] {
  return value === undefined || value === '' ? [] : [{ name, value }]
}

function startedText({ row, parent }: ProcessDetail, wallMs: number): string {
  const day = moment(row.startedMs, wallMs)
  const at = day.length === 5 ? clockTime(row.startedMs) : day
  return parent === undefined ? at : `${at} by ${parent.name}`
}

function namespacesFact({ namespaces }: ProcessDetail): Fact[] {
  if (isDenied(namespaces)) return part('spaces', namespaces)
  const own = (read(namespaces) ?? []).filter((space) => space.own).map(({ kind }) => kind)
  return plain('spaces', own.length === 0 ? undefined : `its own ${own.join(' ')}`)
}

/** Who a process is, most telling first: what is not known, or not there, has no line. */
export function facts(detail: ProcessDetail, wallMs: number): readonly Fact[] {
  const { row, user, uid, group } = { ...detail, uid: detail.row.uid }
  const owner = user === undefined ? undefined : `${user}${uid === undefined ? '' : ` (${uid})`}`
  return [
    ...plain('user', owner === undefined ? undefined : `${owner}${group === undefined ? '' : `  group ${group}`}`),
    ...plain('started', startedText(detail, wallMs)),
    ...plain('unit', detail.unit ?? row.unit),
    ...plain('container', detail.container ?? row.container),
    ...plain('cgroup', detail.cgroup?.path),
    ...part('folder', detail.folder),
    ...part('program', detail.program),
    ...plain('root', detail.rootFolder),
    ...plain('terminal', detail.terminal),
    ...plain('command', detail.arguments.join(' ')),
    ...plain('may', detail.capabilities?.length === 0 ? 'nothing special' : detail.capabilities?.join(' ')),
    ...plain('seccomp', detail.seccomp),
    ...plain('gains', detail.noNewPrivileges ? 'no new privileges' : undefined),
    ...plain('cores', detail.affinity),
    ...plain('scheduler', detail.scheduler),
    ...plain('io class', detail.ioClass),
    ...namespacesFact(detail),
  ]
}

function rowsOf(data: WatchData): readonly Fact[] {
  const detail = detailOf(data)
  return detail === undefined ? [] : facts(detail, data.wallMs)
}

function factCell(id: FactColumn, { name, value, dim }: Fact): Cell {
  return id === 'name' ? [segment(name, DIM)] : [segment(value, dim ? DIM : TEXT)]
}

function paintFacts(surface: Surface, data: WatchData, look: Look, view: PanelView): void {
  const sentence = absence(data, look.glyphs) ?? (detailOf(data) === undefined ? look.glyphs.loading : undefined)
  paintList(
    surface,
    {
      key: watchWho.key,
      title: watchWho.title,
      columns: FACTS,
      bare: true,
      rows: rowsOf(data),
      cell: factCell,
      sentence,
    },
    look,
    view,
  )
}

type LimitColumn = 'name' | 'soft' | 'hard' | 'unit'
const LIMITS: readonly Column<LimitColumn>[] = [
  { id: 'name', label: 'LIMIT', width: 20, priority: 4 },
  { id: 'soft', label: 'NOW', width: 9, priority: 3, align: 'right' },
  { id: 'hard', label: 'AT MOST', width: 9, priority: 2, align: 'right' },
  { id: 'unit', label: '', width: 9, priority: 1 },
]

function limitCell(id: LimitColumn, { name, soft, hard, unit }: ProcessLimit): Cell {
  if (id === 'name') return [segment(name, TEXT)]
  if (id === 'unit') return [segment(unit ?? '', DIM)]
  const value = id === 'soft' ? soft : hard
  return value === undefined ? [segment('unlimited', DIM)] : [segment(count(value), id === 'soft' ? TEXT : DIM)]
}

function paintFull(surface: Surface, data: WatchData, look: Look, view: PanelView): void {
  surface.clear()
  if (surface.columns < LIMITS_FROM) {
    paintFacts(surface, data, look, view)
    return
  }
  const left = Math.ceil(surface.columns / 2)
  paintFacts(surface.area(0, 0, left, surface.rows), data, look, view)
  const limits = detailOf(data)?.limits
  paintList(
    surface.area(left, 0, surface.columns - left, surface.rows),
    {
      key: '',
      title: 'Limits',
      columns: LIMITS,
      rows: read(limits) ?? [],
      cell: limitCell,
      sentence: absence(data, look.glyphs) ?? partSentence(limits, look.glyphs),
    },
    look,
    { focused: false, selected: 0, offset: 0 },
  )
}

/** Whose it is, who started it, where it lives and what it may do. */
export const watchWho: Panel<WatchData> = {
  id: 'watch-who',
  key: '5',
  title: 'Who it is',
  sources: [],
  list: true,
  select: selectWatch,
  paint: paintFacts,
  paintFull,
  rows: (data, surface, look) => listRows(rowsOf(data).length, surface, look, { bare: true }),
}
