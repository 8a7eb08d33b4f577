import { clockTime, latency, moment } from '../../../lib/units.ts'
import type { CheckState, CheckStatus, PastResult } from '../../../model/check.ts'
import { drawFitted } from '../../paint/fitted.ts'
import { drawFrame } from '../../paint/frame.ts'
import type { Look } from '../../paint/look.ts'
import { resultChart } from '../../paint/result-chart.ts'
import { quantity, type Segment, segment } from '../../paint/segments.ts'
import { maximum } from '../../paint/sparkline.ts'
import type { Cell, Column } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Token } from '../../theme/tokens.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type CheckData, checkAbsence, pastAbsence, selectCheck } from './data.ts'
import { latencyLimit } from './latency.ts'
import { stateSymbol, stateToken } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
/** So many are counted in a heading that says how many they are. */
const TENS = 10
const LEAST_BAR = 4

/** Which word a past result has. Why it was degraded is not kept; what took too long is seen. */
function wordOf({ state, latencyS }: PastResult, limit: number | undefined): string {
  if (state !== 'degraded') return state === 'up' ? 'well' : state === 'down' ? 'down' : 'unknown'
  return limit !== undefined && latencyS > limit ? 'slow' : 'warning'
}

const TONES: Readonly<Record<string, Token>> = { slow: 'warn', warning: 'warn', down: 'crit', unknown: 'unknown' }
/** In the order of a heading; how many were well and down is said even where there is none. */
const WORDS = ['well', 'slow', 'warning', 'unknown', 'down'] as const

/** `44 well  16 slow  0 down`, and where there is no room only what there is, and only what is not well. */
function countSegments(shown: readonly PastResult[], limit: number | undefined): (readonly Segment[])[] {
  const counts = WORDS.map((word) => ({
    word,
    number: shown.filter((result) => wordOf(result, limit) === word).length,
  }))
  const line = (kept: typeof counts) =>
    kept.flatMap(({ word, number }, index) => {
      const tone = TONES[word]
      const packed = tone === undefined || number === 0 ? TEXT : style(tone, { bold: true })
      return [segment(index === 0 ? '' : '  '), segment(String(number), packed), segment(` ${word}`, DIM)]
    })
  const there = counts.filter(({ number }) => number > 0)
  return [
    line(counts.filter(({ word, number }) => number > 0 || word === 'well' || word === 'down')),
    line(there),
    line(there.filter(({ word }) => word !== 'well')),
  ]
}

/** How many results a width shows: whole tens, so that the heading is a round figure. */
function shownOf({ results }: CheckStatus, columns: number): readonly PastResult[] {
  const room = columns >= TENS ? Math.floor(columns / TENS) * TENS : columns
  return room <= 0 ? [] : results.slice(-room)
}

/** One result a cell, newest right: heights of the latency above, marks below. */
function drawResults(content: Surface, shown: readonly PastResult[], limit: number | undefined, look: Look): void {
  const heights = content.rows > 1 && shown.some(({ latencyS }) => !Number.isNaN(latencyS))
  // A time is in trouble only where it was too long: what is wrong else is told by the mark.
  const slow = (result: PastResult) => wordOf(result, limit) === 'slow'
  const from = content.columns - shown.length
  if (heights) resultChart(content, 0, 0, content.columns, shown, { least: 0, slow, body: 'cpu2' }, look)
  for (const [index, { state }] of shown.entries())
    content.put(from + index, heights ? 1 : 0, markOf(state, look), style(stateToken(state)))
}

/** What is well is a dot: the eye goes to the others. */
function markOf(state: CheckState, { glyphs }: Look): string {
  return state === 'up' ? glyphs.zero : stateSymbol(state, glyphs)
}

