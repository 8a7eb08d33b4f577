import { bytes, moment, percent, rate, span } from '../../../lib/units.ts'
import type { AlertRecord, Evidence, Resource, Suspect } from '../../../model/alert.ts'
import { gauge } from '../../paint/gauge.ts'
import type { Look } from '../../paint/look.ts'
import { quantity, type Segment, segment } from '../../paint/segments.ts'
import type { Cell, Column } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Hue } from '../../theme/tokens.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type AlertData, chartedSeries, hueOfSeries, resourceOf, selectAlert } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
const BOLD = style('bright', { bold: true })
const NEW = style('warn', { bold: true })
const NOTHING = 'nothing was found out: it was so when healthtop began to look'
const NOBODY = 'no process stands out'
/** Whose share is smaller is one of many. */
const LEAST_SHARE = 0.1

type Id = 'rank' | 'name' | 'value' | 'share' | 'percent' | 'started' | 'change'

const VALUES: Readonly<Record<Resource, string>> = { cpu: 'CPU %', memory: 'HOLDS', disk: 'PER S', network: 'PER S' }

function columnsFor(resource: Resource): readonly Column<Id>[] {
  return [
    { id: 'rank', label: '', width: 2, priority: 4, align: 'right' },
    { id: 'name', label: 'PROCESS', width: 12, flex: 24, priority: 9 },
    { id: 'value', label: VALUES[resource], width: 8, priority: 8, align: 'right' },
    { id: 'share', label: 'SHARE', width: 8, most: 12, priority: 3, gap: 1 },
    { id: 'percent', label: '', width: 5, priority: 6, align: 'right' },
    { id: 'started', label: 'STARTED', width: 9, priority: 2, align: 'right' },
    { id: 'change', label: '', width: 3, priority: 5, align: 'right' },
  ]
}

/** What was found last: at the peak where there was one, else when it began. */
export function lastEvidence({ evidence }: AlertRecord): Evidence | undefined {
  return evidence.findLast(({ suspects }) => suspects.length > 0) ?? evidence.at(-1)
}

/** Who used most of it, most first. */
export function suspectsOf(record: AlertRecord | undefined): readonly Suspect[] {
  return (record && lastEvidence(record)?.suspects) ?? []
}

function valueSegments(value: number, resource: Resource, packed: number): Segment[] {
  if (resource === 'cpu') return quantity(percent(value), packed)
  return quantity(resource === 'memory' ? bytes(value) : rate(value, true), packed)
}

interface Shown {
  readonly suspects: readonly Suspect[]
  readonly resource: Resource
  readonly hue: Hue
  readonly nowMs: number
}

function cellOf(id: Id, suspect: Suspect, { suspects, resource, hue, nowMs }: Shown, look: Look): Cell {
  const { name, pid, value, share, fresh, startedMs } = suspect
  const isFirst = suspect === suspects[0]
  switch (id) {
    case 'rank':
      return [segment(String(suspects.indexOf(suspect) + 1), DIM)]
    case 'name':
      return [segment(name, isFirst ? BOLD : TEXT), segment(` ${pid}`, DIM)]
    case 'value':
      return valueSegments(value, resource, isFirst ? style(hue, { bold: true }) : TEXT)
    case 'share':
      if (share === undefined) return []
      return (surface, x, y, width) => gauge(surface, x, y, width, share, { tone: hue }, look)
    case 'percent':
      return share === undefined ? [] : quantity(percent(share, 0))
    case 'started':
      return [segment(moment(startedMs, nowMs), DIM)]
    case 'change':
      return fresh ? [segment('new', NEW)] : []
  }
}

/** `at its peak 14:20`, `when it began`; and that nobody stands out, where the first of them has a small share. */
function headlines({ moment: when, atMs, suspects }: Evidence, nowMs: number): Segment[][] {
  const words = when === 'peak' ? 'at its peak' : 'when it began'
  const told = segment(`${words} ${moment(atMs, nowMs)}`, DIM)
  if ((suspects[0]?.share ?? 1) >= LEAST_SHARE) return [[told]]
  const nobody = segment('nobody stands out', TEXT)
  return [[nobody, segment('  ', DIM), told], [nobody]]
}

/** What is known of the selected one besides: whose it is, and since when it ran by then. */
function drawDetail(surface: Surface, y: number, suspect: Suspect, evidence: Evidence): void {
  const { user, unit, startedMs, name } = suspect
  const ran = span((evidence.atMs - startedMs) / 1000)
  const parts = [
    name,
    ...(user === undefined ? [] : [`of ${user}`]),
    ...(unit === undefined ? [] : [`in ${unit}`]),
    `ran for ${ran} by then`,
  ]
  surface.text(0, y, parts.join(', '), DIM)
}

function paintSuspects(surface: Surface, { record, sight }: AlertData, look: Look, view: PanelView): void {
  const evidence = record && lastEvidence(record)
  const suspects = suspectsOf(record)
  const series = record && chartedSeries(record)
  // Which day it is decides how a time is written.
  sight.see((_, wallMs) => new Date(wallMs).getDate())
  const shown: Shown = {
    suspects,
    resource: record === undefined ? 'cpu' : resourceOf(record),
    hue: series === undefined ? 'cpu' : hueOfSeries(series),
    nowMs: sight.wallMs,
  }
  const selected = suspects[Math.min(view.selected, suspects.length - 1)]
  const sentence = record === undefined ? '' : evidence === undefined ? NOTHING : NOBODY
  paintList(
    surface,
    {
      key: alertSuspects.key,
      title: alertSuspects.title,
      headlines: evidence === undefined || suspects.length === 0 ? [] : headlines(evidence, sight.wallMs),
      columns: columnsFor(shown.resource),
      rows: suspects,
      cell: (id, suspect) => cellOf(id, suspect, shown, look),
      sentence: suspects.length === 0 ? sentence : undefined,
      last: selected && evidence && look.boxed ? (content, y) => drawDetail(content, y, selected, evidence) : undefined,
    },
    look,
    view,
  )
}

/** The processes that may be behind an alert, as they were then: how much of the resource each used, and who had just started. */
export const alertSuspects: Panel<AlertData> = {
  id: 'alert-suspects',
  key: '3',
  title: 'Who did it',
  sources: [],
  list: true,
  select: selectAlert,
  paint: paintSuspects,
  listTop: (look) => (look.boxed ? 2 : 1),
  rows: ({ record }, surface, look) => {
    const suspects = suspectsOf(record)
    return listRows(suspects.length, surface, look, { last: suspects.length > 0 && look.boxed })
  },
}
