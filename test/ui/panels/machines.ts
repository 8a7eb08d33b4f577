import type { Frame } from '../../../src/model/frame.ts'
import { seriesKey } from '../../../src/model/series.ts'
import type { Look } from '../../../src/ui/paint/look.ts'
import type { Panel } from '../../../src/ui/panels/panel.ts'
import { foreground, type Style } from '../../../src/ui/screen/style.ts'
import { cores, sensor } from '../../fixtures/frame.ts'
import { canvas, VIEW } from '../lists.ts'

const GIB = 1024 ** 3
const MIB = 1024 ** 2

const labelled = (label: string, name: string, values: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([metric, value]) => [seriesKey(metric, { [label]: name }), value]))

/** A battery that is used, with so much left. */
export function battery(charge: number, leftSeconds?: number): Record<string, number> {
  return labelled('battery', 'BAT0', {
    battery_charge_ratio: charge,
    battery_reserve_ratio: leftSeconds === undefined ? 1 : charge,
    battery_charging: 0,
    ...(leftSeconds !== undefined && { battery_left_seconds: leftSeconds }),
  })
}

/** So many cores, every seventh of them busy, each with a frequency of its own. */
export function manyCores(count: number): Record<string, number> {
  const numbers = Array.from({ length: count }, (_, core) => core)
  return {
    ...cores(numbers.map((core) => (core % 7 === 0 ? 0.93 : (core % 5) / 10))),
    ...Object.assign(
      {},
      ...numbers.map((core) => labelled('cpu', `${core}`, { core_frequency_hertz: 2e9 + core * 1e7 })),
    ),
  }
}

/** What a laptop with a graphics card, and a server with much swap, know beside what a quiet machine does. */
export const RICH: Readonly<Record<string, number>> = {
  context_switches_per_second: 4120,
  forks_per_second: 3.2,
  interrupts_per_second: 2210,
  ...sensor('nvme Composite', 44, 84),
  ...labelled('fan', 'thinkpad fan1', { fan_rpm: 2140 }),
  ...labelled('zone', 'package-0', { energy_watts: 24 }),
  ...battery(0.62, 7800),
  mains_online: 0,
  ...labelled('gpu', 'NVIDIA A2', {
    gpu_used_ratio: 0.34,
    gpu_memory_used_bytes: 4.1 * GIB,
    gpu_memory_total_bytes: 16 * GIB,
    gpu_temperature_celsius: 64,
    gpu_power_watts: 38,
  }),
  pids_used: 412,
  pids_limit: 32_768,
  conntrack_entries: 158_000,
  conntrack_limit: 262_144,
  clock_offset_seconds: -0.00012,
  users_count: 2,
  memory_anonymous_bytes: 14 * GIB,
  memory_page_cache_bytes: 6 * GIB,
  memory_buffers_bytes: 0.4 * GIB,
  memory_shared_bytes: 1.2 * GIB,
  memory_slab_bytes: 0.9 * GIB,
  memory_page_tables_bytes: 120 * MIB,
  memory_dirty_bytes: 4 * MIB,
  memory_writeback_bytes: 0,
  memory_committed_bytes: 28 * GIB,
  memory_commit_limit_bytes: 17.6 * GIB,
  zswap_stored_bytes: 300 * MIB,
  zswap_pool_bytes: 90 * MIB,
  swap_in_bytes_per_second: 2.1e6,
  swap_out_bytes_per_second: 0.4e6,
  memory_major_faults_per_second: 0.4,
  ...labelled('device', 'sdb', {
    disk_reads_per_second: 12,
    disk_writes_per_second: 840,
    disk_read_latency_seconds: 0.0004,
    disk_write_latency_seconds: 0.012,
    disk_queue_length: 3.02,
  }),
  ...labelled('interface', 'eth0', {
    network_receive_packets_per_second: 8120,
    network_transmit_packets_per_second: 11_200,
    network_errors_per_second: 0,
    network_speed_bytes_per_second: 125e6,
  }),
  tcp_orphan_sockets: 2,
  tcp_resets_per_second: 0.2,
  tcp_listen_overflows_per_second: 0,
  udp_receive_errors_per_second: 0,
  ...labelled('state', 'established', { tcp_states: 380 }),
  ...labelled('state', 'close-wait', { tcp_states: 3 }),
  ...labelled('state', 'syn-sent', { tcp_states: 0 }),
}

/** The rows a panel's full view leaves, without blanks at their ends. */
export function fullRows<Data>(
  panel: Panel<Data>,
  frame: Frame,
  [columns, rows]: readonly [number, number],
  look: Look,
): string[] {
  const view = { ...VIEW, full: true }
  const { surface, lines } = canvas(columns, rows)
  const paint = panel.paintFull ?? panel.paint
  paint.call(panel, surface, panel.select(frame, view), look, view)
  return lines().map((line) => line.trimEnd())
}

/** The colours in which a panel paints a text, wherever it stands. */
export function coloursOf<Data>(
  panel: Panel<Data>,
  frame: Frame,
  [columns, rows]: readonly [number, number],
  look: Look,
  text: string,
): string[] {
  const { grid, surface } = canvas(columns, rows)
  panel.paint(surface, panel.select(frame, VIEW), look, VIEW)
  return Array.from({ length: rows }, (_, y) => {
    const at = grid.rowText(y).indexOf(text)
    return at < 0 ? [] : [foreground(grid.styles[y * columns + at] as Style) ?? '']
  }).flat()
}
