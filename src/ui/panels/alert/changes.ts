import { clockTime, moment } from '../../../lib/units.ts'
import type { AlertRecord, Change } from '../../../model/alert.ts'
import { drawFitted } from '../../paint/fitted.ts'
import type { Look } from '../../paint/look.ts'
import { type Segment, segment, segmentsWidth } from '../../paint/segments.ts'
import type { Cell, Column } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type AlertData, selectAlert } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
const BOLD = style('bright', { bold: true })

type Id = 'when' | 'what'

const COLUMNS: readonly Column<Id>[] = [
  { id: 'when', label: '', width: 9, priority: 1, gap: 1 },
  { id: 'what', label: '', width: 16, flex: 30, priority: 3 },
]

/** From this weight on a change likely has to do with it; below the other one hardly. */
const LIKELY = 0.6
const POSSIBLE = 0.2

/** What was found when it went pending, and what only its peak showed, likeliest first. */
function changesOf(record: AlertRecord | undefined): readonly Change[] {
  const [first, ...others] = record?.evidence ?? []
  const known = new Set((first?.changes ?? []).map(({ wallMs, subject }) => `${wallMs} ${subject}`))
  const later = others.flatMap(({ changes }) =>
    changes.filter(({ wallMs, subject }) => !known.has(`${wallMs} ${subject}`)),
  )
  return [...(first?.changes ?? []), ...later].toSorted((a, b) => b.weight - a.weight)
}

/** `1 likely  2 possible`: so many of the first ones. */
function headline(changes: readonly Change[]): Segment[] {
  const likely = changes.filter(({ weight }) => weight >= LIKELY).length
  const possible = changes.filter(({ weight }) => weight >= POSSIBLE).length - likely
  return [
    ...(likely === 0 ? [] : [segment(String(likely), TEXT), segment(' likely', DIM)]),
    ...(possible === 0
      ? []
      : [segment(likely === 0 ? '' : '  ', DIM), segment(String(possible), TEXT), segment(' possible', DIM)]),
  ]
}

/** What changed, brighter the likelier it did it, then the words after the first comma as far as they fit whole: which process, why. */
function whatSegments({ subject, text, weight }: Change, room: number): readonly Segment[] {
  const [what = '', ...more] = text.split(', ')
  const head = [
    segment(subject, weight >= LIKELY ? BOLD : weight >= POSSIBLE ? TEXT : DIM),
    segment(` ${what}`, weight >= POSSIBLE ? TEXT : DIM),
  ]
  for (let count = more.length; count > 0; count--) {
    const line = [...head, segment(`  ${more.slice(0, count).join(', ')}`, DIM)]
    if (segmentsWidth(line) <= room) return line
  }
  return head
}

function cellOf(id: Id, change: Change, nowMs: number, look: Look): Cell {
  if (id === 'what') {
    return (surface, x, y, width) => {
      drawFitted(surface, x, y, whatSegments(change, width), width, look)
    }
  }
  const day = moment(change.wallMs, nowMs)
  return [segment(day.length === 5 ? clockTime(change.wallMs) : day, DIM)]
}

function paintChanges(surface: Surface, { record, sight }: AlertData, look: Look, view: PanelView): void {
  const changes = changesOf(record)
  sight.see((_, wallMs) => new Date(wallMs).getDate())
  paintList(
    surface,
    {
      key: alertChanges.key,
      title: alertChanges.title,
      headlines: [headline(changes)],
      columns: COLUMNS,
      bare: true,
      rows: changes,
      cell: (id, change) => cellOf(id, change, sight.wallMs, look),
      sentence:
        record === undefined ? '' : changes.length === 0 ? 'nothing is known to have changed before' : undefined,
    },
    look,
    view,
  )
}

/** What changed in the minute before an alert, likeliest cause first. */
export const alertChanges: Panel<AlertData> = {
  id: 'alert-changes',
  key: '4',
  title: 'What changed',
  sources: [],
  list: true,
  select: selectAlert,
  paint: paintChanges,
  rows: ({ record }, surface, look) => listRows(changesOf(record).length, surface, look, { bare: true }),
}
