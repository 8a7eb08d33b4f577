import { textWidth } from '../../lib/text.ts'
import { percent, rate } from '../../lib/units.ts'
import type { Frame, Mount, SeriesView } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { contentOf, drawFrame } from '../paint/frame.ts'
import { gauge } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { maximum, sparkline } from '../paint/sparkline.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { Sight } from '../sight.ts'
import type { Token } from '../theme/tokens.ts'
import { busiest, type DisksData, mountSeverity, mountsByUse, usedRatio } from './disks-data.ts'
import { paintDisksFull } from './disks-full.ts'
import { drawStale, freshness, freshText, isStale } from './freshness.ts'
import { NOTHING_AHEAD } from './limit-times.ts'
import { ofSegments } from './memory-data.ts'
import { mountTimes, SPACE_LIMIT } from './mount-times.ts'
import type { Panel, PanelView } from './panel.ts'
import { severityToken } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
const NAME = style('text')
const NAME_TROUBLE = style('bright', { bold: true })
const MOST_NAME = 14
/** The label of the last column; the shorter one where there is little room. */
const FULL_IN = '95 % full in'
const FULL_IN_SHORT = 'full in'
/** Columns a gauge needs at least beside figures that are not the shortest. */
const LEAST_GAUGE = 12

/** The first mounts there is room for, and the root in any case. */
function withRoot(ordered: readonly Mount[], room: number): readonly Mount[] {
  const shown = ordered.slice(0, room)
  const root = ordered.find(({ mount }) => mount === '/')
  return root === undefined || shown.includes(root) ? shown : [...shown.slice(0, -1), root]
}

/** Columns of the figures at the right end of a mount's row, each with the empty ones left of it; 0 where there is no room. */
interface MountColumns {
  readonly size: number
  readonly growth: number
  readonly time: number
}

const SHARE = 6
const TIME = 11
/** From most to least: growth goes first, then the size (look: "Rows and columns"). */
const MOUNT_COLUMNS: readonly MountColumns[] = [
  { size: 18, growth: 12, time: TIME },
  { size: 18, growth: 0, time: TIME },
  { size: 0, growth: 0, time: TIME },
]

/** The columns that leave a gauge room in so many; the same for all rows. */
function mountColumns(available: number): MountColumns {
  const fits = ({ size, growth, time }: MountColumns) => available - SHARE - size - growth - time >= LEAST_GAUGE
  return MOUNT_COLUMNS.find(fits) ?? { size: 0, growth: 0, time: TIME }
}

/** What a row of a mount shows. */
interface MountRow {
  readonly mount: string
  readonly trouble: boolean
  readonly tone: Token
  /** In thousandths: no gauge shows more. */
  readonly used: number
  /** Where the forecast ends, in thousandths, too. */
  readonly end: number | undefined
  readonly share: readonly Segment[]
  /** The other figures, right of it. */
  readonly figures: readonly Segment[]
}

function rowOf(
  mount: Mount,
  metrics: SeriesView,
  wallMs: number,
  { alerts, forecasts }: Pick<DisksData, 'alerts' | 'forecasts'>,
  columns: MountColumns,
  look: Look,
): MountRow {
  const ratio = usedRatio(metrics, mount.mount)
  const severity = mountSeverity({ alerts, forecasts }, mount.mount)
  const tone = mount.answering ? severityToken(severity, 'disk') : 'unknown'
  const total = metrics.last(seriesKey('disk_total_bytes', { mount: mount.mount }))
  const size = ofSegments(metrics.last(seriesKey('disk_used_bytes', { mount: mount.mount })), total)
  const share: Segment[] = Number.isNaN(ratio)
    ? [segment(' '.repeat(SHARE))]
    : [
        segment(` ${percent(ratio, 0).figure.padStart(3)}`, severity === '' ? TEXT : style(tone, { bold: true })),
        segment(' %', DIM),
      ]
  const { end, note, time, growth } = mountTimes(mount, ratio, forecasts, wallMs, look)
  const cells = { size, growth: growth(total), time }
  return {
    mount: mount.mount,
    trouble: severity !== '',
    tone,
    used: Math.round(ratio * 1000),
    end: end === undefined ? undefined : Math.round(end * 1000),
    share,
    figures: note.length > 0 ? noted(size, note, columns) : figured(cells, columns),
  }
}

/** Segments at the right end of so many columns. */
function rightIn(segments: readonly Segment[], columns: number): Segment[] {
  return [segment(' '.repeat(Math.max(0, columns - segmentsWidth(segments)))), ...segments]
}

function figured(cells: Readonly<Record<keyof MountColumns, readonly Segment[]>>, columns: MountColumns): Segment[] {
  return (['size', 'growth', 'time'] as const).flatMap((id) =>
    columns[id] === 0 ? [] : rightIn(cells[id], columns[id]),
  )
}

/** A note takes the place of growth and time; of the size, too, where they are too narrow, and of the gauge's end last. */
function noted(size: readonly Segment[], note: readonly Segment[], columns: MountColumns): Segment[] {
  const least = segmentsWidth(note) + 2
  const narrow = columns.growth + columns.time
  if (columns.size > 0 && least <= narrow) return [...rightIn(size, columns.size), ...rightIn(note, narrow)]
  return rightIn(note, Math.max(least, columns.size + narrow))
}

