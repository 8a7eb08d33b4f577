import { rate } from '../../lib/units.ts'
import { seriesKey } from '../../model/series.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { drawStale } from './freshness.ts'
import { paintInterfaces } from './interfaces-full.ts'
import { largeChart } from './large-chart.ts'
import { directionLabel, IN, LEAST_TOP, mainInterface, type NetworkData, OUT } from './network-data.ts'
import type { PanelView } from './panel.ts'
import { paintTcp, tcpRows } from './tcp-full.ts'

const DIM = style('dim')
const NET = style('net', { bold: true })
/** Rows that both charts keep at the least. */
const LEAST_CHARTS = 8
const MOST_INTERFACES = 8

/** The network in full: both directions of the main interface as large charts, every interface in a table, TCP and UDP. */
export function paintNetworkFull(surface: Surface, data: NetworkData, look: Look, view: PanelView): void {
  surface.clear()
  const { series, interfaces, fresh } = data
  const metrics = series.all()
  const { wallMs } = series
  const name = mainInterface({ metrics, interfaces, wallMs })
  const table = Math.min(MOST_INTERFACES, interfaces.length + (look.boxed ? 3 : 2))
  const tcp = Math.max(0, Math.min(tcpRows(metrics, look), surface.rows - LEAST_CHARTS - table))
  const height = surface.rows - table - tcp
  if (name !== undefined) {
    const half = Math.floor(height / 2)
    for (const [direction, title, y, rows] of [
      [IN, directionLabel(look.glyphs.down, 'in', look), 0, half],
      [OUT, directionLabel(look.glyphs.up, 'out', look), half, height - half],
    ] as const) {
      const key = seriesKey(direction, { interface: name })
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
        least: LEAST_TOP,
        label: axisLabel,
      } as const
      largeChart(surface.area(0, y, surface.columns, rows), chart, look, view, view.focused && y === 0)
    }
  }
  paintInterfaces(surface.area(0, height, surface.columns, table), data, look)
  const below = surface.area(0, height + table, surface.columns, tcp)
  if (tcp > 0) paintTcp(below, data, look)
  const side = look.boxed ? 2 : 1
  drawStale(surface.area(side, 0, surface.columns - 2 * side, surface.rows), 1, fresh, look)
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
