import type { HostFiles } from '../probe.ts'
import { uniqueNames } from '../unique-names.ts'
import { byNumber, readNumber, readText } from './sysfs.ts'

const THERMAL = 'sys/class/thermal'
const ZONE = /^thermal_zone\d+$/
const MILLI = 1000

/** A part of the machine whose temperature the kernel governs. */
export interface ThermalZone {
  /** Readable, and the only one of its kind among the zones. */
  readonly label: string
  /** As the driver calls it, such as `x86_pkg_temp`. */
  readonly type: string
  readonly path: string
  /** Celsius at which the kernel switches the machine off; undefined where it does not. */
  readonly limit: number | undefined
}

/** The zones of a host, without their temperatures. Source: kernel doc driver-api/thermal/sysfs-api. */
export function readThermalZones(files: HostFiles): ThermalZone[] {
  const unique = uniqueNames()
  const zones = files.list(THERMAL).filter((name) => ZONE.test(name))
  return zones.sort(byNumber).map((name) => {
    const path = `${THERMAL}/${name}`
    const type = readText(files, `${path}/type`) ?? name
    return { label: unique(type), type, path, limit: limitOf(files, path) }
  })
}

/** Celsius; undefined where the zone says nothing just now. */
export function readZone(files: HostFiles, { path }: ThermalZone): number | undefined {
  const value = readNumber(files, `${path}/temp`)
  return value === undefined ? undefined : value / MILLI
}

function limitOf(files: HostFiles, path: string): number | undefined {
  const trip = files
    .list(path)
    .map((name) => /^trip_point_\d+(?=_type$)/.exec(name)?.[0])
    .find((name) => name !== undefined && readText(files, `${path}/${name}_type`) === 'critical')
  const value = trip === undefined ? undefined : readNumber(files, `${path}/${trip}_temp`)
  return value === undefined || value <= 0 ? undefined : value / MILLI
}
