import { textWidth } from '../../../lib/text.ts'
import { bytes, bytesOf, count, percent } from '../../../lib/units.ts'
import type { LimitForecast } from '../../../model/forecast.ts'
import { isDenied } from '../../../model/watch.ts'
import { drawFitted } from '../../paint/fitted.ts'
import { drawFrame } from '../../paint/frame.ts'
import { gauge } from '../../paint/gauge.ts'
import type { Look } from '../../paint/look.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../../paint/segments.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Hue, Token } from '../../theme/tokens.ts'
import { findLimit, forecastEnd, untilSegments } from '../limit-times.ts'
import { lineOf } from '../page-chart.ts'
import type { Panel, PanelView } from '../panel.ts'
import { severityToken } from '../words.ts'
import { absence, detailOf, partSentence, processKey, processValue, read, selectWatch, type WatchData } from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
const LEAST_GAUGE = 5
/** A time to a limit takes no more of a gauge than leaves it so many columns. */
const GAUGE_BESIDE_TIME = 12
const NEARLY = 0.8
const ALMOST = 0.95

/** Something it uses, against the limit of it. */
interface Use {
  readonly name: string
  readonly hue: Hue
  /** NaN: not known. */
  readonly used: number
  readonly limit: number | undefined
  /** Figure of what is used, and the rest of the sentence: `of 4 096`, `no limit`. */
  readonly figure: string
  readonly rest: string
  /** The limit that is watched for, and where its forecast ends, as a share of the limit. */
  readonly forecast?: LimitForecast | undefined
  readonly soon?: number | undefined
  /** In place of all figures. */
  readonly sentence?: string | undefined
}

/** From which share of a limit on it is said in which colour. */
export function limitTone(ratio: number): Token | undefined {
  return ratio >= ALMOST ? 'crit' : ratio >= NEARLY ? 'warn' : undefined
}

function counted(
  name: string,
  used: number | undefined,
  limit: number | undefined,
  sentence?: string,
  ahead: Pick<Use, 'forecast' | 'soon'> = {},
): Use {
  return {
    ...ahead,
    name,
    hue: 'svc',
    used: used ?? Number.NaN,
    limit,
    figure: used === undefined ? '' : count(used),
    rest: limit === undefined ? ' no limit' : `of ${count(limit)}`,
    sentence: used === undefined ? sentence : undefined,
  }
}

/** What is ahead of one of its series; nothing while the limit that is watched for is not the one that is shown. */
function aheadOf(
  { watched, forecasts }: WatchData,
  what: string,
  used: number | undefined,
  limit: number | undefined,
): Pick<Use, 'forecast' | 'soon'> {
  if (watched?.state !== 'running' || used === undefined || limit === undefined || limit === 0) return {}
  const series = processKey(watched, what)
  const end = forecastEnd(forecasts, series, used)
  return { forecast: findLimit(forecasts, series, limit), soon: end === undefined ? undefined : end / limit }
}

/** What a process uses of what it may; of its cgroup where the limit is the cgroup's. */
export function uses(data: WatchData, look: Look): readonly Use[] {
  const detail = detailOf(data)
  const files = read(detail?.files)
  const limit = processValue(data, 'files_limit') ?? files?.limit
  const open = processValue(data, 'files') ?? files?.open
  const refused = partSentence(detail?.files, look.glyphs)
  const group = detail?.cgroup
  const threads = processValue(data, 'threads') ?? detail?.row.threads
  const memoryLimit = group?.memoryLimitBytes
  // A limit is the cgroup's, and so is what counts against it; without one its own memory says more.
  const own = processValue(data, 'memory_bytes')
  const memory = memoryLimit === undefined ? own : (group?.memoryBytes ?? own)
  const amount = memory === undefined ? undefined : bytes(memory)
  const of = memory === undefined || memoryLimit === undefined ? undefined : bytesOf(memory, memoryLimit)
  const cores = processValue(data, 'cpu_ratio')
  const quota = group?.cpuLimitCores
  return [
    counted('files', open, limit, refused, aheadOf(data, 'files', open, limit)),
    counted('sockets', files?.kinds.socket ?? (files === undefined ? undefined : 0), limit, refused),
    group?.pidsLimit === undefined
      ? counted('threads', threads, undefined, look.glyphs.loading)
      : counted('tasks', group.pidsUsed ?? threads, group.pidsLimit, look.glyphs.loading),
    {
      name: 'memory',
      hue: 'mem',
      used: memory ?? Number.NaN,
      limit: memoryLimit,
      figure: of?.part ?? amount?.figure ?? '',
      rest: of === undefined ? `${amount?.unit ?? ''}  no limit` : `of ${of.whole} ${of.unit}`,
      sentence: amount === undefined ? look.glyphs.loading : undefined,
      ...aheadOf(data, 'memory_bytes', memory, memoryLimit),
    },
    {
      name: 'cpu quota',
      hue: 'cpu',
      used: cores ?? Number.NaN,
      limit: quota,
      figure: cores === undefined ? '' : cores.toFixed(2),
      rest:
        quota === undefined ? 'cores  no limit' : `of ${Number(quota.toFixed(2))} ${quota === 1 ? 'core' : 'cores'}`,
      sentence: cores === undefined ? look.glyphs.loading : undefined,
    },
  ]
}

/** Columns of the longest name and, of what has a gauge, of the longest figures and of the longest time to a limit, with its gap. */
interface Widths {
  readonly name: number
  readonly figures: number
  readonly time: number
}

/** A use, and what is said of the time to its limit. */
interface Row {
  readonly use: Use
  readonly time: readonly Segment[]
}

