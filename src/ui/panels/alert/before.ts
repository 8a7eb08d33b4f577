import { worstText } from '../../../alerts/wording.ts'
import { dayOfMonth, moment, span } from '../../../lib/units.ts'
import type { AlertRecord } from '../../../model/alert.ts'
import { endText, firedSeconds } from '../../../model/alert-words.ts'
import type { Frame } from '../../../model/frame.ts'
import type { Look } from '../../paint/look.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import type { Cell, Column } from '../../paint/table.ts'
import { levelToken } from '../../paint/verdict.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type AlertData, sameAlerts, selectAlert } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
const BOLD = style('bright', { bold: true })
const FIRST_TIME = 'it is the first time that is known of'

type Id = 'when' | 'fired' | 'long' | 'end'

const COLUMNS: readonly Column<Id>[] = [
  { id: 'when', label: 'WHEN', width: 10, priority: 4 },
  { id: 'fired', label: 'FIRED', width: 5, priority: 2, align: 'right' },
  { id: 'long', label: 'LASTED', width: 9, priority: 3, align: 'right' },
  { id: 'end', label: 'HOW IT ENDED', width: 14, flex: 20, priority: 5 },
]

interface BeforeData extends AlertData {
  /** Of the same rule and series, newest first, the one the page is about among them. */
  readonly all: readonly AlertRecord[]
}

const firedMs = ({ alert }: AlertRecord) => alert.firedMs ?? alert.sinceMs

/** `today`, `Mon 17 Nov`. */
function dayText(wallMs: number, nowMs: number): string {
  if (new Date(wallMs).toDateString() === new Date(nowMs).toDateString()) return 'today'
  const [day = ''] = moment(wallMs, wallMs + 86_400_000 * 2).split(' ')
  return `${day} ${dayOfMonth(wallMs)}`
}

/** Why it ended; of one that is well again how bad it was, where that is known. */
function endSegments({ state, alert, resolution }: AlertRecord): Segment[] {
  if (state !== 'resolved') return [segment('firing', style(levelToken(alert.severity)))]
  const cleared = resolution === undefined || resolution === 'cleared'
  return [segment((cleared && worstText(alert)) || endText(resolution), resolution === 'reached' ? TEXT : DIM)]
}

function cellOf(id: Id, record: AlertRecord, shown: AlertRecord | undefined, nowMs: number): Cell {
  const own = record.alert.id === shown?.alert.id
  const fired = firedMs(record)
  switch (id) {
    case 'when':
      return [segment(dayText(fired, nowMs), own ? BOLD : TEXT)]
    case 'fired':
      return [segment(moment(fired, fired), TEXT)]
    case 'long':
      return [segment(span(firedSeconds(record, nowMs)), TEXT)]
    case 'end':
      return endSegments(record)
  }
}

/** `4 times in 14 d`. */
function headline(all: readonly AlertRecord[], nowMs: number): Segment[] {
  const oldest = all.at(-1)
  if (oldest === undefined || all.length < 2) return []
  return [segment(String(all.length), TEXT), segment(` times in ${span((nowMs - firedMs(oldest)) / 1000)}`, DIM)]
}

function paintBefore(surface: Surface, { record, all, sight }: BeforeData, look: Look, view: PanelView): void {
  // The one that fires on grows, and what was today becomes yesterday.
  sight.see((_, wallMs) => [new Date(wallMs).getDate(), ...all.map((one) => span(firedSeconds(one, wallMs)))])
  paintList(
    surface,
    {
      key: alertBefore.key,
      title: alertBefore.title,
      headlines: [headline(all, sight.wallMs)],
      columns: COLUMNS,
      rows: all,
      cell: (id, one) => cellOf(id, one, record, sight.wallMs),
      sentence: record === undefined ? '' : undefined,
      last: all.length === 1 && look.boxed ? (content, y) => content.text(0, y, FIRST_TIME, DIM) : undefined,
    },
    look,
    view,
  )
}

/** When the same alert fired before, how long, and how it ended. */
export const alertBefore: Panel<BeforeData> = {
  id: 'alert-before',
  key: '5',
  title: 'Before',
  sources: [],
  list: true,
  select(frame: Frame, view: PanelView) {
    const data = selectAlert(frame, view)
    return { ...data, all: data.record === undefined ? NONE : sameAlerts(frame.records, data.record) }
  },
  paint: paintBefore,
  listTop: (look) => (look.boxed ? 2 : 1),
  rows: ({ all }, surface, look) => listRows(all.length, surface, look, { last: all.length === 1 && look.boxed }),
}

const NONE: readonly AlertRecord[] = []
