import type { SeriesView } from '../../model/frame.ts'
import type { Leaders, ProcessRow } from '../../model/processes.ts'
import type { Totals } from './evidence.ts'

/** What all processes together use of each resource, as of a view; what is not known is absent. */
export function totalsOf(view: SeriesView, leaders: Leaders | undefined): Totals {
  const used = view.value('cpu_used_ratio')
  const cores = view.keys('core_used_ratio').length
  const written = traffic(view, 'write', leaders?.write)
  const read = traffic(view, 'read', leaders?.read)
  return {
    cpuCores: used === undefined || cores === 0 ? undefined : used * cores,
    memoryBytes: view.value('memory_total_bytes'),
    writeBytesPerSecond: written,
    diskBytesPerSecond: written === undefined || read === undefined ? undefined : written + read,
  }
}

/** What the disks say, or the processes where they say more: they write to the page cache, which reaches the disks later. */
function traffic(view: SeriesView, key: 'read' | 'write', rows: readonly ProcessRow[] | undefined): number | undefined {
  const known = view
    .keys(`disk_${key}_bytes_per_second`)
    .flatMap((series) => view.value(series) ?? [])
    .reduce<number | undefined>((sum, value) => (sum ?? 0) + value, undefined)
  const ofProcesses = (rows ?? []).reduce((sum, row) => sum + (row[`${key}BytesPerSecond`] ?? 0), 0)
  return known === undefined ? undefined : Math.max(known, ofProcesses)
}
