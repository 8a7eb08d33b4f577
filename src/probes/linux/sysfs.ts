import { readInteger } from '../../lib/decimal.ts'
import { decodeSafe } from '../decode.ts'
import type { Bytes, HostFiles } from '../probe.ts'

/** A driver answers with whatever error its device gave it (EIO, ENODATA, ETIMEDOUT, EAGAIN): nothing to tell just now, and no more. */
function attribute(files: HostFiles, path: string): Bytes | undefined {
  try {
    return files.optional(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return undefined
    throw error
  }
}

/** The whole number in a file of sysfs; undefined where there is none. */
export function readNumber(files: HostFiles, path: string): number | undefined {
  const bytes = attribute(files, path)
  const value = bytes === undefined ? Number.NaN : readInteger(bytes)
  return Number.isNaN(value) ? undefined : value
}

/** The text in a file of sysfs, safe to show, without the space around it; undefined where there is none. */
export function readText(files: HostFiles, path: string): string | undefined {
  const bytes = attribute(files, path)
  const text = bytes === undefined ? '' : decodeSafe(bytes).trim()
  return text === '' ? undefined : text
}

/** The device sleeps: asking it for anything would wake it, and keep it awake. Source: kernel doc power/runtime_pm. */
export function isAsleep(files: HostFiles, device: string): boolean {
  return readText(files, `${device}/power/runtime_status`) === 'suspended'
}

/** `hwmon10` after `hwmon2`. */
export function byNumber(a: string, b: string): number {
  const number = (name: string) => Number.parseInt(name.replace(/^\D+/, ''), 10) || 0
  return number(a) - number(b) || (a < b ? -1 : 1)
}
