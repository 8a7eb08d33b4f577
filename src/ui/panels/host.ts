import { percent, rate, rates } from '../../lib/units.ts'
import type { Frame } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { drawFrame } from '../paint/frame.ts'
import { gauge } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, quantity, type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
import { severityOf } from './cpu-data.ts'
import { busiest, mountSeverity, mountsByUse, SPACE_LIMIT, usedRatio } from './disks-data.ts'
import { drawStale, freshness, freshText } from './freshness.ts'
import { ofSegments } from './memory-data.ts'
import { IN, mainInterface, OUT } from './network-data.ts'
import type { Panel, PanelView } from './panel.ts'
import { severityToken } from './words.ts'

export interface HostData {
  readonly frame: Frame
  readonly fresh: string
}

const NAME = 8
const GAUGE = 20
const DIM = style('dim')
const TEXT = style('text')

interface Row {
  readonly name: string
  readonly ratio: number | undefined
  readonly hue: Hue
  readonly severity: string
  readonly limit?: number
  readonly right: readonly Segment[]
}

function rowsOf(frame: Frame): Row[] {
  const { metrics } = frame
  const stalled = metrics.value('pressure_cpu_some_ratio')
  return [
    {
      name: 'cpu',
      ratio: metrics.value('cpu_used_ratio'),
      hue: 'cpu',
      severity: severityOf(frame, 'cpu_used_ratio'),
      right:
        stalled === undefined
          ? []
          : [segment('stalled ', DIM), segment(percent(stalled, 1).figure, TEXT), segment(' %', DIM)],
    },
    {
      name: 'memory',
      ratio: metrics.value('memory_used_ratio'),
      hue: 'mem',
      severity: severityOf(frame, 'memory_'),
      right: ofSegments(metrics.value('memory_used_bytes'), metrics.value('memory_total_bytes')),
    },
    ...mountsByUse(frame)
      .slice(0, 2)
      .map(
        ({ mount }): Row => ({
          name: mount,
          ratio: usedRatio(metrics, mount),
          hue: 'disk',
          severity: mountSeverity(frame.alerts, mount),
          limit: SPACE_LIMIT,
          right: ofSegments(
            metrics.last(seriesKey('disk_used_bytes', { mount })),
            metrics.last(seriesKey('disk_total_bytes', { mount })),
          ),
        }),
      ),
  ]
}

function trafficRow(surface: Surface, y: number, frame: Frame, { glyphs }: Look): void {
  const { metrics } = frame
  const name = mainInterface(frame)
  if (name !== undefined) {
    const value = (key: string) => metrics.value(seriesKey(key, { interface: name })) ?? Number.NaN
    const { figures, unit } = rates([value(IN), value(OUT)])
    const figure = (index: number) => segment(figures[index] ?? glyphs.loading, style('net', { bold: true }))
    const [down, up] = glyphs.ascii ? ['in', 'out'] : [glyphs.down, glyphs.up]
    drawSegments(surface, 0, y, [
      segment(`network ${down} `, DIM),
      figure(0),
      segment(` ${up} `, DIM),
      figure(1),
      segment(` ${unit}`, DIM),
    ])
  }
  const device = busiest(frame)
  const write = device === undefined ? undefined : metrics.value(seriesKey('disk_write_bytes_per_second', { device }))
  if (write === undefined) return
  drawRight(surface, surface.columns, y, [
    segment('disk write ', DIM),
    ...quantity(rate(write), style('disk', { bold: true })),
  ])
}

function paint(surface: Surface, { frame, fresh }: HostData, look: Look, view: PanelView): void {
  surface.clear()
  const loads = ['load_1m', 'load_5m', 'load_15m'].map((name) => frame.metrics.value(name))
  const load = loads.every((value) => value !== undefined)
    ? [segment('load ', DIM), segment(loads.map((value) => (value as number).toFixed(2)).join(' '), TEXT)]
    : []
  const { content } = drawFrame(surface, look, { key: '1', title: 'Host', focused: view.focused, headlines: [load] })
  const rows = rowsOf(frame)
  const last = content.rows - 1
  for (const [y, { name, ratio, hue, severity, limit, right }] of rows.slice(0, last).entries()) {
    const tone = severityToken(severity, hue)
    content.fitted(0, y, name, severity === '' ? TEXT : style('bright', { bold: true }), NAME - 1, look.glyphs.ellipsis)
    gauge(content, NAME, y, GAUGE, ratio ?? Number.NaN, { tone, ...(limit !== undefined && { limit }) }, look)
    const share = ratio === undefined || Number.isNaN(ratio) ? look.glyphs.loading : percent(ratio, 0).figure
    drawSegments(content, NAME + GAUGE + 1, y, [
      segment(share.padStart(3), style(tone, { bold: true })),
      segment(' %', DIM),
    ])
    drawRight(content, content.columns, y, right, NAME + GAUGE + 7)
  }
  if (!drawStale(content, last, fresh, look)) trafficRow(content, last, frame, look)
}

/** The whole host in a few gauges, where there is no room for panels. */
export const host: Panel<HostData> = {
  id: 'host',
  key: '1',
  title: 'Host',
  sources: ['cpu', 'memory'],
  select: (frame: Frame) => ({ frame, fresh: freshText(freshness(frame, 'cpu')) }),
  paint,
}
