import { bytes, percent } from '../../lib/units.ts'
import type { Mount } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { drawFrame } from '../paint/frame.ts'
import { gauge } from '../paint/gauge.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import {
  type Cell,
  type Column,
  drawCells,
  drawLabels,
  drawSelection,
  layoutColumns,
  type Placed,
  zeroCell,
} from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { crossingOf } from './chart-crossing.ts'
import { paintDevices } from './devices-full.ts'
import { type DisksData, EVER_S, mountSeverity, mountsByUse, usedRatio } from './disks-data.ts'
import { drawStale } from './freshness.ts'
import { type Figures, fittingHeadline } from './headline.ts'
import { largeChart } from './large-chart.ts'
import { clockSegments, untilSegments } from './limit-times.ts'
import { ofSegments } from './memory-data.ts'
import { type MountTimes, mountTimes, SPACE_LIMIT, spaceForecast } from './mount-times.ts'
import type { PanelView } from './panel.ts'
import { headFigure, severityToken } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
/** Rows of the tables at the most, their heading and frame included. */
const MOST_DEVICES = 8
const MOUNTS = 10

type MountColumn = 'mount' | 'type' | 'device' | 'bar' | 'used' | 'free' | 'size' | 'inodes' | 'growth' | 'in' | 'at'
const MOUNT_COLUMNS: readonly Column<MountColumn>[] = [
  { id: 'mount', label: 'MOUNT', width: 12, most: 28, priority: 9 },
  { id: 'type', label: 'TYPE', width: 7, priority: 1 },
  { id: 'device', label: 'DEVICE', width: 12, priority: 3 },
  { id: 'bar', label: '', width: 12, most: 40, priority: 6 },
  { id: 'used', label: 'USED', width: 6, align: 'right', priority: 8 },
  { id: 'free', label: 'FREE', width: 9, align: 'right', priority: 7 },
  { id: 'size', label: 'SIZE', width: 9, align: 'right', priority: 5 },
  { id: 'inodes', label: 'INODES', width: 6, align: 'right', priority: 3 },
  { id: 'growth', label: 'GROWTH/H', width: 8, align: 'right', priority: 2 },
  { id: 'in', label: '95 % IN', width: 9, align: 'right', priority: 10 },
  { id: 'at', label: 'AT', width: 6, priority: 4 },
]

/** Disks in full: the selected mount over time, every mount, every device. */
export function paintDisksFull(surface: Surface, data: DisksData, look: Look, view: PanelView): void {
  surface.clear()
  const metrics = data.series.all()
  const { wallMs } = data.series
  const mounts = mountsByUse({ metrics, mounts: data.mounts, forecasts: data.forecasts }, EVER_S)
  const selected = mounts[Math.min(view.selected, mounts.length - 1)]
  const small = surface.rows < 28
  const frame = look.boxed ? 3 : 2
  const wanted = data.devices.length === 0 ? 0 : data.devices.length + frame
  const half = Math.floor(surface.rows / 2)
  // On a small screen devices get what the mounts leave of the lower half.
  const spare = half - mounts.length - frame
  const devices = small ? (spare > frame ? Math.min(wanted, spare) : 0) : Math.min(MOST_DEVICES, wanted)
  const table = Math.min(small ? half - devices : MOUNTS, surface.rows - devices - 4)
  if (selected) {
    const { mount, type, device } = selected
    const note = [
      segment(mount, style('bright', { bold: true })),
      segment(`  ${type} on ${device.replace(/^\/dev\//, '')}`, DIM),
    ]
    const chart = {
      key: '3',
      title: 'Disks',
      hue: 'disk',
      headline: fittingHeadline(headlines(selected, data, look), { columns: surface.columns, title: 'Disks', note }),
      note,
      metrics,
      series: seriesKey('disk_used_ratio', { mount }),
      wallMs,
      max: 1,
      limit: SPACE_LIMIT,
      crossing: crossingOf(spaceForecast(data.forecasts, mount), wallMs),
      label: (value: number) => `${Math.round(value * 100)} %`,
    } as const
    largeChart(surface.area(0, 0, surface.columns, surface.rows - table - devices), chart, look, view, view.focused)
  }
  paintMounts(surface.area(0, surface.rows - table - devices, surface.columns, table), mounts, data, look, view)
  if (devices > 0) paintDevices(surface.area(0, surface.rows - devices, surface.columns, devices), data, look)
}

