import type { ProcessField } from '../../../model/processes.ts'
import type { ProcessEntry } from '../../processes/entry.ts'
import { type Listing, startTicksOf } from './listing.ts'

/** Entries of a history: small charts are no wider. */
const HISTORY = 30
/** Where time is told in whole seconds, less than three of them say nothing of what is used now, and more than ten are not now. */
const LEAST_COARSE_MS = 3000
const WINDOW_COARSE_MS = 10_000

interface Reading {
  readonly monoMs: number
  readonly cpuSeconds: number
}

/** One process of a portable table: what it was last listed with, and what was used meanwhile. */
export class PortableProcess implements ProcessEntry {
  readonly pid: number
  readonly startTicks: number
  mark: 'new' | 'ended' | undefined
  /** Monotonic time at which it was first seen, and at which it was found to be gone. */
  readonly bornMono: number
  endedMono: number | undefined
  /** Of one core, since the last scan (over some seconds where times are coarse). */
  cpuRatio: number | undefined
  readonly history: number[] = []
  listing: Listing
  /** Oldest first; the last one is that of `listing`. */
  private readings: Reading[] = []

  constructor(listing: Listing, nowMono: number) {
    this.pid = listing.pid
    this.startTicks = listing.startedMs === undefined ? 0 : startTicksOf(listing.startedMs)
    this.bornMono = nowMono
    this.listing = listing
  }

  get ppid(): number {
    return this.listing.ppid
  }

  get uid(): number | undefined {
    return this.listing.uid
  }

  get kernel(): boolean {
    return this.listing.kernel
  }

  /** Takes over what it is listed with now. `coarse`: CPU times are whole seconds. */
  update(listing: Listing, nowMono: number, coarse: boolean): void {
    this.listing = listing
    this.cpuRatio = listing.cpuRatio ?? this.ratioOf(listing.cpuSeconds, nowMono, coarse)
    if (this.cpuRatio === undefined) return
    this.history.push(this.cpuRatio)
    if (this.history.length > HISTORY) this.history.shift()
  }

  known(field: ProcessField): number | string | undefined {
    const { listing } = this
    switch (field) {
      case 'pid':
      case 'ppid':
      case 'name':
      case 'command':
      case 'user':
      case 'state':
      case 'nice':
      case 'threads':
        return listing[field]
      case 'cpu':
        return this.cpuRatio
      case 'memory':
        return listing.memoryBytes
      case 'time':
        return listing.cpuSeconds
      case 'started':
        return listing.startedMs
      default:
        return undefined
    }
  }

  private ratioOf(cpuSeconds: number | undefined, monoMs: number, coarse: boolean): number | undefined {
    const { readings } = this
    if (cpuSeconds === undefined) return undefined
    readings.push({ monoMs, cpuSeconds })
    const windowMs = coarse ? WINDOW_COARSE_MS : 0
    while (readings.length > 2 && monoMs - (readings[1] as Reading).monoMs >= windowMs) readings.shift()
    const first = readings[0] as Reading
    const elapsedMs = monoMs - first.monoMs
    if (elapsedMs <= 0 || (coarse && elapsedMs < LEAST_COARSE_MS)) return undefined
    return Math.max(0, cpuSeconds - first.cpuSeconds) / (elapsedMs / 1000)
  }
}
