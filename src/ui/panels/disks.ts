import { textWidth } from '../../lib/text.ts'
import { percent, rate, span } from '../../lib/units.ts'
import type { Frame, Mount } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { drawFrame } from '../paint/frame.ts'
import { gauge } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { maximum, sparkline } from '../paint/sparkline.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { busiest, type DisksData, mountSeverity, mountsByUse, SPACE_LIMIT, usedRatio } from './disks-data.ts'
import { paintDisksFull } from './disks-full.ts'
import { drawStale, freshness, freshText } from './freshness.ts'
import { ofSegments } from './memory-data.ts'
import type { Panel, PanelView } from './panel.ts'
import { severityToken } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const NAME = style('text')
const NAME_TROUBLE = style('bright', { bold: true })
const UNKNOWN = style('unknown')
const MOST_NAME = 14

/** The first mounts there is room for, and the root in any case. */
function withRoot(ordered: readonly Mount[], room: number): readonly Mount[] {
  const shown = ordered.slice(0, room)
  const root = ordered.find(({ mount }) => mount === '/')
  return root === undefined || shown.includes(root) ? shown : [...shown.slice(0, -1), root]
}

function mountRow(surface: Surface, y: number, mount: Mount, nameColumns: number, data: DisksData, look: Look): void {
  const { metrics, alerts, wallMs } = data
  const ratio = usedRatio(metrics, mount.mount)
  const severity = mountSeverity(alerts, mount.mount)
  const tone = mount.answering ? severityToken(severity, 'disk') : 'unknown'
  surface.fitted(0, y, mount.mount, severity === '' ? NAME : NAME_TROUBLE, nameColumns, look.glyphs.ellipsis)
  const amount = ofSegments(
    metrics.last(seriesKey('disk_used_bytes', { mount: mount.mount })),
    metrics.last(seriesKey('disk_total_bytes', { mount: mount.mount })),
  )
  const silent: Segment[] = mount.answering
    ? []
    : [segment(`  ${look.glyphs.unknown} no answer ${span((wallMs - mount.answeredMs) / 1000)}`, UNKNOWN)]
  const share = Number.isNaN(ratio)
    ? []
    : [
        segment(` ${percent(ratio, 0).figure.padStart(3)}`, severity === '' ? TEXT : style(tone, { bold: true })),
        segment(' %', DIM),
      ]
  const wide: Segment[] = [...share, segment(' '.repeat(Math.max(1, 18 - segmentsWidth(amount)))), ...amount, ...silent]
  const room = surface.columns - nameColumns - 1
  const right = room - segmentsWidth(wide) >= 12 ? wide : [...share, ...silent]
  const x = drawRight(surface, surface.columns, y, right, nameColumns + 4)
  gauge(
    surface,
    nameColumns + 1,
    y,
    (x ?? surface.columns) - nameColumns - 1,
    ratio,
    { tone, limit: SPACE_LIMIT },
    look,
  )
}

function deviceRow(
  surface: Surface,
  y: number,
  device: string,
  nameColumns: number,
  { metrics, wallMs }: DisksData,
  look: Look,
): void {
  const value = (name: string) => metrics.value(seriesKey(name, { device }))
  const write = value('disk_write_bytes_per_second') ?? 0
  const read = value('disk_read_bytes_per_second') ?? 0
  const writes = write >= read
  const traffic = rate(Math.max(write, read))
  const busy = value('disk_busy_ratio')
  const stalled = metrics.value('pressure_io_some_ratio')
  const shown: Segment[] = [
    segment(` ${writes ? 'write' : 'read '} `, DIM),
    segment(traffic.figure.padStart(4), style('disk', { bold: true })),
    segment(` ${traffic.unit}`, DIM),
    ...(busy === undefined
      ? []
      : [segment('  busy ', DIM), segment(percent(busy, 0).figure.padStart(3), TEXT), segment(' %', DIM)]),
  ]
  const long =
    stalled === undefined
      ? shown
      : [
          ...shown,
          segment('  stalled ', DIM),
          segment(percent(stalled, 1).figure.padStart(4), TEXT),
          segment(' %', DIM),
        ]
  surface.fitted(0, y, device, DIM, nameColumns, look.glyphs.ellipsis)
  const room = surface.columns - nameColumns - 1
  const right = room - segmentsWidth(long) >= 8 ? long : shown
  const x = drawRight(surface, surface.columns, y, right, nameColumns + 1)
  const columns = (x ?? surface.columns) - nameColumns - 1
  if (columns < 4) return
  const name = writes ? 'disk_write_bytes_per_second' : 'disk_read_bytes_per_second'
  const values = metrics.window(seriesKey(name, { device }), {
    endMs: wallMs,
    stepMs: 10_000,
    count: columns,
    by: 'mean',
  })
  sparkline(surface, nameColumns + 1, y, values, maximum(values), 'disk2', look)
}

function writeHeadline(data: DisksData): Segment[] {
  const device = busiest(data)
  if (device === undefined) return []
  const write = data.metrics.value(seriesKey('disk_write_bytes_per_second', { device }))
  if (write === undefined) return []
  const { figure, unit } = rate(write)
  return [segment('write ', DIM), segment(figure.padStart(4), style('disk', { bold: true })), segment(` ${unit}`, DIM)]
}

function paint(surface: Surface, data: DisksData, look: Look, view: PanelView): void {
  surface.clear()
  const ordered = mountsByUse(data)
  const { content } = drawFrame(surface, look, {
    key: '3',
    title: 'Disks',
    hue: 'disk',
    focused: view.focused,
    headlines: look.boxed
      ? [data.fresh === 'loading' ? [] : [segment(`${data.mounts.length} mounted`, DIM)]]
      : [writeHeadline(data)],
  })
  const device = busiest(data)
  const room = Math.max(1, content.rows - (look.boxed && device !== undefined ? 1 : 0))
  const shown = withRoot(ordered, room)
  const names = [...shown.map(({ mount }) => textWidth(mount)), look.boxed ? (device ?? '').length : 0]
  const nameColumns = Math.min(MOST_NAME, Math.max(5, ...names))
  for (const [index, mount] of shown.entries()) mountRow(content, index, mount, nameColumns, data, look)
  if (shown.length === 0)
    content.text(
      0,
      0,
      data.fresh === 'loading' ? look.glyphs.loading : 'no file system of its own is mounted here',
      DIM,
    )
  if (look.boxed && device !== undefined) deviceRow(content, content.rows - 1, device, nameColumns, data, look)
  drawStale(content, content.rows - 1, data.fresh, look)
}

/** Room on file systems, traffic of devices. */
export const disks: Panel<DisksData> = {
  id: 'disks',
  key: '3',
  title: 'Disks',
  hue: 'disk',
  sources: ['space', 'diskio'],
  list: true,
  select: (frame: Frame) => ({
    metrics: frame.metrics,
    mounts: frame.mounts,
    devices: frame.devices,
    tick: frame.tick,
    wallMs: frame.wallMs,
    fresh: freshText(freshness(frame, 'space', 10_000)),
    alerts: frame.alerts,
  }),
  paint,
  paintFull: paintDisksFull,
  rows: ({ mounts }, surface, _look, view) => ({
    total: view.full ? mounts.length : 0,
    visible: Math.max(1, surface.rows - 24),
  }),
}
