import { bytes, bytesOf, percent } from '../../../lib/units.ts'
import { isDenied } from '../../../model/watch.ts'
import type { Look } from '../../paint/look.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import { style } from '../../screen/style.ts'
import type { Token } from '../../theme/tokens.ts'
import { type ChartCrossing, crossingOf } from '../chart-crossing.ts'
import { findLimit } from '../limit-times.ts'
import type { Panel } from '../panel.ts'
import { paintChart } from './chart.ts'
import { perSecond } from './cpu.ts'
import {
  absence,
  detailOf,
  instancesOf,
  isAway,
  partSentence,
  processKey,
  processValue,
  read,
  selectWatch,
  type WatchData,
} from './data.ts'

const DIM = style('dim')
const TEXT = style('text')
const MIB = 1024 ** 2
const AIR = 1.02
/** From this share of its limit on the chart goes up to the limit. */
const NEAR = 0.35
const FULL = 0.95
const NEARLY = 0.8
/** Slower growth is no growth: what an hour of a quiet program's caches does. */
export const GROWS_FROM = 4 * MIB

/** The memory it may use: of its cgroup, else all there is. */
export function memoryLimit(data: WatchData): { readonly bytes: number; readonly own: boolean } | undefined {
  const own = detailOf(data)?.cgroup?.memoryLimitBytes
  const all = data.metrics.value('memory_total_bytes')
  if (own !== undefined && (all === undefined || own < all)) return { bytes: own, own: true }
  return all === undefined ? undefined : { bytes: all, own: false }
}

/** When it reaches that limit, as far as a chart shows. */
function limitCrossing({ watched, forecasts, wallMs }: WatchData, limit: number): ChartCrossing | undefined {
  if (watched?.state !== 'running') return undefined
  return crossingOf(findLimit(forecasts, processKey(watched, 'memory_bytes'), limit), wallMs)
}

/** The next power of two, with a little air: 256 MiB, 2 GiB. */
function bytesTop(most: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(most * AIR, MIB)))
}

/** `412 MiB`, `1.3 GiB`: a dim word and a quantity. */
function size(word: string, value: number | undefined): Segment[] {
  if (value === undefined) return []
  if (value === 0) return [segment(`${word} `, DIM), segment('0', TEXT)]
  const { figure, unit } = bytes(value)
  return [segment(`${word} `, DIM), segment(figure, TEXT), segment(` ${unit}`, DIM)]
}

/** `grows 123 MiB/h`, `falls 20 MiB/h`; empty where it does neither. */
export function growth(perHour: number | undefined): Segment[] {
  if (perHour === undefined || Math.abs(perHour) < GROWS_FROM) return []
  const { figure, unit } = bytes(Math.abs(perHour))
  return [segment(perHour > 0 ? 'grows ' : 'falls ', DIM), segment(figure, TEXT), segment(` ${unit}/h`, DIM)]
}

function figures(data: WatchData, look: Look): (readonly Segment[])[] {
  const detail = detailOf(data)
  const part = detail?.memory
  const memory = read(part)
  const several = instancesOf(data) > 1
  // What only the detail tells is of one, beside sums: it says of which.
  const one =
    several && detail !== undefined && memory?.privateBytes !== undefined ? [segment(`of ${detail.row.pid} `, DIM)] : []
  const perHour = growth(processValue(data, 'memory_growth_bytes_per_hour'))
  const unread = isDenied(part) ? [segment(`shares ${partSentence(part, look.glyphs)}`, DIM)] : []
  return [
    unread,
    [...one, ...size('private', memory?.privateBytes)],
    size('shared', memory?.sharedBytes),
    size('swap', processValue(data, 'swap_bytes') ?? (several ? undefined : memory?.swapBytes)),
    perHour,
    perSecond('faults', processValue(data, 'faults_per_second')),
    size(
      'its share',
      processValue(data, 'memory_proportional_bytes') ?? (several ? undefined : memory?.proportionalBytes),
    ),
    perSecond('disk faults', processValue(data, 'major_faults_per_second')),
  ]
}

function headlines(data: WatchData, look: Look): (readonly Segment[])[] {
  const used = processValue(data, 'memory_bytes')
  if (used === undefined) return isAway(data) ? [] : [[segment(look.glyphs.loading, DIM)]]
  const limit = memoryLimit(data)
  const { figure, unit } = bytes(used)
  const tone = (ratio: number): Token => (ratio >= FULL ? 'crit' : ratio >= NEARLY ? 'warn' : 'mem')
  const plain = [segment(figure, style('mem', { bold: true })), segment(` ${unit}`, DIM)]
  if (limit === undefined) return [plain]
  const ratio = used / limit.bytes
  const share = [
    segment(percent(ratio).figure.padStart(3), style(limit.own ? tone(ratio) : 'mem', { bold: true })),
    segment(' %', DIM),
  ]
  if (!limit.own) return [[segment(figure, TEXT), segment(` ${unit}  `, DIM), ...share, segment(' of all', DIM)], plain]
  const of = bytesOf(used, limit.bytes)
  const amount = [segment(of.part, TEXT), segment(` of ${of.whole} ${of.unit} limit  `, DIM), ...share]
  return [amount, [segment(of.part, TEXT), segment(` of ${of.whole} ${of.unit}  `, DIM), ...share], share]
}

function paintMemory(...[surface, data, look, view]: Parameters<Panel<WatchData>['paint']>): void {
  surface.clear()
  const limit = memoryLimit(data)
  const used = processValue(data, 'memory_bytes') ?? 0
  const crossing = limit && limitCrossing(data, limit.bytes)
  const near = limit !== undefined && (used >= NEAR * limit.bytes || crossing !== undefined)
  paintChart(
    surface,
    {
      key: watchMemory.key,
      title: watchMemory.title,
      hue: 'mem',
      ...(instancesOf(data) > 1 && { note: [segment(`all ${instancesOf(data)}`, DIM)] }),
      headlines: headlines(data, look),
      series: 'memory_bytes',
      // Beyond its limit it cannot get, whatever its trend says.
      top: (most, expected) => (near ? Math.max(limit.bytes, most) : bytesTop(Math.max(most, expected))),
      ...(near && { limit: limit.bytes, crossing }),
      label: (value) => {
        if (value === 0) return '0'
        const { figure, unit } = bytes(value)
        return `${figure.replace(/\.0$/, '')} ${unit}`
      },
      figures: figures(data, look),
      sentence: absence(data, look.glyphs),
    },
    data,
    look,
    view,
  )
}

/** Memory of the watched process: its history against its limit when that is near, and what it is made of. */
export const watchMemory: Panel<WatchData> = {
  id: 'watch-memory',
  key: '2',
  title: 'Memory',
  hue: 'mem',
  sources: [],
  charted: true,
  select: selectWatch,
  paint: paintMemory,
}
