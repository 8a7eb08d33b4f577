import { bytes, count, latency, often, percent, rate, span } from '../../../lib/units.ts'
import { metricOf } from '../../../model/catalogue/catalogue.ts'
import type { CheckOutcome, CheckStatus, CheckValue } from '../../../model/check.ts'
import type { Look } from '../../paint/look.ts'
import { segment } from '../../paint/segments.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type CheckData, checkAbsence, outcomeOf, selectCheck } from './data.ts'
import { type NamedLine, namedRows, paintNamed } from './lines.ts'

const DIM = style('dim')
const TEXT = style('text')

const joined = ({ figure, unit }: { readonly figure: string; readonly unit: string }) =>
  unit === '' ? figure : `${figure} ${unit}`

/** A number as short as it can be told without a lie: `412`, `0.0415`. */
function plain(value: number): string {
  return Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(4)))
}

/** A figure as its plug-in wrote it; seconds and bytes as people read them. */
function valueText({ value, unit }: CheckValue): string {
  if (unit === 's' && Math.abs(value) < 60) return joined(latency(value))
  if (unit === 's') return span(value)
  if (unit === 'B' && Math.abs(value) >= 1024 ** 2) return joined(bytes(value))
  // `c` counts up for ever.
  return joined({ figure: plain(value), unit: unit === 'c' ? '' : unit })
}

/** A series of the processes that were found, in the unit of the catalogue. */
function metricText(name: string, value: number): string {
  switch (metricOf(name)?.unit) {
    case 'ratio':
      return joined(percent(value))
    case 'bytes':
      return joined(bytes(value))
    case 'bytes_per_second':
      return joined(rate(value))
    case 'seconds':
      return span(value)
    case 'per_second':
      return joined(often(value))
    default:
      return plain(value)
  }
}

/** `process_memory_bytes` is `memory`: unit and family are seen. */
function shortName(name: string): string {
  return name
    .replace(/^process_/, '')
    .replace(/_(ratio|bytes|seconds|per_second|bytes_per_second)$/, '')
    .replaceAll('_', ' ')
}

interface Content {
  readonly title: string
  /** What is counted: `5 fields`. */
  readonly word: string
  readonly lines: readonly NamedLine[]
}

/** What an answer has besides: header fields, else the figures it came with, else the processes that were found. */
function contentOf(outcome: CheckOutcome | undefined): Content {
  const { headers = [], values = [], processes = {} } = outcome ?? {}
  const figures = values.map((value) => ({ name: value.label, value: valueText(value) }))
  const found = Object.entries(processes).map(([name, value]) => ({
    name: shortName(name),
    value: metricText(name, value),
  }))
  if (headers.length > 0) return { title: 'Headers', word: 'field', lines: [...headers, ...figures] }
  if (figures.length > 0) return { title: 'Values', word: 'value', lines: [...figures, ...found] }
  if (found.length > 0) return { title: 'Processes', word: 'value', lines: found }
  return { title: checkHeaders.title, word: '', lines: [] }
}

function sentenceOf(data: CheckData, { last, definition }: CheckStatus, look: Look): string {
  const absent = checkAbsence(data, look.glyphs)
  if (absent !== undefined) return absent
  if (definition.type === 'http')
    return last?.outcome.phases?.first_byte === undefined ? 'no answer, and so no headers' : 'the answer had no headers'
  return `a check of ${definition.type} has no headers and no values`
}

function paintHeaders(surface: Surface, data: CheckData, look: Look, view: PanelView): void {
  const { status } = data
  const { title, word, lines } = contentOf(outcomeOf(data))
  const sentence = status === undefined ? checkAbsence(data, look.glyphs) : sentenceOf(data, status, look)
  paintNamed(
    surface,
    {
      key: checkHeaders.key,
      title,
      headlines:
        lines.length === 0
          ? []
          : [[segment(String(lines.length), TEXT), segment(` ${word}${lines.length === 1 ? '' : 's'}`, DIM)]],
      lines,
      sentence: lines.length === 0 ? sentence : undefined,
    },
    look,
    view,
  )
}

/** What came with the answer: header fields, the figures of a plug-in, what was measured of processes. */
export const checkHeaders: Panel<CheckData> = {
  id: 'check-headers',
  key: '8',
  title: 'Headers',
  sources: [],
  list: true,
  select: selectCheck,
  paint: paintHeaders,
  rows: (data, surface, look, view) => namedRows(contentOf(outcomeOf(data)).lines, surface, look, view.full),
}
