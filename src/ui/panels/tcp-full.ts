import { bytes, count, often } from '../../lib/units.ts'
import type { SeriesView } from '../../model/frame.ts'
import { parseSeriesKey } from '../../model/series.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { drawFacts, type Fact, factColumns } from './facts.ts'
import type { NetworkData } from './network-data.ts'
import { share } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const WARN = style('warn', { bold: true })
const LABEL = 13
const FIGURE = 11
const MOST_BAR = 24
/** Rates are followed by their unit: counts leave its columns free. */
const UNIT = '  '
const SPAN_MS = 120_000
const GAP = 2

/** Always there; the others only while a socket is in them. */
const MAIN_STATES = ['established', 'listen', 'time-wait', 'close-wait']

/** Losses: a rate above zero is a warning. */
const LOSSES = [
  ['resets', 'tcp_resets_per_second', 'broken off while open', false],
  ['turned away', 'tcp_listen_overflows_per_second', 'the program was slow to accept', true],
  ['not let in', 'tcp_listen_drops_per_second', 'turned away for any reason', true],
  ['udp lost', 'udp_receive_errors_per_second', 'buffer full or damaged', true],
] as const

/** TCP and UDP of the machine: sockets by what they are at, and what goes wrong. */
export function paintTcp(surface: Surface, { series }: NetworkData, look: Look): void {
  const metrics = series.all()
  const gap = look.boxed ? 0 : GAP
  const left = Math.floor((surface.columns - gap) / 2)
  const list = (x: number, columns: number, title: string, facts: readonly Fact[], none: string) => {
    const { content } = drawFrame(surface.area(x, 0, columns, surface.rows), look, { key: '', title, focused: false })
    const widths = factColumns(content.columns, LABEL, FIGURE, MOST_BAR)
    drawFacts(content, 0, facts, widths, metrics, { wallMs: series.wallMs, spanMs: SPAN_MS }, look)
    if (facts.length === 0) content.fitted(0, 0, none, DIM, content.columns, look.glyphs.ellipsis)
  }
  list(0, left, 'Sockets', socketFacts(metrics), 'sockets are not counted here')
  list(left + gap, surface.columns - left - gap, 'Lost', lossFacts(metrics), 'this kernel does not tell')
}

/** Rows that the two lists take with their frame. */
export function tcpRows(metrics: SeriesView, look: Look): number {
  const rows = Math.max(1, socketFacts(metrics).length, lossFacts(metrics).length)
  return rows + (look.boxed ? 2 : 1)
}

function fact(label: string, figure: readonly Segment[], key: string, least: number, help?: string): Fact {
  const chart = { key, least, tone: 'net2' } as const
  return { label, labelStyle: TEXT, chart, figure, ...(help !== undefined && { help }) }
}

function socketFacts(metrics: SeriesView): Fact[] {
  const counted = (label: string, key: string, help?: string) => {
    const value = metrics.value(key)
    return value === undefined ? [] : [fact(label, [segment(`${count(value)}${UNIT}`, TEXT)], key, 10, help)]
  }
  const states = metrics.keys('tcp_states').map((key) => ({ key, state: parseSeriesKey(key).labels.state ?? '' }))
  const rank = (state: string) => (MAIN_STATES.includes(state) ? MAIN_STATES.indexOf(state) : MAIN_STATES.length)
  const shown = states
    .filter(({ key, state }) => MAIN_STATES.includes(state) || (metrics.value(key) ?? 0) > 0)
    .sort((a, b) => rank(a.state) - rank(b.state))
  const memory = metrics.value('tcp_memory_bytes')
  const held = memory === undefined ? undefined : bytes(memory)
  return [
    ...counted('tcp', 'tcp_sockets', held === undefined ? undefined : `hold back ${held.figure} ${held.unit}`),
    ...(shown.length > 0
      ? shown.flatMap(({ key, state }) => counted(state, key))
      : [
          ...counted('established', 'tcp_established_sockets'),
          ...counted('time-wait', 'tcp_waiting_sockets', 'closed, kept for late packets'),
        ]),
    ...counted('orphans', 'tcp_orphan_sockets', 'no process holds them'),
    ...counted('udp', 'udp_sockets'),
  ]
}

function lossFacts(metrics: SeriesView): Fact[] {
  const resent = metrics.value('tcp_resent_ratio')
  const losses = LOSSES.flatMap(([label, key, help, warns]) => {
    const value = metrics.value(key)
    if (value === undefined) return []
    const { figure, unit } = often(value)
    return [fact(label, [segment(figure, warns && value > 0 ? WARN : TEXT), segment(unit, DIM)], key, 1, help)]
  })
  if (resent === undefined) return losses
  return [fact('resent', share(resent, TEXT, 1), 'tcp_resent_ratio', 0.01, 'of the segments sent'), ...losses]
}
