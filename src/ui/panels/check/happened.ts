import { textWidth } from '../../../lib/text.ts'
import { moment, span } from '../../../lib/units.ts'
import { wrapped } from '../../../lib/wrapped.ts'
import type { CheckChange } from '../../../model/check.ts'
import { detailText } from '../../../model/check-words.ts'
import type { Look } from '../../paint/look.ts'
import { segment } from '../../paint/segments.ts'
import { type Cell, type Column, layoutColumns } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type CheckData, checkAbsence, selectCheck } from './data.ts'
import { contentColumns } from './lines.ts'
import { spokenWord, stateSymbol, stateToken } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const BOLD = style('bright', { bold: true })

const MOST_WORD = 12

type Id = 'when' | 'mark' | 'word' | 'long' | 'why'
/** Words are as wide as the longest of them. */
function columnsFor(changes: readonly CheckChange[]): readonly Column<Id>[] {
  const word = Math.max(4, ...changes.map((change) => textWidth(spokenWord(change))))
  return [
    { id: 'when', label: '', width: 9, priority: 4, align: 'right' },
    { id: 'mark', label: '', width: 1, priority: 3 },
    { id: 'word', label: '', width: Math.min(MOST_WORD, word), priority: 5, gap: 1 },
    { id: 'long', label: '', width: 9, priority: 2, align: 'right' },
    { id: 'why', label: '', width: 10, flex: 12, priority: 1 },
  ]
}

/** A stretch in which it was in one state, or in full a further row of its reason. */
interface Stretch {
  readonly change: CheckChange
  /** How long it lasted, or lasts. */
  readonly seconds: number
  readonly why: string
  /** It is the one it is in. */
  readonly current: boolean
  readonly further?: boolean
}

function stretchesOf(
  changes: readonly CheckChange[],
  wallMs: number,
  surface: { readonly columns: number },
  look: Look,
  full: boolean,
): readonly Stretch[] {
  const room =
    layoutColumns(columnsFor(changes), contentColumns(surface, look)).find(({ column }) => column.id === 'why')
      ?.width ?? 0
  return changes.flatMap((change, index) => {
    const endMs = changes[index - 1]?.wallMs ?? wallMs
    const stretch: Stretch = {
      change,
      seconds: (endMs - change.wallMs) / 1000,
      // In its place the short form of it.
      why: full ? (change.error ?? '') : detailText(change),
      current: index === 0,
    }
    if (!full || room === 0) return [stretch]
    return wrapped(stretch.why, room).map((why, line) => ({ ...stretch, why, ...(line > 0 && { further: true }) }))
  })
}

function cellOf(id: Id, { change, seconds, why, current, further }: Stretch, wallMs: number, look: Look): Cell {
  if (id === 'why') return [segment(why, DIM)]
  if (further) return []
  const tone = stateToken(change.state)
  const trouble = change.state === 'down' || change.state === 'degraded'
  switch (id) {
    case 'when':
      return [segment(moment(change.wallMs, wallMs), DIM)]
    case 'mark':
      return [segment(stateSymbol(change.state, look.glyphs), style(tone))]
    case 'word':
      return [segment(spokenWord(change), current ? BOLD : TEXT)]
    case 'long':
      return [segment(span(seconds), current && trouble ? style(tone) : TEXT)]
  }
}

function paintHappened(surface: Surface, data: CheckData, look: Look, view: PanelView): void {
  const changes = data.status?.changes ?? []
  const [newest] = changes
  // The stretch it is in grows, and what was today becomes yesterday.
  data.sight.see((_, now) => [newest && span((now - newest.wallMs) / 1000), new Date(now).getDate()])
  const { wallMs } = data.sight
  const oldest = changes.at(-1)
  paintList(
    surface,
    {
      key: checkHappened.key,
      title: checkHappened.title,
      headlines: oldest === undefined ? [] : [[segment(`since ${moment(oldest.wallMs, wallMs)}`, DIM)]],
      columns: columnsFor(changes),
      bare: true,
      rows: stretchesOf(changes, wallMs, surface, look, view.full),
      cell: (id, stretch) => cellOf(id, stretch, wallMs, look),
      sentence: checkAbsence(data, look.glyphs) ?? (changes.length === 0 ? 'nothing has changed yet' : undefined),
    },
    look,
    view,
  )
}

/** Every turn of its state, newest first: when, to what, how long it lasted, why. */
export const checkHappened: Panel<CheckData> = {
  id: 'check-happened',
  key: '7',
  title: 'What happened',
  sources: [],
  list: true,
  select: selectCheck,
  paint: paintHappened,
  rows: (data, surface, look, view) => {
    const changes = data.status?.changes ?? []
    const rows = stretchesOf(changes, data.sight.wallMs, surface, look, view.full)
    return listRows(rows.length, surface, look, { bare: true })
  },
}
