import { often, percent, rate } from '../../lib/units.ts'
import { seriesKey } from '../../model/series.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { quantity, type Segment, segment } from '../paint/segments.ts'
import { maximum, sparkline } from '../paint/sparkline.ts'
import { type Cell, type Column, drawCells, drawLabels, layoutColumns, zeroCell } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { IN, LEAST_TOP, type NetworkData, OUT } from './network-data.ts'

const DIM = style('dim')
const TEXT = style('text')
const LOST = style('warn', { bold: true })
/** What the small charts show. */
const SPAN_MS = 120_000

type ColumnId =
  | 'name'
  | 'state'
  | 'in'
  | 'inChart'
  | 'inPackets'
  | 'out'
  | 'outChart'
  | 'outPackets'
  | 'speed'
  | 'used'
  | 'errors'
  | 'dropped'

const COLUMNS: readonly Column<ColumnId>[] = [
  { id: 'name', label: 'INTERFACE', width: 9, most: 16, priority: 9 },
  { id: 'state', label: 'STATE', width: 5, priority: 5 },
  { id: 'inChart', label: '', width: 6, most: 24, priority: 2, gap: 1 },
  { id: 'in', label: 'IN', width: 9, align: 'right', priority: 8 },
  { id: 'inPackets', label: 'PACKETS', width: 7, align: 'right', priority: 1 },
  { id: 'outChart', label: '', width: 6, most: 24, priority: 3, gap: 1 },
  { id: 'out', label: 'OUT', width: 9, align: 'right', priority: 8 },
  { id: 'outPackets', label: 'PACKETS', width: 7, align: 'right', priority: 1 },
  { id: 'used', label: 'USED', width: 5, align: 'right', priority: 4 },
  { id: 'speed', label: 'SPEED', width: 9, align: 'right', priority: 4 },
  { id: 'errors', label: 'ERRORS', width: 6, align: 'right', priority: 6 },
  { id: 'dropped', label: 'DROPPED', width: 7, align: 'right', priority: 6 },
]

const CHARTS: Partial<Record<ColumnId, string>> = { inChart: IN, outChart: OUT }

/** Every interface: both directions, how much of the link that is, what was lost. */
export function paintInterfaces(surface: Surface, { series, interfaces, fresh }: NetworkData, look: Look): void {
  const metrics = series.all()
  const { content } = drawFrame(surface, look, {
    key: '',
    title: 'Interfaces',
    focused: false,
    headlines: [[segment(`${metrics.keys(IN).length} measured, last 2 min`, DIM)]],
  })
  if (interfaces.length === 0 && fresh !== 'loading') {
    content.text(0, 0, 'no network interface here', DIM)
    return
  }
  const placed = layoutColumns(COLUMNS, content.columns)
  drawLabels(content, 0, placed, look)
  const ordered = [...interfaces].sort((a, b) => Number(a.virtual) - Number(b.virtual) || (a.name < b.name ? -1 : 1))
  for (const [index, { name, up, virtual }] of ordered.slice(0, content.rows - 1).entries()) {
    const value = (metric: string) => metrics.value(seriesKey(metric, { interface: name }))
    drawCells(content, index + 1, placed, look, (column): Cell => {
      if (column === 'name') return [segment(name, virtual ? DIM : TEXT)]
      if (column === 'state') return [segment(up ? 'up' : 'down', up ? DIM : style('unknown'))]
      const chart = CHARTS[column]
      if (chart === undefined) return figure(column, value, look)
      return (painted, x, y, width) => {
        const stepMs = Math.max(1000, Math.ceil(SPAN_MS / width / 1000) * 1000)
        const request = { endMs: series.wallMs, stepMs, count: width, by: 'mean' } as const
        const values = metrics.window(seriesKey(chart, { interface: name }), request)
        sparkline(painted, x, y, values, maximum(values, LEAST_TOP), 'net2', look)
      }
    })
  }
}

function figure(column: ColumnId, value: (metric: string) => number | undefined, look: Look): readonly Segment[] {
  const cell = (metric: string, of: (known: number) => readonly Segment[]) => {
    const known = value(metric)
    return known === undefined ? [] : known === 0 ? zeroCell(look) : of(known)
  }
  const traffic = (known: number) => quantity(rate(known))
  const packets = (known: number) => [segment(often(known).figure, TEXT)]
  const lost = (known: number) => [segment(often(known).figure, LOST), segment('/s', DIM)]
  switch (column) {
    case 'in':
      return cell(IN, traffic)
    case 'out':
      return cell(OUT, traffic)
    case 'inPackets':
      return cell('network_receive_packets_per_second', packets)
    case 'outPackets':
      return cell('network_transmit_packets_per_second', packets)
    case 'speed':
      return cell('network_speed_bytes_per_second', traffic)
    case 'used': {
      const speed = value('network_speed_bytes_per_second')
      const busiest = Math.max(value(IN) ?? Number.NaN, value(OUT) ?? Number.NaN)
      // The two directions do not share: a link is as full as the fuller one.
      if (speed === undefined || speed === 0 || Number.isNaN(busiest)) return []
      return [segment(percent(busiest / speed, 0).figure, TEXT), segment(' %', DIM)]
    }
    case 'errors':
      return cell('network_errors_per_second', lost)
    case 'dropped':
      return cell('network_dropped_per_second', lost)
    default:
      return []
  }
}
