import type { HostFiles } from '../probe.ts'
import { uniqueNames } from '../unique-names.ts'
import { byNumber, readText } from './sysfs.ts'

const POWERCAP = 'sys/class/powercap'
/** A package (`intel-rapl:0`) or a part of one (`intel-rapl:0:1`). Those of `intel-rapl-mmio` are the same once more. */
const ZONE = /^intel-rapl:\d+(:\d+)?$/

/** What counts the energy that it takes. */
export interface EnergyZone {
  /** `package-0`, `package-0 core`. */
  readonly label: string
  /** Holds microjoules; root alone may read it. */
  readonly path: string
}

/** Zones of running average power limits, Intel's and AMD's. Source: kernel doc power/powercap/powercap. */
export function readEnergyZones(files: HostFiles): EnergyZone[] {
  const unique = uniqueNames()
  const folders = files.list(POWERCAP).filter((name) => ZONE.test(name))
  const nameOf = (folder: string) => readText(files, `${POWERCAP}/${folder}/name`) ?? folder
  return folders.sort(byNumber).map((folder) => {
    const [, number, part] = folder.split(':')
    const name = part === undefined ? nameOf(folder) : `${nameOf(`intel-rapl:${number}`)} ${nameOf(folder)}`
    return { label: unique(name), path: `${POWERCAP}/${folder}/energy_uj` }
  })
}
