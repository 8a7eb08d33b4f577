import { count, percent, rate, rates } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { area } from '../paint/braille.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { niceTop } from '../paint/scale.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { maximum, sparkline } from '../paint/sparkline.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
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

/** `↓ 8.4`, and `in` for an arrow where there is none. */
function rateSegments(figure: string | undefined, mark: string, word: string, { glyphs }: Look): Segment[] {
  return [segment(`${glyphs.ascii ? word : mark} `, DIM), segment((figure ?? glyphs.loading).padStart(5), NET)]
}

function tcpSegments(metrics: SeriesView, columns: number): Segment[] {
  const value = (name: string) => metrics.value(name)
  const sockets = value('tcp_sockets')
  const waiting = value('tcp_waiting_sockets')
  const resent = value('tcp_resent_ratio')
  const dropped = metrics.keys('network_dropped_per_second').map((key) => metrics.value(key) ?? 0)
  const parts: Segment[][] = [
    pair('tcp', sockets === undefined ? undefined : count(sockets), 3),
    pair('waiting', waiting === undefined ? undefined : count(waiting), 2),
    resent === undefined ? [] : [...pair('resent', percent(resent, 1).figure, 3), segment(' %', DIM)],
    dropped.length === 0 ? [] : pair('dropped', count(dropped.reduce((sum, one) => sum + one, 0)), 1),
  ].filter((part) => part.length > 0)
  const line: Segment[] = []
  for (const part of parts) {
    const more = line.length === 0 ? part : [segment('  '), ...part]
    if (segmentsWidth(line) + segmentsWidth(more) > columns) break
    line.push(...more)
  }
  return line
}

function mirrored(content: Surface, name: string, data: NetworkData, look: Look, view: PanelView): void {
  const { metrics, wallMs } = data
  const columns = content.columns - GUTTER
  const rows = content.rows - 1
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
    const values = metrics.window(seriesKey(key, { interface: name }), {
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

function paint(surface: Surface, data: NetworkData, look: Look, view: PanelView): void {
  surface.clear()
  const { metrics, wallMs, fresh } = data
  const name = mainInterface(data)
  const value = (key: string) => (name === undefined ? undefined : metrics.value(seriesKey(key, { interface: name })))
  const { glyphs, boxed } = look
  const { figures, unit } = rates([value(IN) ?? Number.NaN, value(OUT) ?? Number.NaN])
  const { content } = drawFrame(surface, look, {
    key: '4',
    title: 'Network',
    hue: 'net',
    focused: view.focused,
    ...(name !== undefined && { note: [segment(name, DIM)] }),
    headlines: boxed
      ? [
          [
            ...rateSegments(figures[0], glyphs.down, 'in', look),
            segment('  '),
            ...rateSegments(figures[1], glyphs.up, 'out', look),
            segment(` ${unit}`, DIM),
          ],
        ]
      : [[segment(unit, DIM)]],
  })
  const last = content.rows - 1
  if (name === undefined) content.text(0, 0, fresh === 'loading' ? glyphs.loading : 'no network interface here', DIM)
  else if (boxed && last >= 2) mirrored(content, name, data, look, view)
  else {
    for (const [y, key, label] of [
      [0, IN, directionLabel(glyphs.down, 'in', look)],
      [1, OUT, directionLabel(glyphs.up, 'out', look)],
    ] as const) {
      if (y > last) continue
      content.text(0, y, label, TEXT)
      const columns = content.columns - SMALL_GUTTER - 8
      const values = metrics.window(seriesKey(key, { interface: name }), {
        endMs: wallMs,
        stepMs: Math.max(1000, Math.ceil(view.spanMs / Math.max(1, columns) / 1000) * 1000),
        count: Math.max(0, columns),
        by: 'mean',
      })
      sparkline(content, SMALL_GUTTER, y, values, maximum(values, LEAST_TOP), 'net2', look)
      drawRight(content, content.columns, y, [segment(figures[y] ?? glyphs.loading, NET)])
    }
  }
  if (last >= 2 && !drawStale(content, last, fresh, look))
    drawSegments(content, 0, last, tcpSegments(metrics, content.columns))
}

/** Traffic of the main interface, TCP of the machine. */
export const network: Panel<NetworkData> = {
  id: 'network',
  key: '4',
  title: 'Network',
  hue: 'net',
  sources: ['network'],
  select: (frame: Frame) => {
    const known = freshness(frame, 'network')
    return {
      metrics: shownSeries(frame.metrics, known),
      interfaces: frame.interfaces,
      tick: frame.tick,
      wallMs: frame.wallMs,
      fresh: freshText(known),
    }
  },
  paint,
  paintFull: paintNetworkFull,
}
