import { rate } from '../../lib/units.ts'
import { seriesKey } from '../../model/series.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { maximum, sparkline } from '../paint/sparkline.ts'
import { type Column, drawCells, drawLabels, layoutColumns } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { drawStale } from './freshness.ts'
import { largeChart } from './large-chart.ts'
import { directionLabel, IN, LEAST_TOP, mainInterface, type NetworkData, OUT } from './network-data.ts'
import type { PanelView } from './panel.ts'

const DIM = style('dim')
const TEXT = style('text')
const NET = style('net', { bold: true })
const TABLE = 10

type ColumnId = 'name' | 'state' | 'in' | 'inChart' | 'out' | 'outChart'
const COLUMNS: readonly Column<ColumnId>[] = [
  { id: 'name', label: 'INTERFACE', width: 12, most: 18, priority: 9 },
  { id: 'state', label: 'STATE', width: 6, priority: 5 },
  { id: 'inChart', label: 'IN', width: 8, most: 32, priority: 3, gap: 1 },
  { id: 'in', label: '', width: 10, align: 'right', priority: 8 },
  { id: 'outChart', label: 'OUT', width: 8, most: 32, priority: 4, gap: 1 },
  { id: 'out', label: '', width: 10, align: 'right', priority: 8 },
]

/** The network in full: both directions of the main interface as large charts, every interface in a table. */
export function paintNetworkFull(surface: Surface, data: NetworkData, look: Look, view: PanelView): void {
  surface.clear()
  const { metrics, wallMs } = data
  const name = mainInterface(data)
  const table = Math.min(TABLE, Math.floor(surface.rows / 3))
  const height = surface.rows - table
  if (name !== undefined) {
    const half = Math.floor(height / 2)
    for (const [series, title, y, rows] of [
      [IN, directionLabel(look.glyphs.down, 'in', look), 0, half],
      [OUT, directionLabel(look.glyphs.up, 'out', look), half, height - half],
    ] as const) {
      const key = seriesKey(series, { interface: name })
      const value = metrics.value(key)
      const headline = value === undefined ? [segment(look.glyphs.loading, DIM)] : traffic(value, NET)
      const chart = {
        key: y === 0 ? '4' : '',
        title: 'Network',
        hue: 'net',
        headline,
        note: [segment(`${name}  ${title}`, DIM)],
        metrics,
        series: key,
        wallMs,
        label: axisLabel,
      } as const
      largeChart(surface.area(0, y, surface.columns, rows), chart, look, view, view.focused && y === 0)
    }
  }
  paintInterfaces(surface.area(0, height, surface.columns, table), data, look)
}

function axisLabel(value: number): string {
  if (value === 0) return '0'
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))} MB/s`
  if (value >= 1e3) return `${Number((value / 1e3).toPrecision(3))} kB/s`
  return `${Number(value.toPrecision(3))} B/s`
}

function traffic(value: number, packed: number): Segment[] {
  const { figure, unit } = rate(value)
  return [segment(figure.padStart(5), packed), segment(` ${unit}`, DIM)]
}

function paintInterfaces(surface: Surface, { metrics, interfaces, wallMs, fresh }: NetworkData, look: Look): void {
  const total = (name: string) => metrics.keys(name).length
  const { content } = drawFrame(surface, look, {
    key: '',
    title: 'Interfaces',
    focused: false,
    headlines: [[segment(`${total(IN)} measured, last 2 min`, DIM)]],
  })
  const placed = layoutColumns(COLUMNS, content.columns)
  drawLabels(content, 0, placed, look)
  const ordered = [...interfaces].sort((a, b) => Number(a.virtual) - Number(b.virtual) || (a.name < b.name ? -1 : 1))
  for (const [index, { name, up, virtual }] of ordered.slice(0, content.rows - 1).entries()) {
    const key = (metric: string) => seriesKey(metric, { interface: name })
    const rateCell = (metric: string) => {
      const value = metrics.value(key(metric))
      return value === undefined ? [] : traffic(value, TEXT)
    }
    const chart = (metric: string) => (painted: Surface, x: number, y: number, width: number) => {
      const values = metrics.window(key(metric), {
        endMs: wallMs,
        stepMs: Math.max(1000, Math.ceil(120_000 / width / 1000) * 1000),
        count: width,
        by: 'mean',
      })
      sparkline(painted, x, y, values, maximum(values, LEAST_TOP), 'net2', look)
    }
    drawCells(content, index + 1, placed, look, (column) => {
      switch (column) {
        case 'name':
          return [segment(name, virtual ? DIM : TEXT)]
        case 'state':
          return [segment(up ? 'up' : 'down', up ? DIM : style('unknown'))]
        case 'in':
          return rateCell(IN)
        case 'out':
          return rateCell(OUT)
        case 'inChart':
          return chart(IN)
        case 'outChart':
          return chart(OUT)
      }
    })
  }
  drawStale(content, content.rows - 1, fresh, look)
}
