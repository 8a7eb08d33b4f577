import { bytes, count } from '../../lib/units.ts'
import type { LimitForecast } from '../../model/forecast.ts'
import type { Mount } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import type { Watched } from '../../model/watch.ts'

/** A limit to watch for: all of a forecast but its times. */
export type WatchedLimit = Pick<LimitForecast, 'series' | 'threshold' | 'direction' | 'family' | 'subject' | 'limit'>

/** Where the built-in rules call a file system, or its inodes, full. */
const DISK_FULL = 0.95

/** Shares of this machine with the level at which the built-in rules begin to warn (memory, swap) or call it gone. */
const SHARES = [
  { series: 'memory_used_ratio', threshold: 0.9, family: 'memory', subject: 'memory', limit: '90 %' },
  { series: 'swap_used_ratio', threshold: 0.8, family: 'memory', subject: 'swap', limit: '80 %' },
  { series: 'files_used_ratio', threshold: 0.95, family: 'kernel', subject: 'open files', limit: '95 %' },
  { series: 'pids_used_ratio', threshold: 0.95, family: 'kernel', subject: 'pids', limit: '95 %' },
  { series: 'conntrack_used_ratio', threshold: 0.95, family: 'kernel', subject: 'conntrack', limit: '95 %' },
] as const

export interface Known {
  readonly mounts: readonly Mount[]
  readonly watched?: Watched | undefined
  /** Names of checks that have a certificate. */
  certificates(): readonly string[]
  /** The current value of a series. */
  value(series: string): number | undefined
}

/** Everything that has a limit: file systems, memory and swap, the kernel's tables, certificates, and what is watched. */
export function watchedLimits(known: Known): WatchedLimit[] {
  return [
    ...known.mounts.filter(({ answering }) => answering).flatMap(({ mount }) => ofMount(mount)),
    ...SHARES.filter(({ series }) => known.value(series) !== undefined).map((share) => above(share)),
    ...known.certificates().map(ofCertificate),
    ...(known.watched === undefined ? [] : ofProcess(known.watched, known)),
  ]
}

function above<T extends object>(limit: T): T & { direction: 'above' } {
  return { ...limit, direction: 'above' }
}

function ofMount(mount: string): WatchedLimit[] {
  const used = seriesKey('disk_used_ratio', { mount })
  const inodes = seriesKey('disk_inodes_used_ratio', { mount })
  const share = { family: 'disk', subject: mount } as const
  return [
    above({ ...share, series: used, threshold: DISK_FULL, limit: '95 %' }),
    above({ ...share, series: used, threshold: 1, limit: '100 %' }),
    above({ ...share, series: inodes, threshold: DISK_FULL, limit: '95 % of the inodes' }),
  ]
}

function ofCertificate(check: string): WatchedLimit {
  const series = seriesKey('check_certificate_seconds', { check })
  return { series, threshold: 0, direction: 'below', family: 'check', subject: check, limit: 'certificate' }
}

/** Its own limit, else the machine's memory; and the descriptors that it may have open. */
function ofProcess({ label, detail }: Watched, { value }: Known): WatchedLimit[] {
  const series = (name: string) => seriesKey(name, { process: label })
  const own = detail?.cgroup?.memoryLimitBytes
  const all = value('memory_total_bytes')
  const isOwn = own !== undefined && (all === undefined || own < all)
  const most = isOwn ? own : all
  const files = value(series('process_files_limit'))
  const limits: WatchedLimit[] = []
  const of = { family: 'process', subject: label } as const
  if (most !== undefined) {
    const { figure, unit } = bytes(most)
    const limit = `${figure.replace(/\.0+$/, '')} ${unit}${isOwn ? ' limit' : ', all memory'}`
    limits.push(above({ ...of, series: series('process_memory_bytes'), threshold: most, limit }))
  }
  if (files !== undefined) {
    limits.push(above({ ...of, series: series('process_files'), threshold: files, limit: `${count(files)} files` }))
  }
  return limits
}
