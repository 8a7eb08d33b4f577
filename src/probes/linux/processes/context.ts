import type { StorageBytes } from './io-file.ts'

/** What turns kernel units into base units. */
export interface Units {
  readonly ticksPerSecond: number
  readonly pageBytes: number
  /** Unix milliseconds. */
  readonly bootMs: number
}

/**
 * Which processes' waiting for disks the kernel keeps: of `later` ones only when that was turned on after the start of the machine,
 * and who is one of them shows with the first wait.
 */
export type DelayAccounting = 'none' | 'later' | 'all'

/** What the processes of a table have in common; the table's owner moves it on. */
export class TableContext {
  readonly units: Units
  /** Complete scans. */
  scan = 0
  /** Monotonic time of the last one. */
  monoMs = 0
  /** Start times, in ticks, from which on a process started while healthtop looked. */
  sinceTicks = Number.NaN
  delays: DelayAccounting = 'none'
  /** Of the processes that the last scan did not find any more, by parent: the bytes they had counted in the scan before; undefined where that was not read. */
  endedBytes: ReadonlyMap<number, StorageBytes | undefined> = new Map()
  /** User names by id. */
  userNames: ReadonlyMap<number, string> = new Map()

  constructor(units: Units) {
    this.units = units
  }
}
