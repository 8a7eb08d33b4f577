import { percent, rate, rates } from '../../lib/units.ts'
import type { Frame, Mount, SeriesView } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { drawFrame } from '../paint/frame.ts'
import { gauge, shownRatio } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, drawSegments, quantity, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { Sight } from '../sight.ts'
import type { Hue } from '../theme/tokens.ts'
import { severityOf } from './cpu-data.ts'
import { busiest, mountSeverity, mountsByUse, usedRatio } from './disks-data.ts'
import { drawStale, freshness, freshText } from './freshness.ts'
import { findLimit, forecastEnd, NOTHING_AHEAD, untilSegments } from './limit-times.ts'
import { MEMORY_LIMIT, MEMORY_SERIES, ofSegments } from './memory-data.ts'
import { mountTimes, SPACE_LIMIT } from './mount-times.ts'
import { IN, mainInterface, OUT } from './network-data.ts'
import type { Panel, PanelView } from './panel.ts'
import { smallWarnings } from './small-warnings.ts'
import { severityToken } from './words.ts'

export interface HostData {
  readonly series: Sight
  readonly mounts: Frame['mounts']
  readonly alerts: Frame['alerts']
  readonly forecasts: Frame['forecasts']
  readonly devices: Frame['devices']
  readonly interfaces: Frame['interfaces']
  readonly fresh: string
}

const NAME = 8
const GAUGE = 20
const DIM = style('dim')
const TEXT = style('text')

interface Row {
  readonly name: string
  /** As its gauge shows it. */
  readonly used: number
  readonly share: string | undefined
  readonly hue: Hue
  readonly severity: string
  /** What it shows is the last that was known. */
  readonly old?: boolean
  readonly limit?: number
  /** Where its forecast ends. */
  readonly soon?: number | undefined
  readonly right: readonly Segment[]
}

type Seen = Pick<Frame, 'metrics' | 'mounts' | 'alerts' | 'forecasts' | 'wallMs'>

function rowOf(ratio: number | undefined, row: Omit<Row, 'used' | 'share'>): Row {
  const known = ratio !== undefined && !Number.isNaN(ratio)
  return {
    ...row,
    used: shownRatio(known ? ratio : Number.NaN, GAUGE),
    share: known ? percent(ratio, 0).figure : undefined,
  }
}

/** Columns right of the share of a gauge. */
const RIGHT = 23

/** How much is used; in its place, while it heads for its limit, when it will be there. Ranges are told where there is more room. */
function rightOf(until: readonly (readonly Segment[])[], amount: readonly Segment[]): readonly Segment[] {
  return [...until.slice(-1), amount].find((candidate) => segmentsWidth(candidate) <= RIGHT) ?? []
}

function rowsOf(seen: Seen, look: Look): Row[] {
  const { metrics, alerts, forecasts } = seen
  const stalled = metrics.value('pressure_cpu_some_ratio')
  const memory = metrics.value(MEMORY_SERIES)
  const memoryLimit = findLimit(forecasts, MEMORY_SERIES, MEMORY_LIMIT)
  return [
    rowOf(metrics.value('cpu_used_ratio'), {
      name: 'cpu',
      hue: 'cpu',
      severity: severityOf({ alerts }, 'cpu_used_ratio'),
      right:
        stalled === undefined
          ? []
          : [segment('stalled ', DIM), segment(percent(stalled, 1).figure, TEXT), segment(' %', DIM)],
    }),
    rowOf(memory, {
      name: 'memory',
      hue: 'mem',
      severity: severityOf({ alerts }, 'memory_') || (memoryLimit?.severity ?? ''),
      soon: memory === undefined ? undefined : forecastEnd(forecasts, MEMORY_SERIES, memory),
      right: rightOf(
        untilSegments(memoryLimit, look),
        ofSegments(metrics.value('memory_used_bytes'), metrics.value('memory_total_bytes')),
      ),
    }),
    ...mountsByUse(seen)
      .slice(0, 2)
      .map((mount) => mountRow(mount, seen, look)),
  ]
}

function mountRow(mount: Mount, seen: Seen, look: Look): Row {
  const { metrics, forecasts, wallMs } = seen
  const used = usedRatio(metrics, mount.mount)
  const { space, end, note } = mountTimes(mount, used, forecasts, wallMs, look)
  const last = (name: string) => metrics.last(seriesKey(name, { mount: mount.mount }))
  return rowOf(used, {
    name: mount.mount,
    hue: 'disk',
    severity: mountSeverity(seen, mount.mount),
    old: !mount.answering,
    limit: SPACE_LIMIT,
    soon: end,
    right: rightOf(
      note.length > 0 ? [note] : untilSegments(space, look),
      ofSegments(last('disk_used_bytes'), last('disk_total_bytes')),
    ),
  })
}

