import { count, often, percent, rate, rates } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { area } from '../paint/braille.ts'
import { contentOf, drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { niceTop } from '../paint/scale.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { maximum, sparkline } from '../paint/sparkline.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { Sight } from '../sight.ts'
import { drawStale, freshness, freshText, shownSeries } from './freshness.ts'
import { directionLabel, IN, LEAST_TOP, mainInterface, type NetworkData, OUT } from './network-data.ts'
import { paintNetworkFull } from './network-full.ts'
import type { Panel, PanelView } from './panel.ts'
import { pair } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const NET = style('net', { bold: true })
const GUTTER = 10
const SMALL_GUTTER = 7
/** Losses of fewer a second are none. */
const LEAST_LOST = 0.05

/** `↓ 8.4`, and `in` for an arrow where there is none. */
function rateSegments(figure: string | undefined, mark: string, word: string, { glyphs }: Look): Segment[] {
  return [segment(`${glyphs.ascii ? word : mark} `, DIM), segment((figure ?? glyphs.loading).padStart(5), NET)]
}

/** `tcp 412  waiting 96  resent 0.1 %  dropped 0`: what is lost stands first, in warn, and only when something is. */
function tcpSegments(metrics: SeriesView, columns: number): Segment[] {
  const value = (name: string) => metrics.value(name)
  const sum = (name: string) => {
    const known = metrics.keys(name).flatMap((key) => metrics.value(key) ?? [])
    return known.length === 0 ? undefined : known.reduce((all, one) => all + one, 0)
  }
  const sockets = value('tcp_sockets')
  const waiting = value('tcp_waiting_sockets')
  // Where nothing was sent there is no share of it: what it was stays, and the line does not jump.
  const resent = metrics.last('tcp_resent_ratio')
  const dropped = sum('network_dropped_per_second')
  const lost = (word: string, perSecond: number | undefined): Segment[] => {
    if (perSecond === undefined || perSecond < LEAST_LOST) return []
    const { figure, unit } = often(perSecond)
    return [segment(`${word} `, DIM), segment(figure, style('warn', { bold: true })), segment(unit, DIM)]
  }
  const parts: Segment[][] = [
    pair('tcp', sockets === undefined ? undefined : count(sockets), 3),
    lost('dropped', dropped),
    lost('errors', sum('network_errors_per_second')),
    lost('turned away', value('tcp_listen_overflows_per_second')),
    lost('udp lost', value('udp_receive_errors_per_second')),
    pair('waiting', waiting === undefined ? undefined : count(waiting), 2),
    resent === undefined ? [] : [...pair('resent', percent(resent, 1).figure, 3), segment(' %', DIM)],
    dropped === undefined || dropped >= LEAST_LOST ? [] : pair('dropped', '0', 1),
  ].filter((part) => part.length > 0)
  const line: Segment[] = []
  for (const part of parts) {
    const more = line.length === 0 ? part : [segment('  '), ...part]
    if (segmentsWidth(line) + segmentsWidth(more) > columns) break
    line.push(...more)
  }
  return line
}

function mirrored(content: Surface, name: string, series: Sight, look: Look, view: PanelView): void {
  const { wallMs } = series
  const columns = content.columns - GUTTER
  const { rows } = content
  const above = Math.ceil(rows / 2)
  const stepMs = Math.max(1000, Math.ceil(view.spanMs / (columns * 2) / 1000) * 1000)
  const directions = [
    {
      key: IN,
      y: 0,
      height: above,
      label: directionLabel(look.glyphs.down, 'in', look),
      labelY: above - 1,
      topY: 0,
      down: false,
    },
    {
      key: OUT,
      y: above,
      height: rows - above,
      label: directionLabel(look.glyphs.up, 'out', look),
      labelY: above,
      topY: rows - 1,
      down: true,
    },
  ]
  for (const { key, y, height, label, labelY, topY, down } of directions) {
    const values = series.window(seriesKey(key, { interface: name }), {
      endMs: wallMs,
      stepMs,
      count: columns * 2,
      by: 'mean',
    })
    const max = niceTop(maximum(values, LEAST_TOP))
    area(content.area(GUTTER, y, columns, height), values, { hue: 'net', max, down: down && !look.glyphs.ascii }, look)
    const top = rate(max)
    content.text(0, labelY, label, TEXT)
    if (topY !== labelY) content.text(0, topY, `${top.figure} ${top.unit}`, DIM, GUTTER - 1)
  }
}

/** Both directions as small charts with their figures, where there is no room for more. */
function drawLines(content: Surface, name: string, series: Sight, look: Look, view: PanelView): void {
  const { glyphs } = look
  const { figures } = series.see((metrics) => ratesOf(metrics, name))
  for (const [y, key, label] of [
    [0, IN, directionLabel(glyphs.down, 'in', look)],
    [1, OUT, directionLabel(glyphs.up, 'out', look)],
  ] as const) {
    if (y >= content.rows) continue
    content.text(0, y, label, TEXT)
    const columns = content.columns - SMALL_GUTTER - 8
    const values = series.window(seriesKey(key, { interface: name }), {
      endMs: series.wallMs,
      stepMs: Math.max(1000, Math.ceil(view.spanMs / Math.max(1, columns) / 1000) * 1000),
      count: Math.max(0, columns),
      by: 'mean',
    })
    sparkline(content, SMALL_GUTTER, y, values, maximum(values, LEAST_TOP), 'net2', look)
    drawRight(content, content.columns, y, [segment(figures[y] ?? glyphs.loading, NET)])
  }
}

function ratesOf(metrics: SeriesView, name: string | undefined): ReturnType<typeof rates> {
  const value = (key: string) =>
    name === undefined ? Number.NaN : (metrics.value(seriesKey(key, { interface: name })) ?? Number.NaN)
  return rates([value(IN), value(OUT)])
}

function headline(metrics: SeriesView, name: string | undefined, look: Look): Segment[] {
  const { figures, unit } = ratesOf(metrics, name)
  if (!look.boxed) return [segment(unit, DIM)]
  return [
    ...rateSegments(figures[0], look.glyphs.down, 'in', look),
    segment('  '),
    ...rateSegments(figures[1], look.glyphs.up, 'out', look),
    segment(` ${unit}`, DIM),
  ]
}

function paint(surface: Surface, data: NetworkData, look: Look, view: PanelView): void {
  const { series, interfaces, fresh } = data
  const { glyphs, boxed } = look
  const content = contentOf(surface, look)
  const name = series.see((metrics, wallMs) => mainInterface({ metrics, interfaces, wallMs }))
  if (series.isFirst) surface.clear()
  series.piece((own) => {
    drawFrame(surface, look, {
      key: '4',
      title: 'Network',
      hue: 'net',
      focused: view.focused,
      ...(name !== undefined && { note: [segment(name, DIM)] }),
      headlines: [own.see((metrics) => headline(metrics, name, look))],
    })
  })
  const last = content.rows - 1
  if (name === undefined) content.text(0, 0, fresh === 'loading' ? glyphs.loading : 'no network interface here', DIM)
  else
    series.piece((own) => {
      const charts = content.area(0, 0, content.columns, last >= 2 ? last : content.rows)
      charts.clear()
      if (boxed && last >= 2) mirrored(charts, name, own, look, view)
      else drawLines(charts, name, own, look, view)
    })
  if (last < 2 || drawStale(content, last, fresh, look)) return
  series.piece((own) => {
    const line = content.area(0, last, content.columns, 1)
    line.clear()
    drawSegments(
      line,
      0,
      0,
      own.see((metrics) => tcpSegments(metrics, line.columns)),
    )
  })
}

/** Traffic of the main interface, TCP of the machine. */
export const network: Panel<NetworkData> = {
  id: 'network',
  key: '4',
  title: 'Network',
  hue: 'net',
  sources: ['network', 'sockets', 'netstat', 'tcp-states'],
  select: (frame: Frame) => {
    const known = freshness(frame, 'network')
    return {
      series: new Sight(shownSeries(frame.metrics, known), frame.wallMs),
      interfaces: frame.interfaces,
      fresh: freshText(known),
    }
  },
  paint,
  charted: true,
  paintFull: paintNetworkFull,
}
