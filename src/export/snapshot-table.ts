import { truncate } from '../lib/text.ts'
import { bytes, bytesOf, percent, type Quantity, rate, span } from '../lib/units.ts'
import type { Frame, Reason } from '../model/frame.ts'
import type { HostFacts } from '../model/host.ts'
import { seriesKey } from '../model/series.ts'
import { checkTable } from './check-table.ts'
import { processTable } from './process-table.ts'
import { heatLines } from './snapshot-heat.ts'
import { uptimeSeconds } from './snapshot-json.ts'
import { textTable } from './text-table.ts'

export interface SnapshotTableOptions {
  /** Terminal columns; longer lines are cut. */
  readonly columns: number
  /** At most this many processes. */
  readonly top: number
}

/** Columns before the facts of a resource. */
const LABEL = 10

/** A frame as plain text for people and pipes: no colours, no escape codes, what is not known left out. Ends with a newline. */
export function snapshotTable(frame: Frame, { columns, top }: SnapshotTableOptions): string {
  const sections = [
    verdictLines(frame),
    hostLines(frame),
    checkTable(frame.checks, { columns, wallMs: frame.wallMs }),
    mountLines(frame, columns),
    deviceLines(frame, columns),
    interfaceLines(frame, columns),
    listenerLines(frame, columns),
    frame.processes === undefined ? [] : processTable(frame.processes, top, columns),
    Object.entries(frame.failures).map(([probe, why]) => `not measured: ${probe}: ${why}`),
  ]
  const lines = sections
    .filter((section) => section.length > 0)
    .map((section) => section.map((line) => truncate(line, columns)))
  return `${lines.map((section) => section.join('\n')).join('\n\n')}\n`
}

function text(quantity: Quantity | undefined): string {
  return quantity === undefined ? '' : `${quantity.figure} ${quantity.unit}`
}

function verdictLines({ verdict, reasons, wallMs }: Frame): string[] {
  const [first, ...others] = reasons
  const line = (label: string, what: string) => `${label.padEnd(LABEL)}${what}`
  // The worst reason is what the verdict is; the others say themselves how bad they are.
  return [
    line(verdict, first === undefined ? 'nothing wrong' : reasonText(first, wallMs)),
    ...others.map((reason) => line(reason.verdict, reasonText(reason, wallMs))),
  ]
}

function reasonText({ subject, text: what, sinceMs, cause, ahead }: Reason, wallMs: number): string {
  const since = !ahead && wallMs - sinceMs >= 1000 ? ` for ${span((wallMs - sinceMs) / 1000)}` : ''
  return `${subject} ${what}${since}${cause === undefined ? '' : `, ${cause}`}`
}

/** One line a resource: `cpu       42 %  user 33 %  …`. Lines without anything known are left out. */
function hostLines(frame: Frame): string[] {
  const { host, metrics } = frame
  const value = (name: string) => metrics.value(name)
  const share = (name: string) => {
    const known = value(name)
    return known === undefined ? '' : text(percent(known))
  }
  const labelled = (label: string, figure: string) => (figure === '' ? '' : `${label} ${figure}`)
  const size = (label: string, name: string) => {
    const known = value(name)
    return known === undefined ? '' : labelled(label, text(bytes(known)))
  }
  const uptime = uptimeSeconds(frame)
  const loads = ['load_1m', 'load_5m', 'load_15m'].map(value)
  const load = loads.every((one) => one !== undefined) ? loads.map((one) => one.toFixed(2)).join(' ') : ''
  const rows: [string, string[]][] = [
    [
      'host',
      [
        host.name,
        host.os ?? '',
        [host.kernel, host.arch].filter(Boolean).join(' '),
        host.container === undefined ? '' : `in ${host.container}`,
        uptime === undefined ? '' : `up ${span(uptime)}`,
      ],
    ],
    [
      'cpu',
      [
        share('cpu_used_ratio'),
        host.cores === undefined ? '' : `${quotaOf(host)}${host.cores} ${host.cores === 1 ? 'core' : 'cores'}`,
        labelled('user', share('cpu_user_ratio')),
        labelled('system', share('cpu_system_ratio')),
        labelled('wait', share('cpu_iowait_ratio')),
        labelled('steal', share('cpu_steal_ratio')),
        labelled('load', load),
      ],
    ],
    [
      'memory',
      [
        share('memory_used_ratio'),
        partOf(value('memory_used_bytes'), value('memory_total_bytes')),
        size('cached', 'memory_cached_bytes'),
        size('free', 'memory_free_bytes'),
      ],
    ],
    ['swap', [share('swap_used_ratio'), partOf(value('swap_used_bytes'), value('swap_total_bytes'))]],
    [
      'stalled',
      [
        labelled('cpu', share('pressure_cpu_some_ratio')),
        labelled('memory', share('pressure_memory_some_ratio')),
        labelled('disks', share('pressure_io_some_ratio')),
      ],
    ],
    ...heatLines(metrics),
  ]
  return rows.flatMap(([label, facts]) => {
    const known = facts.filter((fact) => fact !== '')
    return known.length === 0 ? [] : [`${label.padEnd(LABEL)}${known.join('  ')}`]
  })
}

