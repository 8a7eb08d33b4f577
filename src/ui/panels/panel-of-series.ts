import { parseSeriesKey } from '../../model/series.ts'
import type { PanelId } from './panel-id.ts'

const FAMILIES: Readonly<Record<string, PanelId>> = {
  cpu: 'cpu',
  core: 'cpu',
  load: 'cpu',
  memory: 'memory',
  swap: 'memory',
  disk: 'disks',
  network: 'network',
  tcp: 'network',
  udp: 'network',
  files: 'pressure',
  pids: 'pressure',
  conntrack: 'pressure',
  clock: 'pressure',
  temperature: 'pressure',
  battery: 'pressure',
  gpu: 'pressure',
}
const PRESSURE: Readonly<Record<string, PanelId>> = { cpu: 'cpu', memory: 'memory', io: 'disks' }

/** The panel in which a series is seen; undefined for none. */
export function panelOfSeries(series: string): PanelId | undefined {
  const [family, second] = parseSeriesKey(series).name.split('_')
  return family === 'pressure' ? PRESSURE[second ?? ''] : FAMILIES[family ?? '']
}