/** Traffic of the main interface, and what the busiest disk writes. */
function trafficOf(frame: Pick<Frame, 'metrics' | 'devices' | 'interfaces' | 'wallMs'>, { glyphs }: Look): Segment[][] {
  const { metrics } = frame
  const name = mainInterface(frame)
  const left: Segment[] = []
  if (name !== undefined) {
    const value = (key: string) => metrics.value(seriesKey(key, { interface: name })) ?? Number.NaN
    const { figures, unit } = rates([value(IN), value(OUT)])
    const figure = (index: number) => segment(figures[index] ?? glyphs.loading, style('net', { bold: true }))
    const [down, up] = glyphs.ascii ? ['in', 'out'] : [glyphs.down, glyphs.up]
    left.push(segment(`network ${down} `, DIM), figure(0), segment(` ${up} `, DIM), figure(1), segment(` ${unit}`, DIM))
  }
  const device = busiest(frame)
  const write = device === undefined ? undefined : metrics.value(seriesKey('disk_write_bytes_per_second', { device }))
  const right =
    write === undefined ? [] : [segment('disk write ', DIM), ...quantity(rate(write), style('disk', { bold: true }))]
  return [left, right]
}

function headlines(metrics: SeriesView, alerts: Frame['alerts'], look: Look): Segment[][] {
  const loads = ['load_1m', 'load_5m', 'load_15m'].flatMap((name) => metrics.value(name) ?? [])
  const load =
    loads.length === 3 ? [segment('load ', DIM), segment(loads.map((value) => value.toFixed(2)).join(' '), TEXT)] : []
  const warnings = smallWarnings(metrics, severityOf({ alerts }, 'cpu_temperature_celsius'), look)
  return warnings.length === 0 ? [load] : [[...warnings, segment('   '), ...load], warnings]
}

function paint(surface: Surface, data: HostData, look: Look, view: PanelView): void {
  surface.clear()
  const { series, mounts, alerts, forecasts, devices, interfaces, fresh } = data
  const { content } = drawFrame(surface, look, {
    key: '1',
    title: 'Host',
    focused: view.focused,
    headlines: series.see((metrics) => headlines(metrics, alerts, look)),
  })
  const rows = series.see((metrics, wallMs) =>
    rowsOf({ metrics, mounts, alerts, forecasts, wallMs }, look).slice(0, Math.max(0, content.rows - 1)),
  )
  // In full there is room below: what belongs together stays together.
  const last = view.full ? rows.length : content.rows - 1
  for (const [y, { name, used, share, hue, severity, old, limit, soon, right }] of rows.entries()) {
    const tone = old === true ? 'unknown' : severityToken(severity, hue)
    content.fitted(0, y, name, severity === '' ? TEXT : style('bright', { bold: true }), NAME - 1, look.glyphs.ellipsis)
    gauge(content, NAME, y, GAUGE, used, { tone, soon, ...(limit !== undefined && { limit }) }, look)
    drawSegments(content, NAME + GAUGE + 1, y, [
      segment((share ?? look.glyphs.loading).padStart(3), style(tone, { bold: true })),
      segment(' %', DIM),
    ])
    drawRight(content, content.columns, y, right, NAME + GAUGE + 7)
  }
  if (drawStale(content, last, fresh, look)) return
  const [left = [], right = []] = series.see((metrics, wallMs) =>
    trafficOf({ metrics, devices, interfaces, wallMs }, look),
  )
  drawSegments(content, 0, last, left)
  drawRight(content, content.columns, last, right)
}

/** The whole host in a few gauges, where there is no room for panels. */
export const host: Panel<HostData> = {
  id: 'host',
  key: '1',
  title: 'Host',
  sources: ['cpu', 'memory'],
  select: (frame: Frame) => {
    const { mounts, alerts, forecasts, devices, interfaces } = frame
    const known = freshness(frame, 'cpu')
    return {
      series: new Sight(frame.metrics, frame.wallMs),
      mounts,
      alerts,
      forecasts: known.state === 'stale' ? NOTHING_AHEAD : forecasts,
      devices,
      interfaces,
      fresh: freshText(known),
    }
  },
  paint,
}