/** What stands beside the title: the limit with its time, then how much is used; as much of it as there is room for. */
function headlines(selected: Mount, data: DisksData, look: Look): Figures[] {
  const metrics = data.series.all()
  const { mount } = selected
  const ratio = usedRatio(metrics, mount)
  const total = metrics.last(seriesKey('disk_total_bytes', { mount }))
  const size = ofSegments(metrics.last(seriesKey('disk_used_bytes', { mount })), total)
  const { space, growth } = mountTimes(selected, ratio, data.forecasts, data.series.wallMs, look)
  const share = headFigure(ratio, 'disk', mountSeverity(data, mount), look)
  const [long = [], short = []] = untilSegments(space, look)
  return [
    [long, size, share, growth(total)],
    [short, size, share, growth(total)],
    [short, size, share],
    [short, share],
    [share],
  ]
}

function paintMounts(surface: Surface, mounts: readonly Mount[], data: DisksData, look: Look, view: PanelView): void {
  const { content } = drawFrame(surface, look, {
    key: '',
    title: 'Mounts',
    focused: false,
    headlines: [[segment('sort ', DIM), segment('full in', style('accent'))]],
  })
  const placed = layoutColumns(MOUNT_COLUMNS, content.columns)
  drawLabels(content, 0, placed, look)
  const visible = content.rows - 1
  const selected = Math.min(view.selected, mounts.length - 1)
  const first = Math.max(0, Math.min(view.offset, selected), selected - visible + 1)
  for (const [index, mount] of mounts.slice(first, first + visible).entries()) {
    drawMountRow(content, index + 1, mount, placed, data, look)
    if (first + index === selected) drawSelection(surface, index + 2, look)
  }
  drawStale(content, content.rows - 1, data.fresh, look)
}

/** A row of the table. What is said in place of times stands at its right end; cells that it would run into are empty. */
function drawMountRow(
  content: Surface,
  y: number,
  mount: Mount,
  placed: readonly Placed<MountColumn>[],
  data: DisksData,
  look: Look,
): void {
  const { series, forecasts } = data
  const times = mountTimes(mount, usedRatio(series.all(), mount.mount), forecasts, series.wallMs, look)
  const end = Math.max(...placed.map(({ x, width }) => x + width))
  const free = times.note.length === 0 ? end : end - segmentsWidth(times.note) - 1
  const room = placed.filter(({ x, width }) => x + width <= free)
  drawCells(content, y, room, look, (column) => mountCell(column, mount, times, data, look))
  drawRight(content, end, y, times.note)
}

function mountCell(
  id: MountColumn,
  mount: Mount,
  { space, end, time, note, growth }: MountTimes,
  data: DisksData,
  look: Look,
): Cell {
  const metrics = data.series.all()
  const last = (name: string) => metrics.last(seriesKey(name, { mount: mount.mount }))
  const severity = mountSeverity(data, mount.mount)
  const tone = mount.answering ? severityToken(severity, 'disk') : 'unknown'
  const amount = (value: number | undefined): Segment[] => {
    if (value === undefined) return []
    const { figure, unit } = bytes(value)
    return [segment(figure, TEXT), segment(` ${unit}`, DIM)]
  }
  const share = (value: number | undefined, packed: number): Segment[] =>
    value === undefined ? [] : [segment(percent(value, 0).figure, packed), segment(' %', DIM)]
  switch (id) {
    case 'mount':
      return [segment(mount.mount, style('bright', { bold: severity !== '' }))]
    case 'type':
      return [segment(mount.type, DIM)]
    case 'device':
      return [segment(mount.type === 'tmpfs' ? 'memory' : mount.device.replace(/^\/dev\//, ''), DIM)]
    case 'bar':
      return (surface, x, y, width) =>
        gauge(
          surface,
          x,
          y,
          width,
          last('disk_used_ratio') ?? Number.NaN,
          { tone, limit: SPACE_LIMIT, soon: end },
          look,
        )
    case 'used':
      return share(last('disk_used_ratio'), severity === '' ? TEXT : style(tone, { bold: true }))
    case 'free':
      return amount(last('disk_available_bytes'))
    case 'size':
      return amount(last('disk_total_bytes'))
    case 'inodes':
      return share(last('disk_inodes_used_ratio'), TEXT)
    case 'growth': {
      const grows = growth(last('disk_total_bytes'), true)
      return grows.length > 0 || space === undefined || space.time.kind === 'unknown' ? grows : zeroCell(look)
    }
    case 'in':
      return note.length > 0 ? [] : time
    case 'at':
      return note.length > 0 ? [] : clockSegments(space, data.series.wallMs)
  }
}
