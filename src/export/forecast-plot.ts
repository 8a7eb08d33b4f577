import { linePlot } from '../lib/line-plot.ts'
import { truncate } from '../lib/text.ts'
import type { Prediction } from '../model/forecast.ts'
import { scaleOf } from '../model/scale.ts'
import { headLine, limitLine } from './forecast-table.ts'
import { spanOf } from './forecast-times.ts'
import { type AskedLimit, type Outlook, silenceText } from './outlook.ts'
import { axisOf, type Mark, markRows, marksOf, resampled } from './plot-axis.ts'

export interface ForecastPlotOptions {
  /** Terminal columns: the plot takes them all. */
  readonly columns: number
  /** Rows of the plot itself, without its labels. */
  readonly rows: number
  readonly ascii: boolean
  readonly colour: boolean
}

/** What a cell belongs to; drawn in this order, so that the later lies above. */
type Layer = 'now' | 'limit' | 'band' | 'forecast' | 'history'

interface Cell {
  readonly glyph: string
  readonly layer: Layer | 'axis'
}

/** SGR parameters: the sixteen colours, which every terminal has as its owner likes them. */
const SGR: Readonly<Record<Cell['layer'], string>> = {
  now: '90',
  limit: '31',
  band: '36',
  forecast: '96',
  history: '1;36',
  axis: '90',
}
/** The space before the axis, and the axis. */
const AXIS = 2
/** At least so many columns for each side of now. */
const LEAST_SIDE = 4
/** More history than so many times the horizon would leave it no room. */
const HISTORY_SHARE = 2
const LEAST_PLOT = 2 * LEAST_SIDE

/** A series as a line chart: history, what is expected, its 95 % band, and a limit. Ends with a newline. */
export function forecastPlot(outlook: Outlook, options: ForecastPlotOptions): string {
  const { ahead, limit } = outlook
  const { columns, ascii } = options
  const drawn = ahead.length === 0 ? [] : ['', ...plotLines(outlook, options), '', legend(limit !== undefined, options)]
  const said = [silenceText(outlook), limitLine(outlook, ascii)].filter((line) => line !== undefined)
  const words = (line: string) => truncate(line, columns)
  return `${[words(headLine(outlook)), ...drawn, ...said.map(words)].join('\n')}\n`
}

function plotLines(outlook: Outlook, options: ForecastPlotOptions): string[] {
  const { ahead, stepMs, unit, limit, history } = outlook
  const { rows, ascii, colour } = options
  const past = recent(outlook)
  const edges = ahead.flatMap(({ low95, high95 }) => [low95, high95])
  const axis = axisOf([...past, ...edges, ...(limit ? [limit.threshold] : [])], rows)
  const scale = scaleOf(unit, [...axis.ticks, ...(limit ? [limit.threshold] : [])])
  const marks = marksOf(axis.ticks, scale, limit?.threshold)
  const gutter = Math.max(scale.unit.length, ...marks.map(({ text }) => text.length))
  const columns = Math.max(LEAST_PLOT, options.columns - gutter - AXIS)
  const pastMs = (past.length - 1) * history.stepMs
  const aheadMs = ahead.length * stepMs
  const wanted = Math.round((columns * pastMs) / (pastMs + aheadMs))
  const nowColumn = Math.min(columns - LEAST_SIDE, Math.max(LEAST_SIDE, wanted))
  const right = columns - nowColumn - 1
  const cells = Array.from({ length: rows }, () => new Array<Cell>(columns).fill({ glyph: ' ', layer: 'axis' }))
  const put = (layer: Layer) => (x: number, y: number, glyph: string) => {
    const row = cells[y]
    if (row !== undefined && x >= 0 && x < columns) row[x] = { glyph: glyphOf(layer, glyph, ascii), layer }
  }
  const draw = (layer: Layer, from: number, line: readonly number[]) =>
    linePlot(line, { ...axis, rows, ascii }, (x, y, glyph) => put(layer)(from + x, y, glyph))
  const future = (part: keyof Prediction) =>
    resampled(
      ahead.map((prediction) => prediction[part]),
      right,
    )
  for (let y = 0; y < rows; y++) put('now')(nowColumn, y, ascii ? ':' : '┊')
  const limitRow = limit && axis.rowOf(limit.threshold)
  const crossing =
    limit && drawLimit(limit, limitRow as number, { nowColumn, right, columns, aheadMs, ascii }, put('limit'))
  for (const edge of ['low95', 'high95'] as const) draw('band', nowColumn + 1, future(edge))
  draw('forecast', nowColumn + 1, future('mean'))
  draw('history', 0, resampled(past, nowColumn + 1))
  // Where the lines cross is what the plot is looked at for.
  if (crossing !== undefined) put('limit')(crossing, limitRow as number, ascii ? '#' : '◆')
  const labels = markRows(marks, axis.rowOf)
  return [
    ...(scale.unit === '' ? [] : [painted([{ glyph: scale.unit.padStart(gutter), layer: 'axis' }], colour)]),
    ...cells.map((row, y) => painted([...gutterCells(labels.get(y), gutter, ascii), ...row], colour)),
    timeLine(gutter + AXIS, nowColumn, columns, [`${ascii ? '-' : '−'}${spanOf(pastMs)}`, `+${spanOf(aheadMs)}`]),
  ]
}