/** In a container with a quota the shares of the processor are of so many of the cores. */
function quotaOf({ container, cpuLimit }: HostFacts): string {
  return container === undefined || cpuLimit === undefined ? '' : `${Number(cpuLimit.toFixed(2))} of `
}

/** `22.1 of 31.2 GiB`; empty when one of them is not known or there is none of it. */
function partOf(part: number | undefined, whole: number | undefined): string {
  if (part === undefined || whole === undefined || whole <= 0) return ''
  const of = bytesOf(part, whole)
  return `${of.part} of ${of.whole} ${of.unit}`
}

function mountLines({ mounts, metrics, wallMs }: Frame, columns: number): string[] {
  if (mounts.length === 0) return []
  const rows = mounts.map(({ mount, type, device, answering, answeredMs }) => {
    const last = (name: string) => metrics.last(seriesKey(name, { mount }))
    const used = last('disk_used_ratio')
    const inodes = last('disk_inodes_used_ratio')
    return [
      mount,
      used === undefined ? '' : text(percent(used)),
      partOf(last('disk_used_bytes'), last('disk_total_bytes')),
      inodes === undefined ? '' : text(percent(inodes)),
      answering ? '' : `no answer for ${span((wallMs - answeredMs) / 1000)}`,
      type,
      device,
    ]
  })
  const right = 'right' as const
  return textTable(
    [
      { heading: 'MOUNT' },
      { heading: 'USED', align: right },
      { heading: 'SPACE', align: right },
      { heading: 'INODES', align: right },
      { heading: 'STATE' },
      { heading: 'TYPE' },
      { heading: 'DEVICE' },
    ],
    rows,
    columns,
  )
}

function deviceLines({ devices, metrics }: Frame, columns: number): string[] {
  const rows = devices.map((device) => {
    const value = (name: string) => metrics.value(seriesKey(name, { device }))
    const busy = value('disk_busy_ratio')
    return [
      device,
      traffic(value('disk_read_bytes_per_second')),
      traffic(value('disk_write_bytes_per_second')),
      busy === undefined ? '' : text(percent(busy)),
    ]
  })
  const heads = ['READ', 'WRITE', 'BUSY'].map((heading) => ({ heading, align: 'right' as const }))
  return rows.length === 0 ? [] : textTable([{ heading: 'DEVICE' }, ...heads], rows, columns)
}

function interfaceLines({ interfaces, metrics }: Frame, columns: number): string[] {
  const rows = interfaces.map(({ name, up }) => {
    const value = (metric: string) => traffic(metrics.value(seriesKey(metric, { interface: name })))
    return [
      name,
      up ? 'up' : 'down',
      value('network_receive_bytes_per_second'),
      value('network_transmit_bytes_per_second'),
    ]
  })
  const heads = ['IN', 'OUT'].map((heading) => ({ heading, align: 'right' as const }))
  return rows.length === 0 ? [] : textTable([{ heading: 'INTERFACE' }, { heading: 'STATE' }, ...heads], rows, columns)
}

function traffic(bytesPerSecond: number | undefined): string {
  return bytesPerSecond === undefined ? '' : text(rate(bytesPerSecond))
}

function listenerLines({ listeners }: Frame, columns: number): string[] {
  if (listeners === undefined || listeners.length === 0) return []
  const sorted = [...listeners].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1))
  const rows = sorted.map(({ protocol, address, port, pid, process }) => [
    protocol,
    address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`,
    pid === undefined ? '' : String(pid),
    process ?? '',
  ])
  const heads = [
    { heading: 'LISTENS' },
    { heading: 'ADDRESS' },
    { heading: 'PID', align: 'right' as const },
    { heading: 'PROCESS' },
  ]
  return textTable(heads, rows, columns)
}