/** The times of uses: with their ranges, else without, where they leave the gauges room. */
function withTimes(uses: readonly Use[], room: number, look: Look): Row[] {
  const timed = ([0, 1] as const).map((form) =>
    uses.map((use) => ({ use, time: untilSegments(use.forecast, look, false)[form] ?? [] })),
  )
  const none = uses.map((use) => ({ use, time: [] }))
  return timed.find((rows) => timeColumns(rows) <= room) ?? none
}

function timeColumns(rows: readonly Row[]): number {
  const most = Math.max(0, ...rows.map(({ time }) => segmentsWidth(time)))
  return most === 0 ? 0 : most + 2
}

function drawUse(surface: Surface, y: number, { use, time }: Row, widths: Widths, look: Look): void {
  const { name, used, limit, figure, rest, hue, forecast, soon, sentence } = use
  const x = widths.name + 1
  surface.text(0, y, name, TEXT)
  if (sentence !== undefined) {
    drawFitted(surface, x, y, [segment(sentence, DIM)], surface.columns - x, look)
    return
  }
  const ratio = limit === undefined || limit === 0 ? Number.NaN : used / limit
  const tone =
    limitTone(ratio) ?? (forecast?.severity === undefined ? undefined : severityToken(forecast.severity, hue))
  const figures: Segment[] = [
    segment(figure, tone === undefined ? TEXT : style(tone, { bold: true })),
    segment(` ${rest}`, DIM),
  ]
  const right = surface.columns - widths.time
  drawRight(surface, right, y, figures, x)
  drawRight(surface, surface.columns, y, time, right)
  const width = right - x - widths.figures - 2
  // What has no limit has no gauge either.
  if (limit !== undefined && width >= LEAST_GAUGE) gauge(surface, x, y, width, ratio, { tone: tone ?? hue, soon }, look)
}

function oomLine(data: WatchData): (readonly Segment[])[] {
  const detail = detailOf(data)
  const figure = (word: string, value: string | undefined, unit = '') =>
    value === undefined ? [] : [segment(`${word} `, DIM), segment(value, TEXT), segment(unit, DIM)]
  const throttled = detail?.cgroup?.throttledRatio
  const adjust = detail?.oomScoreAdjust
  const share = throttled === undefined ? undefined : throttled === 0 ? '0' : percent(throttled).figure
  return [
    figure('oom score', detail?.oomScore?.toString()),
    share === undefined
      ? []
      : [
          segment('throttled ', DIM),
          segment(share, throttled !== undefined && throttled >= 0.05 ? style('warn', { bold: true }) : TEXT),
          segment(' %', DIM),
        ],
    adjust === undefined || adjust === 0 ? [] : figure('adjusted', String(adjust)),
  ]
}

function paint(surface: Surface, data: WatchData, look: Look, view: PanelView): void {
  surface.clear()
  const { content } = drawFrame(surface, look, {
    key: watchUse.key,
    title: watchUse.title,
    focused: view.focused,
    headlines: [[segment('against its limits', DIM)]],
  })
  const sentence = absence(data, look.glyphs)
  if (sentence !== undefined) {
    drawFitted(content, 0, 0, [segment(sentence, DIM)], content.columns, look)
    return
  }
  const all = uses(data, look)
  const rows = content.rows > all.length || content.rows < 3 ? content.rows : content.rows - 1
  // What has a limit goes before what has none where there is no room for all.
  const kept = new Set(
    all.toSorted((a, b) => Number(a.limit === undefined) - Number(b.limit === undefined)).slice(0, rows),
  )
  const shown = all.filter((use) => kept.has(use))
  const gauged = shown.filter(({ limit, sentence: said }) => limit !== undefined && said === undefined)
  const name = Math.max(...shown.map((use) => use.name.length)) + 1
  const figures = Math.max(0, ...gauged.map(({ figure, rest }) => textWidth(figure) + textWidth(rest) + 1))
  const timed = withTimes(shown, content.columns - name - figures - 3 - GAUGE_BESIDE_TIME, look)
  const widths = { name, figures, time: timeColumns(timed) }
  for (const [y, row] of timed.entries()) drawUse(content, y, row, widths, look)
  if (shown.length < content.rows) drawSegments(content, 0, shown.length, lineOf(oomLine(data), content.columns))
  if (view.full) drawLimits(content, shown.length + 2, data, look)
}

/** The table of its resource limits, getrlimit(2), as far as there is room. */
function drawLimits(content: Surface, top: number, data: WatchData, look: Look): void {
  const part = detailOf(data)?.limits
  const sentence = isDenied(part) ? partSentence(part, look.glyphs) : undefined
  if (sentence !== undefined) drawFitted(content, 0, top, [segment(`limits ${sentence}`, DIM)], content.columns, look)
  const limits = read(part) ?? []
  if (limits.length === 0) return
  const amount = (value: number | undefined) => (value === undefined ? 'unlimited' : count(value))
  drawSegments(content, 0, top, [segment('LIMIT'.padEnd(24) + 'NOW'.padStart(10) + 'AT MOST'.padStart(12), DIM)])
  for (const [index, { name, soft, hard, unit }] of limits.entries()) {
    const y = top + 1 + index
    if (y >= content.rows) return
    drawSegments(content, 0, y, [
      segment(name.padEnd(24), TEXT),
      segment(amount(soft).padStart(10), soft === undefined ? DIM : TEXT),
      segment(amount(hard).padStart(12), DIM),
      segment(unit === undefined ? '' : `  ${unit}`, DIM),
    ])
  }
}

/** What it uses, each against the limit that is set: descriptors, threads, memory, cores. */
export const watchUse: Panel<WatchData> = {
  id: 'watch-use',
  key: '3',
  title: 'Use',
  sources: [],
  select: selectWatch,
  paint,
}