function gutterCells(mark: Mark | undefined, width: number, ascii: boolean): Cell[] {
  const text = `${(mark?.text ?? '').padStart(width)} `
  const edge = mark === undefined ? (ascii ? '|' : '│') : ascii ? '+' : '┤'
  return [
    { glyph: text, layer: mark?.limit === true ? 'limit' : 'axis' },
    { glyph: edge, layer: 'axis' },
  ]
}

/** The history that is drawn: the last of it, twice as long as the horizon. */
function recent({ history, ahead, stepMs }: Outlook): number[] {
  const most = Math.max(2, Math.ceil((HISTORY_SHARE * ahead.length * stepMs) / history.stepMs) + 1)
  return Array.from(history.values).slice(-most)
}

interface LimitPlace {
  readonly nowColumn: number
  /** Columns right of now. */
  readonly right: number
  readonly columns: number
  readonly aheadMs: number
  readonly ascii: boolean
}

/** The limit's line, and on it the time from the earliest to the latest moment of reaching it. The column of the likely one. */
function drawLimit(
  { time }: AskedLimit,
  y: number,
  { nowColumn, right, columns, aheadMs, ascii }: LimitPlace,
  put: (x: number, y: number, glyph: string) => void,
): number | undefined {
  for (let x = 0; x < columns; x++) put(x, y, ascii ? '~' : '┈')
  if (time.kind !== 'heading') return undefined
  const at = (seconds: number) => nowColumn + Math.max(1, Math.round((seconds * 1000 * right) / aheadMs))
  const { earliest, likely, latest = Number.POSITIVE_INFINITY } = time.eta
  for (let x = at(earliest); x < Math.min(columns, at(latest) + 1); x++) put(x, y, ascii ? '=' : '━')
  return at(likely)
}

/** Without colours the lines differ too: history is whole, what is expected dashed, the band dotted. */
function glyphOf(layer: Layer, glyph: string, ascii: boolean): string {
  if (layer === 'band') return ascii ? '.' : '·'
  if (layer !== 'forecast') return glyph
  if (ascii) return '*'
  return glyph === '─' ? '╌' : glyph === '│' ? '╎' : glyph
}

/** Cells as text; with colours each stretch of a layer in its own. */
function painted(cells: readonly Cell[], colour: boolean): string {
  let text = ''
  let last: Cell['layer'] | undefined
  const plain = cells
    .map(({ glyph }) => glyph)
    .join('')
    .trimEnd().length
  let length = 0
  for (const { glyph, layer } of cells) {
    if (length >= plain) break
    length += glyph.length
    if (colour && layer !== last) text += `\x1b[0;${SGR[layer]}m`
    last = layer
    text += glyph
  }
  return colour ? `${text}\x1b[0m` : text.trimEnd()
}

/** Labels below: how far the plot reaches to both sides, and `now` below its line. */
function timeLine(left: number, nowColumn: number, columns: number, [past, future]: readonly [string, string]): string {
  const now = left + nowColumn - 1
  const start = past.length + 1 <= now - left ? `${' '.repeat(left)}${past}` : ''
  const line = `${start.padEnd(now)}now`
  const end = left + columns - future.length
  return end > line.length ? line.padEnd(end) + future : line
}

/** What the lines are, as many as there is room for. */
function legend(hasLimit: boolean, { ascii, colour, columns }: ForecastPlotOptions): string {
  const items: readonly (readonly [Layer, string, string])[] = [
    ['history', ascii ? '--' : '──', 'history'],
    ['forecast', ascii ? '**' : '╌╌', 'expected'],
    ['band', ascii ? '..' : '··', '95 % band'],
    ...(hasLimit ? [['limit', ascii ? '~~' : '┈┈', 'limit'] as const] : []),
  ]
  const shown = items.filter(
    (_, at) => items.slice(0, at + 1).reduce((sum, [, , name]) => sum + name.length + 6, -3) <= columns,
  )
  return shown.map(([layer, glyph, name]) => `${painted([{ glyph, layer }], colour)} ${name}`).join('   ')
}