function paintResults(surface: Surface, data: CheckData, look: Look, view: PanelView): void {
  surface.clear()
  const { status } = data
  const columns = Math.max(0, surface.columns - (look.boxed ? 4 : 2))
  const shown = status === undefined ? [] : shownOf(status, columns)
  const { content } = drawFrame(surface, look, {
    key: checkResults.key,
    title:
      shown.length === 0 ? checkResults.title : `Last ${shown.length} ${shown.length === 1 ? 'result' : 'results'}`,
    focused: view.focused,
    headlines: status === undefined || shown.length === 0 ? [] : countSegments(shown, latencyLimit(status)),
  })
  if (shown.length === 0) {
    drawFitted(content, 0, 0, [segment(checkAbsence(data, look.glyphs) ?? 'no result yet', DIM)], content.columns, look)
    return
  }
  drawResults(content, shown, status && latencyLimit(status), look)
}

type Id = 'when' | 'mark' | 'word' | 'latency' | 'bar'
const COLUMNS: readonly Column<Id>[] = [
  { id: 'when', label: 'AT', width: 9, priority: 5, align: 'right' },
  { id: 'mark', label: '', width: 1, priority: 4 },
  { id: 'word', label: 'WAS', width: 9, priority: 3 },
  { id: 'latency', label: 'LATENCY', width: 8, priority: 2, align: 'right' },
  { id: 'bar', label: '', width: 10, flex: 20, priority: 1 },
]

function newestFirst({ status }: CheckData): readonly PastResult[] {
  return (status?.results ?? []).toReversed()
}

interface Scale {
  readonly most: number
  readonly limit: number | undefined
  readonly nowMs: number
}

function cellOf(id: Id, result: PastResult, { most, limit, nowMs }: Scale, look: Look): Cell {
  const { wallMs, state, latencyS } = result
  switch (id) {
    case 'when': {
      const day = moment(wallMs, nowMs)
      return [segment(day.length === 5 ? clockTime(wallMs) : day, DIM)]
    }
    case 'mark':
      return [segment(stateSymbol(state, look.glyphs), style(stateToken(state)))]
    case 'word':
      return [segment(wordOf(result, limit), TEXT)]
    case 'latency':
      if (Number.isNaN(latencyS)) return []
      return quantity(latency(latencyS), limit !== undefined && latencyS > limit ? style('warn', { bold: true }) : TEXT)
    case 'bar':
      return (surface, x, y, width) => {
        if (Number.isNaN(latencyS) || most <= 0 || width < LEAST_BAR) return
        const cells = Math.max(1, Math.round((latencyS / most) * width))
        const packed = style(wordOf(result, limit) === 'slow' ? 'warn2' : 'cpu2')
        for (let cell = 0; cell < cells; cell++) surface.put(x + cell, y, look.glyphs.gauge.used, packed)
      }
  }
}

/** All that are kept, one a row, newest first. */
function paintFull(surface: Surface, data: CheckData, look: Look, view: PanelView): void {
  const { status, sight } = data
  const rows = newestFirst(data)
  const limit = status && latencyLimit(status)
  const scale: Scale = { most: maximum(rows.map(({ latencyS }) => latencyS)), limit, nowMs: sight.wallMs }
  // Which day it is decides how a time is written.
  sight.see((_, wallMs) => new Date(wallMs).getDate())
  paintList(
    surface,
    {
      key: checkResults.key,
      title: `Last ${rows.length} ${rows.length === 1 ? 'result' : 'results'}`,
      headlines: rows.length === 0 ? [] : countSegments(rows, limit),
      columns: COLUMNS,
      rows,
      cell: (id, result) => cellOf(id, result, scale, look),
      sentence: pastAbsence(data, look.glyphs) ?? (rows.length === 0 ? 'no result yet' : undefined),
    },
    look,
    view,
  )
}

/** The last results as they came, before anything was judged: how long each took and how it was. */
export const checkResults: Panel<CheckData> = {
  id: 'check-results',
  key: '3',
  title: 'Last results',
  sources: [],
  list: true,
  select: selectCheck,
  paint: paintResults,
  paintFull,
  rows: (data, surface, look, view) =>
    view.full ? listRows(data.status?.results.length ?? 0, surface, look) : { total: 0, visible: 1 },
}
