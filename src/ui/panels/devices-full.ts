import { latency, often, percent, rate } from '../../lib/units.ts'
import { seriesKey } from '../../model/series.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { quantity, type Segment, segment } from '../paint/segments.ts'
import { maximum, sparkline } from '../paint/sparkline.ts'
import { type Cell, type Column, drawCells, drawLabels, layoutColumns, zeroCell } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { DisksData } from './disks-data.ts'

const DIM = style('dim')
const TEXT = style('text')
const BUSY = style('disk', { bold: true })
/** From here on how busy a device is stands out. */
const OUTSTANDING = 0.5
/** What the small charts show. */
const SPAN_MS = 120_000

type ColumnId =
  | 'device'
  | 'read'
  | 'readChart'
  | 'reads'
  | 'readTime'
  | 'write'
  | 'writeChart'
  | 'writes'
  | 'writeTime'
  | 'queue'
  | 'busy'

const COLUMNS: readonly Column<ColumnId>[] = [
  { id: 'device', label: 'DEVICE', width: 8, most: 16, priority: 9 },
  { id: 'readChart', label: '', width: 8, most: 24, priority: 1, gap: 1 },
  { id: 'read', label: 'READ/S', width: 8, align: 'right', priority: 8 },
  { id: 'reads', label: 'READS', width: 7, align: 'right', priority: 3 },
  { id: 'readTime', label: 'EACH', width: 7, align: 'right', priority: 5 },
  { id: 'writeChart', label: '', width: 8, most: 24, priority: 2, gap: 1 },
  { id: 'write', label: 'WRITE/S', width: 8, align: 'right', priority: 9 },
  { id: 'writes', label: 'WRITES', width: 7, align: 'right', priority: 4 },
  { id: 'writeTime', label: 'EACH', width: 7, align: 'right', priority: 5 },
  { id: 'queue', label: 'QUEUE', width: 5, align: 'right', priority: 6 },
  { id: 'busy', label: 'BUSY', width: 5, align: 'right', priority: 7 },
]

const CHARTS: Partial<Record<ColumnId, string>> = {
  readChart: 'disk_read_bytes_per_second',
  writeChart: 'disk_write_bytes_per_second',
}

/** Every device: traffic, how many reads and writes, how long each took, how many waited. */
export function paintDevices(surface: Surface, { series, devices }: DisksData, look: Look): void {
  const metrics = series.all()
  const { content } = drawFrame(surface, look, {
    key: '',
    title: 'Devices',
    focused: false,
    headlines: [[segment('last 2 min', DIM)]],
  })
  const placed = layoutColumns(COLUMNS, content.columns)
  drawLabels(content, 0, placed, look)
  for (const [index, device] of devices.slice(0, content.rows - 1).entries()) {
    const value = (name: string) => metrics.value(seriesKey(name, { device }))
    drawCells(content, index + 1, placed, look, (column): Cell => {
      const chart = CHARTS[column]
      if (chart === undefined) return deviceCell(column, device, value, look)
      return (painted, x, y, width) => {
        const stepMs = Math.max(1000, Math.ceil(SPAN_MS / width / 1000) * 1000)
        const request = { endMs: series.wallMs, stepMs, count: width, by: 'mean' } as const
        const values = metrics.window(seriesKey(chart, { device }), request)
        sparkline(painted, x, y, values, maximum(values), 'disk2', look)
      }
    })
  }
}

function deviceCell(
  column: ColumnId,
  device: string,
  value: (name: string) => number | undefined,
  look: Look,
): readonly Segment[] {
  const cell = (name: string, of: (known: number) => readonly Segment[]) => {
    const known = value(name)
    return known === undefined ? [] : known === 0 ? zeroCell(look) : of(known)
  }
  const perSecond = (known: number) => [segment(often(known).figure, TEXT)]
  switch (column) {
    case 'read':
      return cell('disk_read_bytes_per_second', (known) => quantity(rate(known, true)))
    case 'write':
      return cell('disk_write_bytes_per_second', (known) => quantity(rate(known, true)))
    case 'reads':
      return cell('disk_reads_per_second', perSecond)
    case 'writes':
      return cell('disk_writes_per_second', perSecond)
    case 'readTime':
      return cell('disk_read_latency_seconds', (known) => quantity(latency(known)))
    case 'writeTime':
      return cell('disk_write_latency_seconds', (known) => quantity(latency(known)))
    case 'queue':
      return cell('disk_queue_length', (known) => [segment(known.toFixed(known < 9.95 ? 1 : 0), TEXT)])
    case 'busy':
      return cell('disk_busy_ratio', (known) => [
        segment(percent(known, 0).figure, known >= OUTSTANDING ? BUSY : TEXT),
        segment(' %', DIM),
      ])
    default:
      return [segment(device, TEXT)]
  }
}
