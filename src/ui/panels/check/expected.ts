import { textWidth } from '../../../lib/text.ts'
import { latency } from '../../../lib/units.ts'
import { wrapped } from '../../../lib/wrapped.ts'
import type { CheckOutcome, CheckStatus, Expectation } from '../../../model/check.ts'
import { stateWord } from '../../../model/check-words.ts'
import type { Frame } from '../../../model/frame.ts'
import type { Look } from '../../paint/look.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import { type Cell, type Column, layoutColumns } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Token } from '../../theme/tokens.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type CheckData, checkAbsence, selectCheck } from './data.ts'
import { contentColumns } from './lines.ts'
import { stateSymbol } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const OK = style('ok')
const BOLD = style('bright', { bold: true })

type Id = 'mark' | 'name' | 'found' | 'wanted'
const NAME = 11
const LEAST = 10
/** Columns of the mark, the names and the gaps. */
const AROUND = 1 + NAME + 3 * 2

/** What was found has the columns it needs; where there are not enough for both, as large a part of them as of the texts is its own. */
function columnsFor(rows: readonly Row[], columns: number): readonly Column<Id>[] {
  const longest = (texts: readonly string[]) => Math.max(LEAST, ...texts.map(textWidth))
  const found = longest(rows.map((row) => row.found))
  const wanted = longest(rows.map((row) => row.wanted))
  const room = columns - AROUND
  const mark: readonly Column<Id>[] = [
    { id: 'mark', label: '', width: 1, priority: 4 },
    { id: 'name', label: '', width: NAME, priority: 5 },
  ]
  if (room < 2 * LEAST) return [...mark, { id: 'found', label: '', width: LEAST, flex: LEAST, priority: 3 }]
  const own = found + wanted <= room ? found : Math.floor((room * found) / (found + wanted))
  const width = Math.max(LEAST, Math.min(own, room - LEAST))
  return [
    ...mark,
    { id: 'found', label: '', width, priority: 3 },
    { id: 'wanted', label: '', width: LEAST, flex: LEAST, priority: 2 },
  ]
}

/** A row of the list: an expectation, or in full a further row of one. */
interface Row {
  readonly name: string
  readonly found: string
  readonly wanted: string
  readonly met: boolean
  readonly further?: boolean
}

interface ExpectedData extends CheckData {
  /** How the checks are that it depends on, as text: two that say the same are one. */
  readonly depends: string
}

/** What a check that it depends on has to be, and is. */
function dependency(name: string, { checks }: Pick<Frame, 'checks'>): Expectation {
  const on = checks.find(({ definition }) => definition.name === name)
  if (on === undefined) return { name: 'depends on', met: false, found: `${name}, not checked`, wanted: 'up' }
  const seconds = on.last?.outcome.latencyS
  const took = seconds === undefined ? '' : ` ${latency(seconds).figure} ${latency(seconds).unit}`
  const found = `${name}, ${on.asked ? stateWord(on) : 'not asked yet'}${on.state === 'up' ? took : ''}`
  // While nobody knows, nothing is wrong.
  return { name: 'depends on', met: on.state !== 'down' && on.state !== 'unknown', found, wanted: 'up' }
}

function rowsOf({ status, depends }: ExpectedData): readonly Row[] {
  const own: readonly Expectation[] = status?.last?.outcome.expectations ?? []
  const all = [...own, ...(JSON.parse(depends) as readonly Expectation[])]
  // What is not met stands first; else the order is that of the configuration.
  return all.toSorted((a, b) => Number(a.met) - Number(b.met))
}

/** In full what is too long goes on below. */
function shownRows(
  data: ExpectedData,
  surface: { readonly columns: number },
  look: Look,
  full: boolean,
): readonly Row[] {
  const rows = rowsOf(data)
  if (!full) return rows
  const columns = contentColumns(surface, look)
  const placed = layoutColumns(columnsFor(rows, columns), columns)
  const room = (id: Id) => placed.find(({ column }) => column.id === id)?.width ?? 10
  return rows.flatMap((row) => {
    const found = wrapped(row.found, room('found'))
    const wanted = wrapped(row.wanted, room('wanted'))
    return Array.from({ length: Math.max(found.length, wanted.length) }, (_, index) => ({
      ...row,
      found: found[index] ?? '',
      wanted: wanted[index] ?? '',
      ...(index > 0 && { name: '', further: true }),
    }))
  })
}

/** How bad it is that something is not met: an answer that is late is late, and what else is wrong is as wrong as the whole. */
function toneOf(name: string, { state }: CheckOutcome): Token {
  return state === 'down' && name !== 'latency' ? 'crit' : 'warn'
}

function cellOf(id: Id, row: Row, outcome: CheckOutcome, look: Look): Cell {
  const { name, found, wanted, met, further } = row
  const tone = toneOf(name, outcome)
  switch (id) {
    case 'mark':
      if (further) return []
      return met
        ? [segment(look.glyphs.acknowledged, OK)]
        : [segment(stateSymbol(tone === 'crit' ? 'down' : 'degraded', look.glyphs), style(tone))]
    case 'name':
      return [segment(name, met ? TEXT : BOLD)]
    case 'found':
      return [segment(found, met ? TEXT : style(tone, { bold: true }))]
    case 'wanted':
      return [segment(wanted, DIM)]
  }
}

function headline(rows: readonly Row[], outcome: CheckOutcome | undefined): Segment[] {
  const unmet = rows.filter(({ met }) => !met)
  const tone = unmet.some(({ name }) => outcome !== undefined && toneOf(name, outcome) === 'crit') ? 'crit' : 'warn'
  return [
    segment(String(rows.length - unmet.length), TEXT),
    segment(' met', DIM),
    ...(unmet.length === 0 ? [] : [segment(`  ${unmet.length}`, style(tone, { bold: true })), segment(' not', DIM)]),
  ]
}

/** Why there is nothing to show. */
function sentenceOf(data: ExpectedData, status: CheckStatus | undefined, look: Look): string | undefined {
  const absent = checkAbsence(data, look.glyphs)
  if (absent !== undefined) return absent
  if (rowsOf(data).length > 0) return undefined
  return status?.last?.outcome.state === 'up' || status?.last?.outcome.state === 'degraded'
    ? 'nothing more is expected of it'
    : 'there was no answer to judge'
}

function paintExpected(surface: Surface, data: ExpectedData, look: Look, view: PanelView): void {
  const outcome = data.status?.last?.outcome
  const sentence = sentenceOf(data, data.status, look)
  const rows = shownRows(data, surface, look, view.full)
  paintList(
    surface,
    {
      key: checkExpected.key,
      title: checkExpected.title,
      headlines: sentence !== undefined || outcome === undefined ? [] : [headline(rowsOf(data), outcome)],
      columns: columnsFor(rowsOf(data), contentColumns(surface, look)),
      bare: true,
      rows,
      cell: (id, row) => (outcome === undefined ? [] : cellOf(id, row, outcome, look)),
      sentence,
    },
    look,
    view,
  )
}

/** What the answer had to be, and what it was; what is not met stands first. */
export const checkExpected: Panel<ExpectedData> = {
  id: 'check-expected',
  key: '5',
  title: 'Expected',
  sources: [],
  list: true,
  select(frame, view) {
    const data = selectCheck(frame, view)
    const depends = (data.status?.definition.depends ?? []).map((name) => dependency(name, frame))
    return { ...data, depends: JSON.stringify(depends) }
  },
  paint: paintExpected,
  rows: (data, surface, look, view) =>
    listRows(shownRows(data, surface, look, view.full).length, surface, look, { bare: true }),
}
