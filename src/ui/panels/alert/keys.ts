import type { Suspect } from '../../../model/alert.ts'
import { untilText } from '../../../model/alert-words.ts'
import type { CheckStatus } from '../../../model/check.ts'
import type { Frame } from '../../../model/frame.ts'
import type { Leaders } from '../../../model/processes.ts'
import { keyText } from '../../key-text.ts'
import type { Look } from '../../paint/look.ts'
import { segment } from '../../paint/segments.ts'
import type { Cell, Column } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { paintList } from '../list.ts'
import type { BoundKey, Panel, PanelView } from '../panel.ts'
import { panelOfSeries } from '../panel-of-series.ts'
import { type AlertData, chartedSeries, checkOfAlert, selectAlert } from './data.ts'
import { openingOf } from './opens.ts'

const DIM = style('dim')
const TEXT = style('text')
const KEY = style('accent', { bold: true })

type Id = 'key' | 'what'

const COLUMNS: readonly Column<Id>[] = [
  { id: 'key', label: '', width: 5, priority: 2, gap: 1 },
  { id: 'what', label: '', width: 10, flex: 20, priority: 3 },
]

/** What a key does here, and what is to be known of that. */
interface Doing {
  readonly key: string
  readonly name: string
  readonly more: string
}

interface KeysData extends AlertData {
  readonly check: CheckStatus | undefined
  readonly bindings: readonly BoundKey[] | undefined
  /** The process that Enter would watch is seen among those that use something. */
  readonly seen: boolean
}

/** Whether a process is among those that use most of something: on most machines all that do anything. Without a scan nothing speaks against it. */
function isSeen({ pid, startTicks }: Suspect, leaders: Leaders | undefined): boolean {
  if (leaders === undefined) return true
  const { cpu, memory, read, write } = leaders
  return [cpu, memory, read, write].some((rows) => rows.some((row) => row.pid === pid && row.startTicks === startTicks))
}

/** In words: what can be done about this alert, by its command. Those that would do nothing are left out. */
function doings({ record, check, sight, seen }: KeysData): ReadonlyMap<string, readonly [name: string, more: string]> {
  const words = new Map<string, readonly [string, string]>()
  if (record === undefined) return words
  const { alert, state } = record
  const { acknowledged, silenced } = alert
  if (state !== 'resolved') {
    const seen = acknowledged?.note === '' ? 'somebody has seen it' : (acknowledged?.note ?? '')
    words.set(
      'alert.acknowledge',
      acknowledged === undefined
        ? ['acknowledge', 'fires on, tells no one']
        : ['take it back', `acknowledged: ${seen}`],
    )
    const until = silenced === undefined ? '1 h, 4 h, until it resolves' : `it is, ${untilText(silenced, sight.wallMs)}`
    words.set('alert.silence', ['silence', until])
  }
  const opening = openingOf(record, check)
  if (opening?.kind === 'check') words.set('alert.open', [`open ${opening.name}`, 'all of this check'])
  // Of one that is not seen it is not known whether it still runs; once the alert is over, it most likely does not.
  if (opening?.kind === 'watch' && (seen || state !== 'resolved')) {
    const { name, pid } = opening.suspect
    words.set('alert.open', [`watch ${name}`, seen ? `pid ${pid}` : `pid ${pid}, if it runs`])
  }
  const series = chartedSeries(record)
  const panel = check === undefined ? series && panelOfSeries(series) : 'services'
  if (panel !== undefined && panel !== '') words.set('alert.see', ['see it', `in ${panel}`])
  words.set('alert.copy', ['copy', 'as text for a ticket'])
  return words
}

function rowsOf(data: KeysData, look: Look): readonly Doing[] {
  const words = doings(data)
  return (data.bindings ?? []).flatMap(({ context, command, keys: [key] }) => {
    const told = context === 'alert' ? words.get(command) : undefined
    return told === undefined || key === undefined
      ? []
      : [{ key: keyText(key, look.glyphs), name: told[0], more: told[1] }]
  })
}

function cellOf(id: Id, { key, name, more }: Doing): Cell {
  return id === 'key' ? [segment(key, KEY)] : [segment(name, TEXT), segment(` ${more}`, DIM)]
}

function paintKeys(surface: Surface, data: KeysData, look: Look, view: PanelView): void {
  data.sight.see((_, wallMs) => new Date(wallMs).getDate())
  paintList(
    surface,
    {
      key: alertKeysPanel.key,
      title: alertKeysPanel.title,
      columns: COLUMNS,
      bare: true,
      rows: rowsOf(data, look),
      cell: cellOf,
      sentence: data.record === undefined ? '' : undefined,
    },
    look,
    { ...view, focused: view.focused, selected: -1, offset: 0 },
  )
}

/** What can be done about an alert, by the keys that do it. */
export const alertKeysPanel: Panel<KeysData> = {
  id: 'alert-keys',
  key: '6',
  title: 'You can',
  sources: [],
  keyed: true,
  select(frame: Frame, view: PanelView) {
    const data = selectAlert(frame, view)
    const check = data.record && checkOfAlert(data.record, frame)
    const opening = openingOf(data.record, check)
    const seen = opening?.kind === 'watch' && isSeen(opening.suspect, frame.leaders)
    return { ...data, check, bindings: view.bindings, seen }
  },
  paint: paintKeys,
}
