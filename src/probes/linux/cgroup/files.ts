import { Cursor, readInteger } from '../../../lib/decimal.ts'
import type { Bytes, HostFiles } from '../../probe.ts'

/** v1 writes the largest whole number of pages for "no limit" (2⁶³ less a page of 4 to 64 KiB); no machine has as much as this. */
export const NO_LIMIT = 2 ** 62

/** The number a file begins with; undefined where there is no such file or no number, such as `max`. */
export function numberIn(files: HostFiles, path: string): number | undefined {
  const bytes = files.optional(path)
  if (bytes === undefined) return undefined
  const value = readInteger(bytes)
  return Number.isNaN(value) ? undefined : value
}

/** As `numberIn`, for a limit; undefined where there is none. */
export function limitIn(files: HostFiles, path: string): number | undefined {
  const value = numberIn(files, path)
  return value === undefined || value < 0 || value >= NO_LIMIT ? undefined : value
}

/** The wanted lines of a file of `name number` lines ("flat keyed" in kernel doc admin-guide/cgroup-v2). What it does not tell is missing. */
export function keyed<Key extends string>(
  bytes: Bytes | undefined,
  wanted: readonly Key[],
): Partial<Record<Key, number>> {
  const values: Partial<Record<Key, number>> = {}
  if (bytes === undefined) return values
  const cursor = new Cursor(bytes)
  for (let found = 0; !cursor.done && found < wanted.length; cursor.skipLine()) {
    const key = wanted.find((name) => cursor.take(`${name} `))
    if (key === undefined) continue
    const value = cursor.integer()
    if (!Number.isNaN(value)) values[key] = value
    found++
  }
  return values
}

/** The smallest limit of a cgroup and those above it, and the uppermost folder that sets it: what it counts is what runs into it. */
export interface Limit {
  readonly value: number
  readonly folder: string
}

/** The smallest of what `limitOf` says of each folder. */
export function smallestLimit(
  levels: readonly string[],
  limitOf: (folder: string) => number | undefined,
): Limit | undefined {
  let smallest: Limit | undefined
  for (const folder of levels) {
    const value = limitOf(folder)
    if (value !== undefined && (smallest === undefined || value <= smallest.value)) smallest = { value, folder }
  }
  return smallest
}

/** Fields without those that are undefined. */
export function given<T extends object>(fields: T): { readonly [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