function drawMount(surface: Surface, y: number, row: MountRow, nameColumns: number, look: Look): void {
  const { mount, trouble, tone, used, end, share, figures } = row
  surface.fitted(0, y, mount, trouble ? NAME_TROUBLE : NAME, nameColumns, look.glyphs.ellipsis)
  const right = (shown: readonly Segment[]) => drawRight(surface, surface.columns, y, shown, nameColumns + 4)
  const x = right([...share, ...figures]) ?? right(figures) ?? right(share) ?? surface.columns
  const left = nameColumns + 1
  const soon = end === undefined ? undefined : end / 1000
  gauge(surface, left, y, x - left, used / 1000, { tone, limit: SPACE_LIMIT, soon }, look)
}

interface DeviceRow {
  /** Which of its two ways the chart shows: the one with more traffic. */
  readonly series: string
  readonly figures: readonly (readonly Segment[])[]
}

function deviceOf(device: string, metrics: SeriesView): DeviceRow {
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
  const name = writes ? 'disk_write_bytes_per_second' : 'disk_read_bytes_per_second'
  return { series: seriesKey(name, { device }), figures: [long, shown] }
}

function drawDevice(surface: Surface, y: number, device: string, nameColumns: number, sight: Sight, look: Look): void {
  const { series, figures } = sight.see((metrics) => deviceOf(device, metrics))
  surface.fitted(0, y, device, DIM, nameColumns, look.glyphs.ellipsis)
  const left = nameColumns + 1
  const room = surface.columns - left
  const right = figures.find((candidate) => room - segmentsWidth(candidate) >= 8) ?? figures.at(-1) ?? []
  const x = drawRight(surface, surface.columns, y, right, left)
  const columns = (x ?? surface.columns) - left
  if (columns < 4) return
  const values = sight.window(series, { endMs: sight.wallMs, stepMs: 10_000, count: columns, by: 'mean' })
  sparkline(surface, left, y, values, maximum(values), 'disk2', look)
}

function writeHeadline(device: string | undefined, metrics: SeriesView): Segment[] {
  const write = device === undefined ? undefined : metrics.value(seriesKey('disk_write_bytes_per_second', { device }))
  if (write === undefined) return []
  const { figure, unit } = rate(write)
  return [segment('write ', DIM), segment(figure.padStart(4), style('disk', { bold: true })), segment(` ${unit}`, DIM)]
}

/** What is written where no row says it, and the label of the last column. */
function headlines({ mounts }: DisksData, write: readonly Segment[]): (readonly Segment[])[] {
  if (mounts.length === 0) return [write]
  const labels = [[segment(FULL_IN, DIM)], [segment(FULL_IN_SHORT, DIM)]]
  return write.length === 0 ? labels : [...labels.map((label) => [...write, segment('  '), ...label]), ...labels]
}

function paint(surface: Surface, data: DisksData, look: Look, view: PanelView): void {
  const { series, mounts, devices, fresh, forecasts } = data
  const { boxed } = look
  const content = contentOf(surface, look)
  const device = series.see((metrics, wallMs) => busiest({ metrics, devices, wallMs }))
  const withDevice = boxed && device !== undefined
  const room = Math.max(1, content.rows - (withDevice ? 1 : 0))
  const shown = series.see((metrics) =>
    withRoot(mountsByUse({ metrics, mounts, forecasts }), room).map(({ mount }) => mount),
  )
  const names = [...shown.map(textWidth), withDevice ? textWidth(device) : 0]
  const nameColumns = Math.min(MOST_NAME, Math.max(5, ...names))
  const columns = mountColumns(content.columns - nameColumns - 1)
  if (series.isFirst) surface.clear()
  series.piece((own) => {
    drawFrame(surface, look, {
      key: '3',
      title: 'Disks',
      hue: 'disk',
      focused: view.focused,
      headlines: headlines(data, boxed ? [] : own.see((metrics) => writeHeadline(device, metrics))),
    })
  })
  const last = content.rows - 1
  const stale = isStale(fresh)
  series.piece((own) => {
    const lines = content.area(0, 0, content.columns, Math.min(room, stale ? last : content.rows))
    lines.clear()
    const rows = own.see((metrics, wallMs) =>
      withRoot(mountsByUse({ metrics, mounts, forecasts }), room).map((mount) =>
        rowOf(mount, metrics, wallMs, data, columns, look),
      ),
    )
    for (const [index, row] of rows.entries()) drawMount(lines, index, row, nameColumns, look)
    if (rows.length === 0)
      lines.text(0, 0, fresh === 'loading' ? look.glyphs.loading : 'no file system of its own is mounted here', DIM)
  })
  if (drawStale(content, last, fresh, look) || !withDevice) return
  series.piece((own) => {
    const line = content.area(0, last, content.columns, 1)
    line.clear()
    drawDevice(line, 0, device, nameColumns, own, look)
  })
}

/** Room on file systems, traffic of devices. */
export const disks: Panel<DisksData> = {
  id: 'disks',
  key: '3',
  title: 'Disks',
  hue: 'disk',
  sources: ['space', 'diskio'],
  list: true,
  select: (frame: Frame) => {
    const { mounts, devices, alerts, forecasts } = frame
    const known = freshness(frame, 'space', 10_000)
    return {
      series: new Sight(frame.metrics, frame.wallMs),
      mounts,
      devices,
      fresh: freshText(known),
      alerts,
      forecasts: known.state === 'stale' ? NOTHING_AHEAD : forecasts,
    }
  },
  paint,
  charted: true,
  paintFull: paintDisksFull,
  rows: ({ mounts }, surface, _look, view) => ({
    total: view.full ? mounts.length : 0,
    visible: Math.max(1, surface.rows - 24),
  }),
}
